using System.Net;
using System.Net.Sockets;
using Wsp.Model;
using Wsp.Spi;
using Wsp.Transport;
using Wsp.Transport.Tcp;

namespace Wsp.Core.Tests.Transport;

/// <summary>A transport with one provider attached, and plain sockets to face it.</summary>
internal sealed class TcpBench(TcpTransportOptions? options = null) : IAsyncDisposable
{
    public static readonly SocketHandle Handle = new(1);

    private readonly List<Socket> _peers = [];
    private ITransportSession? _session;

    public TcpTransport Transport { get; } = new(options ?? new());

    public TcpSink Sink { get; } = new();

    public ITransportSession Session => _session ??= Transport.Attach(Sink);

    public static EndpointKind Stream(int window = 65536, OptionFlags flags = OptionFlags.None, AddressFamily family = AddressFamily.InterNetwork) =>
        new(family, SocketType.Stream, new SocketOptions { Flags = flags, SendBuffer = 65536, ReceiveBuffer = window });

    public static EndpointKind Datagram(OptionFlags flags = OptionFlags.None, AddressFamily family = AddressFamily.InterNetwork) =>
        new(family, SocketType.Dgram, new SocketOptions { Flags = flags, SendBuffer = 65536, ReceiveBuffer = 65536 });

    /// <summary>Bytes that tell where they belong.</summary>
    public static byte[] Pattern(int count)
    {
        var bytes = new byte[count];
        for (int i = 0; i < count; i++)
            bytes[i] = (byte)((i * 31) ^ (i >> 8) ^ (i >> 16));
        return bytes;
    }

    public static Payload Pay(byte[] bytes) => new(bytes);

    /// <summary>Reads until the peer finishes; throws when it resets.</summary>
    public static async Task<byte[]> ReadToEnd(Socket peer)
    {
        using var limit = new CancellationTokenSource(TcpSink.Patience);
        var all = new MemoryStream();
        var buffer = new byte[65536];
        while (await peer.ReceiveAsync(buffer, limit.Token) is var count and > 0)
            all.Write(buffer, 0, count);
        return all.ToArray();
    }

    /// <summary>Reads until an error ends it; fails when the stream ends in good order.</summary>
    public static async Task<SocketError> ReadToError(Socket peer)
    {
        Func<Task> read = () => ReadToEnd(peer);
        return (await read.Should().ThrowAsync<SocketException>()).Which.SocketErrorCode;
    }

    public static async Task<byte[]> ReadExactly(Socket peer, int count)
    {
        using var limit = new CancellationTokenSource(TcpSink.Patience);
        var bytes = new byte[count];
        for (int done = 0; done < count;)
        {
            int got = await peer.ReceiveAsync(bytes.AsMemory(done), limit.Token);
            got.Should().BePositive("the stream must not end early");
            done += got;
        }

        return bytes;
    }

    public Socket Peer(SocketType type = SocketType.Stream, AddressFamily family = AddressFamily.InterNetwork)
    {
        var peer = new Socket(family, type, type == SocketType.Stream ? ProtocolType.Tcp : ProtocolType.Udp);
        _peers.Add(peer);
        return peer;
    }

    public Socket ListeningPeer(int receiveBuffer = 0)
    {
        Socket listener = Peer();
        if (receiveBuffer > 0)
            listener.ReceiveBufferSize = receiveBuffer;
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        return listener;
    }

    public async Task<Socket> Accept(Socket listener)
    {
        Socket peer = await listener.AcceptAsync().WaitAsync(TcpSink.Patience);
        _peers.Add(peer);
        return peer;
    }

    /// <summary>An endpoint of the transport, connected to a plain socket.</summary>
    public async Task<Socket> Connect(EndpointKind? kind = null, SocketHandle? handle = null, int peerReceiveBuffer = 0)
    {
        Socket listener = ListeningPeer(peerReceiveBuffer);
        SocketHandle name = handle ?? Handle;
        Session.Connect(name, kind ?? Stream(), SockAddr.From((IPEndPoint)listener.LocalEndPoint!));
        Socket peer = await Accept(listener);
        (await Sink.Next<TcpReport.Connected>(name)).Error.Should().Be(WsaError.Success);
        return peer;
    }

    /// <summary>Binds and expects success.</summary>
    public SockAddr Bind(SocketHandle handle, EndpointKind kind, SockAddr address)
    {
        (WsaError error, SockAddr local) = TryBind(handle, kind, address);
        error.Should().Be(WsaError.Success);
        return local;
    }

    public (WsaError Error, SockAddr Local) TryBind(SocketHandle handle, EndpointKind kind, SockAddr address)
    {
        int before = Sink.Of(handle).Count;
        Session.Bind(handle, kind, address);
        var answer = (TcpReport.Bound)Sink.Of(handle)[before];
        return (answer.Error, answer.Local);
    }

    /// <summary>A listening endpoint of the transport.</summary>
    public SockAddr Listen(SocketHandle handle, EndpointKind? kind = null, SockAddr? address = null)
    {
        SockAddr local = Bind(handle, kind ?? Stream(), address ?? SockAddr.Loopback(0));
        Session.Listen(handle, 5);
        Sink.Of(handle)[^1].Should().Be(new TcpReport.Listening(handle, WsaError.Success));
        return local;
    }

    public async Task<Socket> PeerConnectedTo(SockAddr address)
    {
        Socket peer = Peer(family: address.Family);
        await peer.ConnectAsync(address.ToIPEndPoint()).WaitAsync(TcpSink.Patience);
        return peer;
    }

    /// <summary>Ends the peer in good order and waits until the transport has let go of everything.</summary>
    public async Task NoBackground(Socket peer)
    {
        peer.Shutdown(SocketShutdown.Both);
        using var limit = new CancellationTokenSource(TcpSink.Patience);
        while (Transport.BackgroundConnections > 0)
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Transport.DisposeAsync();
        foreach (Socket peer in _peers)
            peer.Dispose();
    }
}
