using Wsp.Model.Notification;
using Wsp.Specification;
using Wsp.Spi;

namespace Wsp.Model.Transfer;

/// <summary>What arrives from the network on an endpoint: data, datagrams, room, the end of a stream, a reset.</summary>
internal static class DeliveryRules
{
    public static readonly Rule DataArrived = new("data has arrived", "RECV-41", "RECV-69", "RECV-71");
    public static readonly Rule DataAfterShutdown = new("data has arrived after receiving was shut down: the connection is reset", "SHUTDOWN-06", "RECVDISC-07", "RECVDISC-AMB-01");
    public static readonly Rule IgnoredAfterClose = new("the socket was closed: what arrives is ignored and its own data still goes out", "CLEANUP-24", "CLOSE-08");
    public static readonly Rule IgnoredInCleanup = new("the socket is about to be reset by the final cleanup", "CLEANUP-21");
    public static readonly Rule UnknownEndpoint = new("the endpoint is gone");
    public static readonly Rule DatagramArrived = new("a datagram has arrived", "RECV-55", "RECV-71");
    public static readonly Rule DatagramDropped = new("the datagram comes from another peer, or there is no room", "CONNECT-20", "RECV-05", "RECV-72");
    public static readonly Rule BytesTaken = new("the network has taken data", "SEND-46", "SEND-51");
    public static readonly Rule PeerFinished = new("the peer has ended its side", "RECV-88", "RECV-98", "EVSEL-30", "SHUTDOWN-21");
    public static readonly Rule ConnectionBroken = new("the connection was broken", "RECV-90", "RECV-91", "CLOSE-25", "EVSEL-29");

    public static Rule OnData(Draft draft, ProviderInput.DataArrived input)
    {
        if (Live(draft, input.Endpoint, out Rule ignored) is not { } socket)
        {
            if (ReferenceEquals(ignored, IgnoredAfterClose))
                draft.Emit(new ProviderEffect.Consumed { Endpoint = input.Endpoint, Count = input.Data.Length, Because = ignored });
            return draft.NoCall(ignored);
        }

        socket = draft.Edit(socket);
        socket.Received = socket.Received.Append(input.Data);
        RecvRules.Satisfy(draft, socket);
        draft.Result = CallResult.None;
        if (socket.Received.IsEmpty)
            return DataArrived;
        if (socket.ReceiveShutdown)
        {
            Break(draft, socket, WsaError.ConnectionAborted, DiscardReason.UnreadData, DataAfterShutdown, reset: true);
            return DataAfterShutdown;
        }

        EventRules.Happened(draft, socket, NetworkEvents.Read);
        return DataArrived;
    }

    public static Rule OnDatagram(Draft draft, ProviderInput.DatagramArrived input)
    {
        if (Live(draft, input.Endpoint, out Rule ignored) is not { } socket)
            return draft.NoCall(ignored);
        draft.Result = CallResult.None;
        if (socket.Stage == SocketStage.Connected && !SameName(socket.Remote, input.From))
            return DatagramDropped;
        bool fits = socket.DatagramBytes + input.Data.Length <= Math.Max(socket.Options.ReceiveBuffer, 0) || !socket.Receivers.IsEmpty;
        if (!fits)
            return DatagramDropped;
        socket = draft.Edit(socket);
        socket.Datagrams = socket.Datagrams.Enqueue(new Datagram(input.From, input.Data));
        socket.DatagramBytes += input.Data.Length;
        RecvRules.Satisfy(draft, socket);
        if (!socket.Datagrams.IsEmpty)
            EventRules.Happened(draft, socket, NetworkEvents.Read);
        return DatagramArrived;
    }

    public static Rule OnBytesTaken(Draft draft, ProviderInput.BytesTaken input)
    {
        draft.Result = CallResult.None;
        if (draft.Endpoint(input.Endpoint) is not { InFlight: > 0 } socket)
            return UnknownEndpoint;
        socket = draft.Edit(socket);
        int taken = Math.Min(input.Count, socket.InFlight);
        socket.InFlight -= taken;
        draft.State.QueuedBytes -= taken;
        draft.State.Ledger = draft.State.Ledger with { Delivered = draft.State.Ledger.Delivered + taken };
        SendRules.FeedSenders(draft, socket);
        SendRules.Pump(draft, socket);
        if (socket.WriteWanted && SendRules.Room(socket) > 0)
        {
            socket.WriteWanted = false;
            EventRules.Happened(draft, socket, NetworkEvents.Write);
        }

        return BytesTaken;
    }

    /// <summary>In a final cleanup only closed sockets go on sending; what open ones have is about to be discarded.</summary>
    public static Rule OnBytesTakenInCleanup(Draft draft, ProviderInput.BytesTaken input)
    {
        if (draft.Endpoint(input.Endpoint) is { Phase: SocketPhase.Closed })
            return OnBytesTaken(draft, input);
        if (draft.Endpoint(input.Endpoint) is not { InFlight: > 0 } socket)
            return draft.NoCall(UnknownEndpoint);
        socket = draft.Edit(socket);
        int taken = Math.Min(input.Count, socket.InFlight);
        socket.InFlight -= taken;
        draft.State.QueuedBytes -= taken;
        draft.State.Ledger = draft.State.Ledger with { Delivered = draft.State.Ledger.Delivered + taken };
        return draft.NoCall(IgnoredInCleanup);
    }

    public static Rule OnPeerFinished(Draft draft, ProviderInput.PeerFinished input)
    {
        if (Live(draft, input.Endpoint, out Rule ignored) is not { } socket)
            return draft.NoCall(ignored);
        draft.Result = CallResult.None;
        if (socket.PeerFinished)
            return CommonRules.NothingToDo;
        socket = draft.Edit(socket);
        socket.PeerFinished = true;
        RecvRules.Satisfy(draft, socket);
        if (socket.Received.IsEmpty || draft.Readings.CloseEventTiming == CloseEventTiming.AtOnce)
            EventRules.Happened(draft, socket, NetworkEvents.Close);
        return PeerFinished;
    }

    public static Rule OnConnectionBroken(Draft draft, ProviderInput.ConnectionBroken input)
    {
        draft.Result = CallResult.None;
        if (draft.Endpoint(input.Endpoint) is not { } socket)
            return UnknownEndpoint;
        if (draft.State.Phase == ProviderPhase.CleaningUp && socket.Phase != SocketPhase.Closed)
            return IgnoredInCleanup;
        if (socket.IsStream && socket.Stage is not (SocketStage.Connecting or SocketStage.Connected or SocketStage.Broken))
            return CommonRules.NothingToDo;
        WsaError error = socket.PeerFinished && input.Error == WsaError.ConnectionReset && draft.Readings.ResetAfterPeerClose == ResetAfterPeerClose.ConnectionAborted
            ? WsaError.ConnectionAborted
            : input.Error;
        Break(draft, draft.Edit(socket), error, DiscardReason.ConnectionBroken, ConnectionBroken, reset: false);
        return ConnectionBroken;
    }

    /// <summary>Ends a connection: pending calls fail, unsent and unread data is gone, a closed socket is freed.</summary>
    /// <param name="draft">The transition.</param>
    /// <param name="socket">A socket that the draft owns.</param>
    /// <param name="error">The error from now on.</param>
    /// <param name="reason">Why unsent data is discarded.</param>
    /// <param name="because">The rule.</param>
    /// <param name="reset">Whether the transport has to be told.</param>
    public static void Break(Draft draft, SocketState socket, WsaError error, DiscardReason reason, Rule because, bool reset)
    {
        draft.Discard(socket, reason);
        if (reset)
            draft.Emit(new ProviderEffect.ResetEndpoint { Endpoint = socket.Handle, Because = because });
        socket.Received = default;
        socket.Stage = SocketStage.Broken;
        socket.BrokenBy = error;
        RecvRules.Fail(draft, socket, error, because);
        FailSenders(draft, socket, error, because);
        if (socket.Waiter is { } waiter)
        {
            // A lingering close returns success when the connection ends under it (CLOSE-46).
            draft.Release(waiter, waiter.Kind == CallKind.CloseSocket ? CallResult.Ok : CallResult.Failed(error), because);
            socket.Waiter = null;
        }

        if (socket.Phase == SocketPhase.Closed)
        {
            draft.Remove(socket);
            return;
        }

        EventRules.Happened(draft, socket, NetworkEvents.Close, error);
    }

    public static void FailSenders(Draft draft, SocketState socket, WsaError error, Rule because)
    {
        foreach (PendingCall call in socket.Senders)
        {
            if (!draft.IsWaiting(call))
                continue;
            if (call.IsOverlapped)
                OverlappedRules.Finish(draft, call, error, call.Done, because);
            else
                draft.Release(call, CallResult.Failed(error), because);
        }

        socket.Senders = default;
    }

    private static SocketState? Live(Draft draft, SocketHandle endpoint, out Rule ignored)
    {
        SocketState? socket = draft.Endpoint(endpoint);
        ignored = UnknownEndpoint;
        if (socket is null)
            return null;
        if (socket.Phase == SocketPhase.Closed)
        {
            ignored = IgnoredAfterClose;
            return null;
        }

        if (draft.State.Phase == ProviderPhase.CleaningUp)
        {
            ignored = IgnoredInCleanup;
            return null;
        }

        return socket;
    }

    private static bool SameName(SockAddr a, SockAddr b) => a.Host == b.Host && a.Port == b.Port && a.Family == b.Family;
}
