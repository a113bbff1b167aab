using System.Collections.Immutable;
using Wsp.Spi;

namespace Wsp.Transport.Memory;

/// <summary>
/// A host of a <see cref="MemoryNetwork"/>: the part of the stack that stays when a provider goes. Several providers, one per process, can be attached.
/// </summary>
/// <threadsafety>Safe for use from any thread.</threadsafety>
public sealed class MemoryHost : ITransport
{
    private readonly List<MemorySession> _sessions = [];
    private readonly ImmutableArray<SockAddr> _addresses;

    internal MemoryHost(MemoryNetwork network, string name, ImmutableArray<SockAddr> addresses)
    {
        Network = network;
        Name = name;
        _addresses = addresses;
    }

    /// <summary>The host's name.</summary>
    public string Name { get; }

    /// <summary>Whether the host's network is down.</summary>
    public bool IsDown { get; private set; }

    /// <inheritdoc/>
    public bool OutlivesProvider => true;

    /// <summary>The connections that live on without a provider: closed or handed off, with data or the end of the stream still to send.</summary>
    public int BackgroundConnections
    {
        get
        {
            lock (Network.Events.Gate)
                return AllSides().Count(side => side.IsDetached && !side.IsGone && !side.IsDrained);
        }
    }

    internal MemoryNetwork Network { get; }

    internal PortTable Ports { get; } = new();

    /// <inheritdoc/>
    public ITransportSession Attach(ITransportSink sink)
    {
        ArgumentNullException.ThrowIfNull(sink);
        var session = new MemorySession(this, sink);
        lock (Network.Events.Gate)
            _sessions.Add(session);
        return session;
    }

    /// <summary>Takes the host's network down: nothing gets in or out, and every provider on it is told.</summary>
    public void TakeDown() => Tell(down: true);

    /// <summary>Brings the host's network back. Connections from before are gone.</summary>
    public void BringUp() => Tell(down: false);

    /// <summary>Whether the host has an address; called under the lock.</summary>
    internal bool Has(SockAddr address) => address.IsLoopback || _addresses.Any(own => own.Family == address.Family && own.Host == address.Host);

    /// <summary>The address a packet to a destination carries as its source; called under the lock.</summary>
    internal SockAddr SourceFor(SockAddr destination, ushort port)
    {
        if (destination.IsLoopback)
            return destination.WithPort(port);
        SockAddr own = _addresses.FirstOrDefault(address => address.Family == destination.Family);
        return own.IsNone ? destination.WithPort(port) : own.WithPort(port);
    }

    internal IEnumerable<StreamSide> AllSides() => _sessions.SelectMany(session => session.Sides);

    private void Tell(bool down)
    {
        MemorySession[] sessions;
        lock (Network.Events.Gate)
        {
            if (IsDown == down)
                return;
            IsDown = down;
            sessions = [.. _sessions];
        }

        foreach (MemorySession session in sessions)
        {
            if (down)
                session.Sink.NetworkDown();
            else
                session.Sink.NetworkUp();
        }

        Network.Kick();
    }
}
