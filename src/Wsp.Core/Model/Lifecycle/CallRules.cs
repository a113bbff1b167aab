using Wsp.Model.Transfer;
using Wsp.Specification;
using Wsp.Spi;

namespace Wsp.Model.Lifecycle;

/// <summary>Blocked calls as such: their return on their threads, and their cancelling by WSPCancelBlockingCall.</summary>
internal static class CallRules
{
    public static readonly Rule Returned = new("the call has returned on its thread", "CLEANUP-25", "CLEANUP-AMB-11");
    public static readonly Rule NothingBlocked = new("no blocking call of the thread is outstanding", "CANCEL-02");
    public static readonly Rule Cancelled = new("the thread's blocking call ends with WSAEINTR", "CANCEL-01", "CANCEL-05", "CANCEL-12", "CANCEL-22");
    public static readonly Rule StreamHarmed = new("the cancelled call had moved part of its data: the connection is reset", "CANCEL-18", "CANCEL-19", "CANCEL-AMB-04");
    public static readonly Rule ConnectGivenUp = new("the cancelled connection attempt is given up", "CANCEL-08", "CANCEL-09", "CANCEL-13");

    public static Rule CallReturned(Draft draft, ProviderInput.CallReturned input)
    {
        draft.Result = CallResult.None;
        if (draft.State.Calls.Find(input.PendingCall) is not { Progress: CallProgress.Leaving } call)
            return CommonRules.NothingToDo;
        draft.State.Calls = draft.State.Calls.Remove(call.Key, draft.Token);
        return Returned;
    }

    public static Rule Cancel(Draft draft, ProviderInput.CancelBlockingCall input)
    {
        PendingCall? newest = null;
        foreach (PendingCall call in draft.State.Calls)
        {
            bool cancellable = call.Progress != CallProgress.Leaving && call.Kind is not (CallKind.Startup or CallKind.Cleanup);
            if (call.Thread == input.Thread && cancellable && (newest is null || call.Key > newest.Key))
                newest = call;
        }

        if (newest is null)
            return draft.Fail(WsaError.InvalidArgument, NothingBlocked);
        draft.Release(newest, CallResult.Failed(WsaError.Interrupted), Cancelled);
        if (draft.Endpoint(newest.Socket) is { } socket)
            Detach(draft, draft.Edit(socket), newest);
        return draft.Succeed(Cancelled);
    }

    private static void Detach(Draft draft, SocketState socket, PendingCall call)
    {
        bool Same(PendingCall other) => other.Key == call.Key && !other.IsOverlapped;
        socket.Receivers = socket.Receivers.RemoveAll(Same);
        socket.Senders = socket.Senders.RemoveAll(Same);
        socket.Acceptors = socket.Acceptors.RemoveAll(Same);
        if (socket.Waiter is { } waiter && waiter.Key == call.Key)
            socket.Waiter = null;
        if (call.Kind == CallKind.Connect)
        {
            draft.Also(ConnectGivenUp);
            draft.Emit(new ProviderEffect.ResetEndpoint { Endpoint = socket.Handle, Because = ConnectGivenUp });
            socket.Stage = SocketStage.Broken;
            socket.BrokenBy = WsaError.ConnectionAborted;
        }
        else if (call.Kind is CallKind.Send or CallKind.SendTo && call.Done > 0)
        {
            draft.Also(StreamHarmed);
            DeliveryRules.Break(draft, socket, WsaError.ConnectionAborted, DiscardReason.StreamHarmed, StreamHarmed, reset: true);
        }
    }
}
