using System.Net;
using System.Net.Sockets;
using Wsp.Spi;

namespace Wsp.Cli.Running.Peers;

/// <summary>A peer on the machine's own TCP.</summary>
internal sealed class TcpPeer : Peer
{
    // Small, so that what it does not read has to wait at the sender.
    private const int ReceiveBuffer = 16384;

    private Socket? _listener;
    private Socket? _socket;

    private Socket Connected => _socket ?? throw new CaseTrouble("the peer has no connection yet");

    public override void Listen()
    {
        _listener = New();
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(5);
        Address = SockAddr.From((IPEndPoint)_listener.LocalEndPoint!);
    }

    public override void Accept() => _socket = Try("accept", () => (_listener ?? throw new CaseTrouble("the peer does not listen")).Accept());

    public override void Connect(SockAddr address)
    {
        _socket = New();
        Try("connect", () =>
        {
            _socket.Connect(address.ToIPEndPoint());
            return true;
        });
    }

    public override void Send(byte[] data) => Try("send", () =>
    {
        int sent = 0;
        while (sent < data.Length)
            sent += Connected.Send(data.AsSpan(sent));
        return sent;
    });

    public override void Finish() => Try("finish", () =>
    {
        Connected.Shutdown(SocketShutdown.Send);
        return true;
    });

    public override void Reset()
    {
        Connected.LingerState = new LingerOption(true, 0);
        Connected.Dispose();
    }

    public override void Dispose()
    {
        _socket?.Dispose();
        _listener?.Dispose();
    }

    protected override int Receive(Memory<byte> buffer)
    {
        try
        {
            return Connected.Receive(buffer.Span);
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionReset)
        {
            return -1;
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            throw new CaseTrouble($"the peer could not read: {exception.Message}");
        }
    }

    private static Socket New() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = ReceiveBuffer };

    private static T Try<T>(string what, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            throw new CaseTrouble($"the peer could not {what}: {exception.Message}");
        }
    }
}
