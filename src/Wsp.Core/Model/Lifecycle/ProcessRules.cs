using Wsp.Model.Notification;
using Wsp.Model.Sockets;
using Wsp.Model.Transfer;
using Wsp.Specification;
using Wsp.Spi;

namespace Wsp.Model.Lifecycle;

/// <summary>What happens to the process and the machine as a whole: death, the network going and coming, time.</summary>
internal static class ProcessRules
{
    public static readonly Rule Died = new("the process ended without cleanup: open sockets are reset, data of closed ones still goes out", "CLEANUP-32", "CLEANUP-AMB-26");
    public static readonly Rule NetworkFailed = new("the network is gone: connections break and what waits on it fails", "WSPSend#errors/WSAENETDOWN", "WSPRecv#errors/WSAENETDOWN");
    public static readonly Rule NetworkReturned = new("the network is back", "WSPStartup#errors/WSASYSNOTREADY");
    public static readonly Rule TimePassed = new("time has passed", "CLOSE-26", "RECV-82");
    public static readonly Rule TimedOut = new("the time-out of a blocked call is over", "SETOPT-47", "GETOPT-50");

    public static Rule ProcessEnded(Draft draft)
    {
        draft.Result = CallResult.None;
        ProviderState state = draft.State;
        bool left = state.Phase != ProviderPhase.NotInitialized;
        for (SocketState? socket = state.Sockets.FirstFrom(0); socket is not null; socket = state.Sockets.FirstFrom(0))
            EndSocket(draft, draft.Edit(socket));
        LifecycleReset.Clear(draft, keepCalls: false);
        state.Routines = state.Routines.Cleared();
        return left ? Died : CommonRules.NothingToDo;
    }

    public static Rule NetworkDown(Draft draft)
    {
        draft.Result = CallResult.None;
        if (draft.State.IsNetworkDown)
            return CommonRules.NothingToDo;
        draft.State.IsNetworkDown = true;
        foreach (SocketState socket in draft.State.Sockets)
        {
            if (draft.State.Phase != ProviderPhase.CleaningUp || socket.Phase == SocketPhase.Closed)
                FailSocket(draft, socket);
        }

        return NetworkFailed;
    }

    public static Rule NetworkUp(Draft draft)
    {
        draft.Result = CallResult.None;
        draft.State.IsNetworkDown = false;
        return NetworkReturned;
    }

    public static Rule OnTimePassed(Draft draft, ProviderInput.TimePassed input)
    {
        draft.Result = CallResult.None;
        draft.State.Now = Math.Max(draft.State.Now, input.Now);
        if (draft.State.TimedCalls == 0)
            return TimePassed;
        foreach (PendingCall call in draft.State.Calls)
        {
            if (call.Deadline > 0 && call.Deadline <= draft.State.Now && call.Progress == CallProgress.Waiting)
                Expire(draft, call);
        }

        return TimePassed;
    }

    private static void EndSocket(Draft draft, SocketState socket)
    {
        if (socket.Phase == SocketPhase.Closed && draft.State.Settings.TransportOutlivesProvider)
        {
            CleanupRules.HandOff(draft, socket, Died);
            return;
        }

        bool hasEndpoint = socket.Stage is not (SocketStage.Unbound or SocketStage.Broken) || !socket.Local.IsNone;
        draft.Discard(socket, DiscardReason.ProcessDied);
        if (hasEndpoint)
            draft.Emit(new ProviderEffect.ResetEndpoint { Endpoint = socket.Handle, Because = Died });
        draft.Remove(socket);
    }

    private static void FailSocket(Draft draft, SocketState socket)
    {
        socket = draft.Edit(socket);
        if (socket is { IsStream: true, Stage: SocketStage.Connected })
        {
            DeliveryRules.Break(draft, socket, WsaError.NetworkDown, DiscardReason.NetworkDown, NetworkFailed, reset: true);
            return;
        }

        RecvRules.Fail(draft, socket, WsaError.NetworkDown, NetworkFailed);
        DeliveryRules.FailSenders(draft, socket, WsaError.NetworkDown, NetworkFailed);
        foreach (PendingCall call in socket.Acceptors)
            draft.Release(call, CallResult.Failed(WsaError.NetworkDown), NetworkFailed);
        socket.Acceptors = default;
        PendingCall? waiter = socket.Waiter;
        if (waiter is not null)
            draft.Release(waiter, CallResult.Failed(WsaError.NetworkDown), NetworkFailed);
        socket.Waiter = null;
        if (socket.Stage is SocketStage.Binding or SocketStage.Connecting)
        {
            if (socket.Stage == SocketStage.Connecting)
            {
                // The outcome of an attempt in the background is told like any other (CONNECT-12, GETOPT-54).
                socket.PendingError = waiter is null ? WsaError.NetworkDown : socket.PendingError;
                EventRules.Happened(draft, socket, NetworkEvents.Connect, WsaError.NetworkDown);
            }

            draft.Emit(new ProviderEffect.ResetEndpoint { Endpoint = socket.Handle, Because = NetworkFailed });
            socket.Stage = SocketStage.Broken;
            socket.BrokenBy = WsaError.NetworkDown;
        }
    }

    private static void Expire(Draft draft, PendingCall call)
    {
        if (draft.Endpoint(call.Socket) is not { } socket)
            return;
        socket = draft.Edit(socket);
        if (call.Kind == CallKind.CloseSocket)
        {
            CloseRules.EndLinger(draft, socket);
            return;
        }

        draft.Also(TimedOut);
        socket.Receivers = socket.Receivers.RemoveAll(other => other.Key == call.Key && !other.IsOverlapped);
        socket.Senders = socket.Senders.RemoveAll(other => other.Key == call.Key && !other.IsOverlapped);
        draft.Release(call, CallResult.Failed(WsaError.TimedOut), TimedOut);
    }
}
