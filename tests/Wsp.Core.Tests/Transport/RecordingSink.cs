using Wsp.Model;
using Wsp.Spi;
using Wsp.Transport;

namespace Wsp.Core.Tests.Transport;

/// <summary>A sink that takes every connection and notes what it is told, as lines of text.</summary>
internal sealed class RecordingSink : ITransportSink
{
    private long _lastHandle = 1_000;

    public List<string> Lines { get; } = [];

    public List<SocketHandle> Accepted { get; } = [];

    public WsaError AnswerToConnections { get; set; }

    public SockAddr LastLocal { get; private set; }

    public long BytesReceived { get; private set; }

    public long Taken { get; private set; }

    public void BindAnswered(SocketHandle endpoint, WsaError error, SockAddr local)
    {
        LastLocal = local;
        Lines.Add($"bind {error}");
    }

    public void AddressAssigned(SocketHandle endpoint, SockAddr local)
    {
        LastLocal = local;
        Lines.Add("assigned");
    }

    public void ListenAnswered(SocketHandle endpoint, WsaError error) => Lines.Add($"listen {error}");

    public void ConnectAnswered(SocketHandle endpoint, WsaError error, SockAddr local, SockAddr remote) => Lines.Add($"connect {error}");

    public WsaError ConnectionArrived(SocketHandle listener, SockAddr local, SockAddr remote, Action<SocketHandle> named)
    {
        if (AnswerToConnections != WsaError.Success)
            return AnswerToConnections;
        var handle = new SocketHandle(++_lastHandle * 4);
        Accepted.Add(handle);
        named(handle);
        Lines.Add("arrived");
        return WsaError.Success;
    }

    public void DataArrived(SocketHandle endpoint, Payload data)
    {
        BytesReceived += data.Length;
        Lines.Add($"data {data.Length}");
    }

    public void DatagramArrived(SocketHandle endpoint, SockAddr from, Payload data) => Lines.Add($"datagram {data.Bytes.Span[0]}");

    public void BytesTaken(SocketHandle endpoint, int count)
    {
        Taken += count;
        Lines.Add($"taken {count}");
    }

    public void PeerFinished(SocketHandle endpoint) => Lines.Add("finished");

    public void ConnectionBroken(SocketHandle endpoint, WsaError error) => Lines.Add($"broken {error}");

    public void NetworkDown() => Lines.Add("down");

    public void NetworkUp() => Lines.Add("up");
}
