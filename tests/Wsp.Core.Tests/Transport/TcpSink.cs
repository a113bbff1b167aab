using Wsp.Model;
using Wsp.Spi;
using Wsp.Transport;

namespace Wsp.Core.Tests.Transport;

/// <summary>Something a transport reported.</summary>
internal abstract record TcpReport(SocketHandle Endpoint)
{
    public sealed record Bound(SocketHandle Endpoint, WsaError Error, SockAddr Local) : TcpReport(Endpoint);

    public sealed record Assigned(SocketHandle Endpoint, SockAddr Local) : TcpReport(Endpoint);

    public sealed record Listening(SocketHandle Endpoint, WsaError Error) : TcpReport(Endpoint);

    public sealed record Connected(SocketHandle Endpoint, WsaError Error, SockAddr Local, SockAddr Remote) : TcpReport(Endpoint);

    public sealed record Arrived(SocketHandle Endpoint, SocketHandle Connection, SockAddr Local, SockAddr Remote) : TcpReport(Endpoint);

    public sealed record Data(SocketHandle Endpoint, Payload Content) : TcpReport(Endpoint);

    public sealed record Datagram(SocketHandle Endpoint, SockAddr From, Payload Content) : TcpReport(Endpoint);

    public sealed record Taken(SocketHandle Endpoint, int Count) : TcpReport(Endpoint);

    public sealed record PeerFinished(SocketHandle Endpoint) : TcpReport(Endpoint);

    public sealed record Broken(SocketHandle Endpoint, WsaError Error) : TcpReport(Endpoint);
}

/// <summary>Notes every report, lets a test wait for one, and may answer from inside a report.</summary>
internal sealed class TcpSink : ITransportSink
{
    /// <summary>Only a safety net: nothing in a passing test waits this long.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly List<TcpReport> _reports = [];
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _lastHandle = 1000;

    /// <summary>Called inside every report, after it was noted.</summary>
    public Action<TcpReport>? OnReport { get; set; }

    /// <summary>Whether connections that arrive are taken.</summary>
    public bool Accepts { get; set; } = true;

    public IReadOnlyList<TcpReport> Of(SocketHandle endpoint)
    {
        lock (_gate)
            return _reports.Where(r => r.Endpoint == endpoint).ToList();
    }

    /// <summary>Waits until the reports about an endpoint satisfy a condition.</summary>
    public async Task<IReadOnlyList<TcpReport>> Until(SocketHandle endpoint, Func<IReadOnlyList<TcpReport>, bool> condition)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            Task news;
            lock (_gate)
                news = _news.Task;
            IReadOnlyList<TcpReport> reports = Of(endpoint);
            if (condition(reports))
                return reports;
            await news.WaitAsync(limit.Token);
        }
    }

    /// <summary>Waits for the first report of a kind.</summary>
    public async Task<T> Next<T>(SocketHandle endpoint)
        where T : TcpReport => (await Until(endpoint, reports => reports.OfType<T>().Any())).OfType<T>().First();

    /// <summary>Waits for a number of received bytes.</summary>
    public async Task<byte[]> Bytes(SocketHandle endpoint, int count)
    {
        IReadOnlyList<TcpReport> reports = await Until(endpoint, r => r.OfType<TcpReport.Data>().Sum(d => d.Content.Length) >= count);
        return reports.OfType<TcpReport.Data>().SelectMany(d => d.Content.Bytes.ToArray()).ToArray();
    }

    public void BindAnswered(SocketHandle endpoint, WsaError error, SockAddr local) => Note(new TcpReport.Bound(endpoint, error, local));

    public void AddressAssigned(SocketHandle endpoint, SockAddr local) => Note(new TcpReport.Assigned(endpoint, local));

    public void ListenAnswered(SocketHandle endpoint, WsaError error) => Note(new TcpReport.Listening(endpoint, error));

    public void ConnectAnswered(SocketHandle endpoint, WsaError error, SockAddr local, SockAddr remote) =>
        Note(new TcpReport.Connected(endpoint, error, local, remote));

    public WsaError ConnectionArrived(SocketHandle listener, SockAddr local, SockAddr remote, Action<SocketHandle> named)
    {
        if (!Accepts)
        {
            Note(new TcpReport.Arrived(listener, SocketHandle.Invalid, local, remote));
            return WsaError.ConnectionRefused;
        }

        var name = new SocketHandle(Interlocked.Increment(ref _lastHandle));
        named(name);
        Note(new TcpReport.Arrived(listener, name, local, remote));
        return WsaError.Success;
    }

    public void DataArrived(SocketHandle endpoint, Payload data) => Note(new TcpReport.Data(endpoint, data));

    public void DatagramArrived(SocketHandle endpoint, SockAddr from, Payload data) => Note(new TcpReport.Datagram(endpoint, from, data));

    public void BytesTaken(SocketHandle endpoint, int count) => Note(new TcpReport.Taken(endpoint, count));

    public void PeerFinished(SocketHandle endpoint) => Note(new TcpReport.PeerFinished(endpoint));

    public void ConnectionBroken(SocketHandle endpoint, WsaError error) => Note(new TcpReport.Broken(endpoint, error));

    public void NetworkDown() => throw new NotSupportedException();

    public void NetworkUp() => throw new NotSupportedException();

    private void Note(TcpReport report)
    {
        TaskCompletionSource news;
        lock (_gate)
        {
            _reports.Add(report);
            news = _news;
            _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        news.SetResult();
        OnReport?.Invoke(report);
    }
}
