using System.Net;
using Wsp.Spi;

namespace Wsp.Transport.Memory;

/// <summary>
/// A network in memory: hosts with addresses and ports, connections with windows, datagrams that can get lost or overtake each other, partitions,
/// resets and failures. It is deterministic: with the same seed and the same requests in the same order, the same things happen. Addresses that no
/// host has swallow everything, like a black hole.
/// </summary>
/// <threadsafety>Safe for use from any thread; determinism is up to the order of the callers.</threadsafety>
public sealed class MemoryNetwork
{
    private readonly EventQueue _events = new();
    private readonly Random _random;
    private readonly List<MemoryHost> _hosts = [];
    private readonly HashSet<(MemoryHost, MemoryHost)> _partitions = [];
    private readonly List<(MemoryHost From, MemoryHost To, Func<Action?> Body)> _parked = [];
    private readonly ITimer? _timer;
    private readonly long _start;

    /// <summary>Makes a network with one host, <see cref="Local"/>.</summary>
    /// <param name="options">How it behaves, or null for the defaults.</param>
    public MemoryNetwork(MemoryNetworkOptions? options = null)
    {
        Options = options ?? new MemoryNetworkOptions();
        _random = new Random(Options.Seed);
        if (Options.TimeProvider is { } time)
        {
            _start = time.GetTimestamp();
            _timer = time.CreateTimer(_ => Kick(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        Local = AddHost("localhost", IPAddress.Parse("10.0.0.1"), IPAddress.Parse("fd00::1"));
    }

    /// <summary>How the network behaves.</summary>
    public MemoryNetworkOptions Options { get; }

    /// <summary>The first host. Like every host it also has the loopback addresses.</summary>
    public MemoryHost Local { get; }

    /// <summary>The time that has passed on the network.</summary>
    public TimeSpan Now => TimeSpan.FromMicroseconds(_events.Now);

    /// <summary>When the next event is due, or null when nothing is going to happen.</summary>
    public TimeSpan? NextDue => _events.NextDue is { } due ? TimeSpan.FromMicroseconds(due) : null;

    /// <summary>The number of events that are going to happen.</summary>
    public int PendingEvents => _events.Count;

    internal EventQueue Events => _events;

    /// <summary>Adds a host.</summary>
    /// <param name="name">A name for people.</param>
    /// <param name="addresses">Its addresses, beside the loopback ones.</param>
    public MemoryHost AddHost(string name, params IPAddress[] addresses)
    {
        ArgumentNullException.ThrowIfNull(addresses);
        var host = new MemoryHost(this, name, [.. addresses.Select(address => SockAddr.From(new IPEndPoint(address, 0)))]);
        lock (_events.Gate)
            _hosts.Add(host);
        return host;
    }

    /// <summary>Makes the next event that is due happen.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Step() => _events.Run(_events.Now, 1) > 0;

    /// <summary>Makes everything happen that is due now, and what follows from it at once.</summary>
    /// <returns>The number of events.</returns>
    public int RunUntilIdle() => _events.Run(_events.Now);

    /// <summary>Lets time pass and makes happen what becomes due, in order.</summary>
    /// <param name="time">How much time.</param>
    /// <returns>The number of events.</returns>
    public int Advance(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        return _events.Run(_events.Now + (long)time.TotalMicroseconds);
    }

    /// <summary>Cuts two hosts off from each other: datagrams get lost, everything else waits until <see cref="Heal"/>.</summary>
    /// <param name="a">One host.</param>
    /// <param name="b">The other.</param>
    public void Partition(MemoryHost a, MemoryHost b)
    {
        lock (_events.Gate)
        {
            _partitions.Add((a, b));
            _partitions.Add((b, a));
        }
    }

    /// <summary>Ends a partition; what has waited goes on its way.</summary>
    /// <param name="a">One host.</param>
    /// <param name="b">The other.</param>
    public void Heal(MemoryHost a, MemoryHost b)
    {
        lock (_events.Gate)
        {
            _partitions.Remove((a, b));
            _partitions.Remove((b, a));
            foreach (var parked in _parked.Where(item => (item.From == a && item.To == b) || (item.From == b && item.To == a)).ToList())
            {
                _parked.Remove(parked);
                Deliver(parked.From, parked.To, parked.Body);
            }
        }

        Kick();
    }

    /// <summary>Breaks every connection between two hosts, as a device in between would: both ends see a reset.</summary>
    /// <param name="a">One host.</param>
    /// <param name="b">The other; may be the same.</param>
    public void ResetConnections(MemoryHost a, MemoryHost b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        lock (_events.Gate)
        {
            foreach (StreamSide side in a.AllSides().Where(side => side.Peer.Host == b).ToList())
                _events.Add(0, side.BreakBothEnds);
        }

        Kick();
    }

    /// <summary>Makes happen what is due, where that goes by itself.</summary>
    internal void Kick()
    {
        if (Options.TimeProvider is { } time)
        {
            _events.Run((long)time.GetElapsedTime(_start).TotalMicroseconds);
            if (_events.NextDue is { } due)
                _timer!.Change(TimeSpan.FromMicroseconds(Math.Max(0, due - (long)time.GetElapsedTime(_start).TotalMicroseconds)), Timeout.InfiniteTimeSpan);
        }
        else if (Options.AutoRun)
        {
            // Another thread that is just finishing may have missed what this one added.
            while (_events.Run(_events.Now) > 0)
            {
            }
        }
    }

    /// <summary>Something goes from one host to another and arrives in order; called under the lock.</summary>
    internal void Deliver(MemoryHost from, MemoryHost to, Func<Action?> body) => _events.Add((long)Options.Latency.TotalMicroseconds, () =>
    {
        if (from.IsDown || to.IsDown)
            return null;
        if (!_partitions.Contains((from, to)))
            return body();
        _parked.Add((from, to, body));
        return null;
    });

    /// <summary>A datagram goes from one host to another, perhaps; called under the lock.</summary>
    internal void DeliverDatagram(MemoryHost from, MemoryHost to, Func<Action?> body)
    {
        if (Options.DatagramLoss > 0 && _random.NextDouble() < Options.DatagramLoss)
            return;
        long jitter = Options.DatagramJitter > TimeSpan.Zero ? _random.NextInt64((long)Options.DatagramJitter.TotalMicroseconds + 1) : 0;
        _events.Add((long)Options.Latency.TotalMicroseconds + jitter, () =>
            from.IsDown || to.IsDown || _partitions.Contains((from, to)) ? null : body());
    }

    /// <summary>The host that has an address, seen from another; called under the lock.</summary>
    internal MemoryHost? Route(MemoryHost from, SockAddr to) =>
        to.IsLoopback ? from : _hosts.FirstOrDefault(host => host.Has(to));

    /// <summary>All hosts; called under the lock.</summary>
    internal IReadOnlyList<MemoryHost> Hosts => _hosts;
}
