using System.Collections.Immutable;
using Wsp.Model;
using Wsp.Spi;

namespace Wsp.Transport.Memory;

/// <summary>
/// One end of a connection. Data goes out as far as the other end's window allows; the end of the stream follows the last byte; a reset overtakes
/// what has not left yet. An end whose provider is done with it lives on until it has sent everything.
/// </summary>
internal sealed class StreamSide(MemorySession session, SockAddr local, int window)
{
    private ByteQueue _outgoing;
    private int _inTransit;
    private int _unconsumed;
    private bool _finishSent;

    public MemorySession Session { get; } = session;

    public MemoryHost Host => Session.Host;

    public SockAddr Local { get; } = local;

    public StreamSide Peer { get; set; } = null!;

    public SocketHandle Handle { get; set; }

    /// <summary>The address the end was bound to by its own socket, given back with it; an accepted end has none of its own.</summary>
    public MemoryEndpoint? Binding { get; init; }

    public bool FinishRequested { get; private set; }

    /// <summary>Whether nothing is reported of this end any more.</summary>
    public bool IsDetached { get; private set; }

    /// <summary>Whether the end is gone: what still comes for it is answered with a reset.</summary>
    public bool IsGone { get; private set; }

    /// <summary>Whether everything, the end of the stream included, has arrived.</summary>
    public bool IsDrained { get; private set; }

    // All of this is called under the network's lock.

    public void Transmit(ImmutableArray<Payload> data)
    {
        foreach (Payload run in data)
            _outgoing = _outgoing.Append(run);
        Push();
    }

    public void Finish()
    {
        FinishRequested = true;
        Push();
    }

    public void Detach()
    {
        IsDetached = true;
        Session.Forget(this);
    }

    public void Reset()
    {
        Leave();
        Host.Network.Deliver(Host, Peer.Host, Peer.OnReset);
    }

    /// <summary>Received data has been taken, or ignored: the other end may send that much more.</summary>
    public void Consumed(int count)
    {
        _unconsumed = Math.Max(0, _unconsumed - count);
        Host.Network.Deliver(Host, Peer.Host, Peer.OnWindow);
    }

    public Action? BreakBothEnds()
    {
        if (IsGone && Peer.IsGone)
            return null;
        Action? mine = OnReset();
        Action? theirs = Peer.OnReset();
        return mine + theirs;
    }

    private int Room => Math.Max(0, Math.Max(window, 1) - _unconsumed);

    private void Push()
    {
        while (!_outgoing.IsEmpty)
        {
            int count = (int)Math.Min(Peer.Room - _inTransit, _outgoing.Length);
            if (count <= 0)
                return;
            _outgoing = _outgoing.Take(count, out ImmutableArray<Payload> chunk);
            foreach (Payload run in chunk)
            {
                _inTransit += run.Length;
                Payload part = run;
                Host.Network.Deliver(Host, Peer.Host, () => Arrive(part));
            }
        }

        if (FinishRequested && !_finishSent)
        {
            _finishSent = true;
            Host.Network.Deliver(Host, Peer.Host, ArriveFinish);
        }
    }

    /// <summary>Data of this end arrives at the other.</summary>
    private Action? Arrive(Payload data)
    {
        if (IsGone)
            return null;
        _inTransit -= data.Length;
        if (Peer.IsGone || (Peer.IsDetached && Peer.IsDrained))
            return OnReset();
        Action? taken = null;
        if (!IsDetached)
        {
            int count = data.Length;
            taken = () => Session.Sink.BytesTaken(Handle, count);
        }

        if (Peer.IsDetached)
        {
            // The other end was closed and still has data to send: what comes for it is ignored, so that its own data is not lost.
            Push();
            return taken;
        }

        Peer._unconsumed += data.Length;
        StreamSide peer = Peer;
        return taken + (() => peer.Session.Sink.DataArrived(peer.Handle, data));
    }

    private Action? ArriveFinish()
    {
        if (IsGone)
            return null;
        IsDrained = true;
        if (IsDetached && Peer.IsDetached && Peer.IsDrained)
        {
            Leave();
            Peer.Leave();
            return null;
        }

        if (Peer.IsGone || Peer.IsDetached)
            return null;
        StreamSide peer = Peer;
        return () => peer.Session.Sink.PeerFinished(peer.Handle);
    }

    private Action? OnWindow()
    {
        if (!IsGone)
            Push();
        return null;
    }

    private Action? OnReset()
    {
        if (IsGone)
            return null;
        bool silent = IsDetached;
        Leave();
        return silent ? null : () => Session.Sink.ConnectionBroken(Handle, WsaError.ConnectionReset);
    }

    private void Leave()
    {
        IsGone = true;
        _outgoing = default;
        Session.Forget(this);
        if (Binding is { } binding)
            Host.Ports.Release(binding);
    }
}
