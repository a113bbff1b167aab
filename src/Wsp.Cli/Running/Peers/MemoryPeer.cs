using System.Net.Sockets;
using Wsp.Provider;
using Wsp.Spi;
using Wsp.Transport;

namespace Wsp.Cli.Running.Peers;

/// <summary>A peer on the network in memory: a provider of its own.</summary>
internal sealed class MemoryPeer : Peer
{
    private readonly WspProvider _provider;
    private SocketHandle _listener = SocketHandle.Invalid;
    private SocketHandle _socket = SocketHandle.Invalid;

    public MemoryPeer(ITransport transport)
    {
        _provider = new WspProvider(transport);
        Check(_provider.Startup(WspVersion.V2_2, new WspData(), null, null, new WspProcTable()), "start");
    }

    public override void Listen()
    {
        _listener = NewSocket();
        Check(_provider.Bind(_listener, SockAddr.Loopback(0).ToBytes()), "bind");
        Check(_provider.Listen(_listener, 5), "listen");
        Address = _provider.State.FindOpen(_listener)!.Local;
    }

    public override void Accept() => Check(_provider.Accept(_listener, null, null, null, out _socket), "accept");

    public override void Connect(SockAddr address)
    {
        _socket = NewSocket();
        Check(_provider.Connect(_socket, address.ToBytes()), "connect");
    }

    public override void Send(byte[] data)
    {
        int sent = 0;
        Check(_provider.Send(_socket, [data], ref sent, MessageFlags.None), "send");
    }

    public override void Finish() => Check(_provider.Shutdown(_socket, SocketShutdown.Send), "finish");

    public override void Reset()
    {
        Check(_provider.SetSockOpt(_socket, 0xFFFF, (int)SocketOptionName.Linger, [1, 0, 0, 0], 4), "reset");
        Check(_provider.CloseSocket(_socket), "reset");
    }

    public override void Dispose() => _provider.EndProcess();

    protected override int Receive(Memory<byte> buffer)
    {
        int count = 0;
        var flags = MessageFlags.None;
        WsaError error = _provider.Recv(_socket, [buffer], ref count, ref flags);
        if (error is WsaError.ConnectionReset or WsaError.ConnectionAborted)
            return -1;
        Check(error, "read");
        return count;
    }

    private SocketHandle NewSocket()
    {
        Check(_provider.Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp, null, 0, WsaSocketFlags.Overlapped, out SocketHandle socket), "make a socket");
        return socket;
    }

    private static void Check(WsaError error, string what)
    {
        if (error != WsaError.Success)
            throw new CaseTrouble($"the peer could not {what}: {error.Describe()}");
    }
}
