using Wsp.Model.Transfer;
using Wsp.Specification;
using Wsp.Spi;

namespace Wsp.Model.Sockets;

/// <summary>The close of a socket: what ends at once, what is still sent, and who waits for it.</summary>
internal static class CloseRules
{
    public static readonly Rule Closed = new("the descriptor is released", "CLOSE-01", "CLOSE-02", "CLOSE-15", "CLOSE-35", "CLOSE-41");
    public static readonly Rule InBackground = new("the descriptor is released; queued data is still sent, then the connection ends in good order", "CLOSE-08", "CLOSE-17", "CLOSE-18", "CLOSE-19", "CLOSE-20", "CLOSE-36", "CLOSE-AMB-09");
    public static readonly Rule Hard = new("a hard close: the connection is reset, unsent data thrown away", "CLOSE-22", "CLOSE-23", "CLOSE-24");
    public static readonly Rule Lingers = new("the close waits until the data is sent, at most for the linger time", "CLOSE-26", "CLOSE-AMB-12");
    public static readonly Rule WouldBlock = new("the close cannot be completed at once: the handle stays, no disconnect has begun", "CLOSE-30", "CLOSE-31", "CLOSE-32", "CLOSE-33", "CLOSE-AMB-01");
    public static readonly Rule OperationAborted = new("pending overlapped operations end with WSA_OPERATION_ABORTED and their completion action", "CLOSE-12", "CLOSE-13", "CLOSE-14", "SEND-42", "RECV-45", "CLOSE-AMB-11");
    public static readonly Rule CallCancelled = new("blocked calls on the socket are cancelled", "CLOSE-10", "CLOSE-11", "CLOSE-AMB-07");
    public static readonly Rule LingerTimeOver = new("the linger time is over: the connection is ended", "CLOSE-27", "CLOSE-28", "CLOSE-AMB-04");
    public static readonly Rule UnreadData = new("received data was left unread: the connection is reset", "CLOSE-AMB-15");

    public static Rule Close(Draft draft, ProviderInput.CloseSocket input)
    {
        if (draft.Open(input.Socket) is not { } socket)
            return draft.Fail(WsaError.NotSocket, CommonRules.NotASocket);
        bool lingers = socket is { IsStream: true, Stage: SocketStage.Connected, Options: { LingerOn: true, LingerSeconds: > 0 } };
        if (lingers && socket.Nonblocking && !socket.SendShutdown
            && (socket.QueuedBytes > 0 || draft.Readings.NonblockingLinger == NonblockingLinger.AlwaysFails))
        {
            return draft.Fail(WsaError.WouldBlock, WouldBlock);
        }

        draft.Result = CallResult.Ok;
        if (IsIdle(draft, socket))
        {
            draft.Emit(new ProviderEffect.ReleaseHandle { Socket = socket.Handle, Because = Closed });
            return ReleaseUnconnected(draft, socket);
        }

        socket = draft.Edit(socket);
        EndCalls(draft, socket);
        Rule rule = Release(draft, socket);
        if (lingers && !socket.Nonblocking && draft.Endpoint(input.Socket) is { Phase: SocketPhase.Closed } closing)
        {
            var call = new PendingCall
            {
                Key = draft.State.Calls.NextKey,
                Kind = CallKind.CloseSocket,
                Thread = input.Thread,
                Socket = input.Socket,
                Deadline = draft.DeadlineIn(socket.Options.LingerSeconds * 1000L),
            };
            draft.Edit(closing).Waiter = call;
            draft.Block(call);
            return Lingers;
        }

        return rule;
    }

    /// <summary>The linger time of a close is over.</summary>
    public static void EndLinger(Draft draft, SocketState socket)
    {
        draft.Also(LingerTimeOver);
        DeliveryRules.Break(draft, socket, WsaError.ConnectionAborted, DiscardReason.LingerTimeout, LingerTimeOver, reset: true);
    }

    /// <summary>Ends everything pending on a socket that the draft owns, with completion actions.</summary>
    public static void EndCalls(Draft draft, SocketState socket)
    {
        WsaError cancelled = Translate(draft.Readings.CallCancelledByClose);
        foreach (PendingCall call in socket.Receivers)
            End(draft, call, cancelled);
        socket.Receivers = default;
        EndSends(draft, socket, goOn: draft.Readings.PendingSendsAtClose == PendingSendsAtClose.Sent);

        foreach (PendingCall call in socket.Acceptors)
            End(draft, call, cancelled);
        socket.Acceptors = default;
        if (socket.Waiter is { } waiter)
            End(draft, waiter, cancelled);
        socket.Waiter = null;
        EndResultWaits(draft, socket, cancelled);
    }

    /// <summary>Frees the descriptor of a socket that the draft owns and ends its connection as the linger setting says; nothing is pending on it any more.</summary>
    public static Rule Release(Draft draft, SocketState socket)
    {
        draft.Emit(new ProviderEffect.ReleaseHandle { Socket = socket.Handle, Because = Closed });
        socket.Events = EventRegistration.None;
        if (socket is not { IsStream: true, Stage: SocketStage.Connected })
            return ReleaseUnconnected(draft, socket);
        if (socket.Options is { LingerOn: true, LingerSeconds: 0 })
            return Reset(draft, socket, DiscardReason.HardClose, Hard);
        bool unread = !socket.Received.IsEmpty;
        if (unread && draft.Readings.UnreadDataAtClose == UnreadDataAtClose.Resets)
            return Reset(draft, socket, DiscardReason.UnreadData, UnreadData);

        draft.State.OpenSockets--;
        socket.Phase = SocketPhase.Closed;
        socket.SendShutdown = true;
        socket.Received = default;
        SendRules.Pump(draft, socket);
        return InBackground;
    }

    /// <summary>Resets the connection of a socket that the draft owns and frees it.</summary>
    public static Rule Reset(Draft draft, SocketState socket, DiscardReason reason, Rule because)
    {
        EndSends(draft, socket, goOn: false);
        draft.Discard(socket, reason);
        if (socket.Stage != SocketStage.Broken)
            draft.Emit(new ProviderEffect.ResetEndpoint { Endpoint = socket.Handle, Because = because });
        draft.Remove(socket);
        return because;
    }

    public static WsaError Translate(CancelledCallError reading) => reading switch
    {
        CancelledCallError.OperationAborted => WsaError.OperationAborted,
        CancelledCallError.NotSocket => WsaError.NotSocket,
        _ => WsaError.Interrupted,
    };

    /// <summary>Whether there is neither a connection nor anything pending: the socket need not be edited before it goes.</summary>
    private static bool IsIdle(Draft draft, SocketState socket) =>
        !(socket.IsStream && socket.Stage == SocketStage.Connected)
        && socket.Receivers.IsEmpty && socket.Senders.IsEmpty && socket.Acceptors.IsEmpty && socket.Waiter is null && draft.State.ResultWaits == 0;

    private static Rule ReleaseUnconnected(Draft draft, SocketState socket)
    {
        foreach (long waiting in socket.AcceptQueue)
            AcceptRules.Refuse(draft, waiting, Closed);
        if (socket.Stage == SocketStage.Connecting)
            draft.Emit(new ProviderEffect.ResetEndpoint { Endpoint = socket.Handle, Because = Closed });
        else if (socket.Stage != SocketStage.Unbound || !socket.Local.IsNone)
            draft.Emit(new ProviderEffect.CloseEndpoint { Endpoint = socket.Handle, Because = Closed });
        draft.Remove(socket);
        return Closed;
    }

    /// <summary>Ends the sends of a socket; where pending operations are still sent after a close, blocked calls end all the same.</summary>
    private static void EndSends(Draft draft, SocketState socket, bool goOn)
    {
        bool Ends(PendingCall call) => !goOn || !call.IsOverlapped;
        WsaError cancelled = Translate(draft.Readings.CallCancelledByClose);
        foreach (PendingCall call in socket.Senders)
        {
            if (Ends(call))
                End(draft, call, cancelled);
        }

        socket.Senders = socket.Senders.RemoveAll(Ends);
    }

    private static void End(Draft draft, PendingCall call, WsaError cancelled)
    {
        if (!draft.IsWaiting(call))
            return;
        if (call.IsOverlapped)
        {
            draft.Also(OperationAborted);
            bool indicate = draft.State.Phase != ProviderPhase.CleaningUp || draft.Readings.CleanupNotification == CleanupNotification.AsIfClosed;
            OverlappedRules.Finish(draft, call, WsaError.OperationAborted, call.Done, OperationAborted, indicate);
        }
        else
        {
            draft.Also(CallCancelled);
            draft.Release(call, CallResult.Failed(cancelled), CallCancelled);
        }
    }

    /// <summary>Callers that wait for a result on this socket whose operation was not on it any more.</summary>
    private static void EndResultWaits(Draft draft, SocketState socket, WsaError cancelled)
    {
        if (draft.State.ResultWaits == 0)
            return;
        foreach (PendingCall call in draft.State.Calls)
        {
            if (call.Kind == CallKind.GetOverlappedResult && call.Socket == socket.Handle)
                End(draft, call, cancelled);
        }
    }
}
