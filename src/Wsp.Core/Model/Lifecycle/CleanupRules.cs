using Wsp.Model.Sockets;
using Wsp.Model.Transfer;
using Wsp.Specification;
using Wsp.Spi;

namespace Wsp.Model.Lifecycle;

/// <summary>
/// WSPCleanup. A cleanup that leaves references only counts; the one that gives back the last begins a sequence of small steps, each about one call,
/// operation or socket, which <see cref="Advance"/> takes. Between two steps anything else may happen.
/// </summary>
internal static class CleanupRules
{
    public static readonly Rule OnlyDecrements = new("a cleanup that leaves references only counts down", "CLEANUP-07", "CLEANUP-08", "CLEANUP-10", "CLEANUP-11", "STARTUP-25");
    public static readonly Rule Begins = new("the last reference is given back: the final cleanup begins", "CLEANUP-09", "CLEANUP-10", "CLEANUP-27", "CLEANUP-35");
    public static readonly Rule NetworkIsDown = new("the network is down: the cleanup fails and may be repeated", "WSPCleanup#errors/WSAENETDOWN", "CLEANUP-AMB-06");
    public static readonly Rule CancelsCall = new("a blocking call is cancelled, whatever its thread, without message or event", "CLEANUP-12", "CLEANUP-13", "CLEANUP-14", "CLEANUP-15", "CLEANUP-42", "CLEANUP-AMB-10");
    public static readonly Rule PassesBy = new("a call that is on its way out, or is the cleanup itself or a startup waiting for it, is passed by", "CLEANUP-25", "CLEANUP-AMB-24");
    public static readonly Rule AbortsOperation = new("an overlapped operation ends with WSA_OPERATION_ABORTED in silence", "CLEANUP-16", "CLEANUP-17", "CLEANUP-18", "CLEANUP-19", "SEND-43", "RECV-46");
    public static readonly Rule ResetsSocket = new("an open socket is reset and freed", "CLEANUP-21", "CLEANUP-22", "CLEANUP-40", "CLEANUP-41", "CLEANUP-AMB-01");
    public static readonly Rule DrainsSocket = new("an open socket ends as if it had been closed", "CLEANUP-22", "CLEANUP-28", "CLEANUP-AMB-01", "CLEANUP-AMB-25");
    public static readonly Rule LeavesClosed = new("a socket closed before is left to send its data", "CLEANUP-23", "CLEANUP-24");
    public static readonly Rule HandsOff = new("the rest of a closed connection passes to the transport, which stays", "CLEANUP-24", "CLEANUP-26", "CLEANUP-AMB-19");
    public static readonly Rule WaitsForData = new("cleanup waits until the data of closed sockets is sent", "CLEANUP-24", "CLEANUP-26", "CLEANUP-28");
    public static readonly Rule WaitsForCallers = new("cleanup waits until cancelled calls have returned on their threads", "CLEANUP-25", "CLEANUP-AMB-11");
    public static readonly Rule NextStage = new("the next stage of the final cleanup begins", "CLEANUP-29");
    public static readonly Rule Released = new("everything is released; the provider may be unloaded and started again", "CLEANUP-25", "CLEANUP-26", "CLEANUP-30", "CLEANUP-31", "CLEANUP-AMB-04");
    public static readonly Rule NothingToAdvance = new("no final cleanup is at work");

    public static Rule Cleanup(Draft draft, ProviderInput.Cleanup input)
    {
        ProviderState state = draft.State;
        if (state.References.Length > 1)
        {
            state.References = state.References.RemoveAt(IndexOfReference(state, input));
            return draft.Succeed(OnlyDecrements);
        }

        state.LastCleanup = new CleanupReport(state, input.Client, input.Thread);
        state.References = [];
        state.Phase = ProviderPhase.CleaningUp;
        state.Stage = CleanupStage.CancelBlockingCalls;
        state.Cursor = 0;
        draft.Block(new PendingCall { Key = state.Calls.NextKey, Kind = CallKind.Cleanup, Thread = input.Thread, Client = input.Client });
        return Begins;
    }

    public static Rule CleanupWithoutNetwork(Draft draft, ProviderInput.Cleanup input)
    {
        ProviderState state = draft.State;
        if (draft.Readings.ReferenceWhenNetworkDown == ReferenceWhenNetworkDown.GivenBack && state.References.Length > 1)
            state.References = state.References.RemoveAt(IndexOfReference(state, input));
        return draft.Fail(WsaError.NetworkDown, NetworkIsDown);
    }

    /// <summary>Takes steps until their number is used up, the cleanup has to wait, or it is done.</summary>
    public static Rule Advance(Draft draft, ProviderInput.Advance input)
    {
        draft.Result = CallResult.None;
        Rule first = NextStage;
        for (int step = 0; step < input.Steps && draft.State.Phase == ProviderPhase.CleaningUp; step++)
        {
            Rule rule = Step(draft);
            if (step == 0)
                first = rule;
            else
                draft.Also(rule);
            bool waits = ReferenceEquals(rule, WaitsForData) || ReferenceEquals(rule, WaitsForCallers);
            if (waits || (input.StopsAtStage && ReferenceEquals(rule, NextStage)))
                break;
        }

        return first;
    }

    private static Rule Step(Draft draft) => draft.State.Stage switch
    {
        CleanupStage.CancelBlockingCalls => CancelOneCall(draft),
        CleanupStage.AbortOverlapped => AbortOneOperation(draft),
        CleanupStage.ResetSockets => ResetOneSocket(draft),
        CleanupStage.DrainLinger => DrainOneSocket(draft),
        _ => Release(draft),
    };

    private static Rule CancelOneCall(Draft draft)
    {
        if (draft.State.Calls.FirstFrom(draft.State.Cursor) is not { } call)
            return Next(draft, CleanupStage.AbortOverlapped);
        draft.State.Cursor = call.Key + 1;
        if (call.Progress == CallProgress.Leaving || call.Kind is CallKind.Startup or CallKind.Cleanup)
            return PassesBy;
        draft.Release(call, CallResult.Failed(CloseRules.Translate(draft.Readings.CallCancelledByCleanup)), CancelsCall);
        return CancelsCall;
    }

    private static Rule AbortOneOperation(Draft draft)
    {
        if (draft.State.Operations.FirstFrom(0) is not { } operation)
            return Next(draft, CleanupStage.ResetSockets);
        bool indicate = draft.Readings.CleanupNotification == CleanupNotification.AsIfClosed;
        OverlappedRules.Finish(draft, operation, WsaError.OperationAborted, operation.Done, AbortsOperation, indicate);
        return AbortsOperation;
    }

    private static Rule ResetOneSocket(Draft draft)
    {
        if (draft.State.Sockets.FirstFrom(draft.State.Cursor) is not { } socket)
            return Next(draft, CleanupStage.DrainLinger);
        draft.State.Cursor = socket.Key + 1;
        if (socket.Phase == SocketPhase.Closed)
            return LeavesClosed;
        if (socket.Phase == SocketPhase.Waiting)
        {
            AcceptRules.Refuse(draft, socket.Key, ResetsSocket);
            return ResetsSocket;
        }

        return draft.Readings.OpenSocketsAtCleanup == OpenSocketsAtCleanup.Reset ? ResetOpen(draft, socket) : CloseOpen(draft, draft.Edit(socket));
    }

    private static Rule ResetOpen(Draft draft, SocketState socket)
    {
        if (socket.QueuedBytes > 0)
        {
            socket = draft.Edit(socket);
            draft.Discard(socket, DiscardReason.OpenAtCleanup);
        }

        draft.Emit(new ProviderEffect.ReleaseHandle { Socket = socket.Handle, Because = ResetsSocket });
        bool hasEndpoint = socket.Stage is not (SocketStage.Unbound or SocketStage.Broken) || !socket.Local.IsNone;
        if (hasEndpoint)
            draft.Emit(new ProviderEffect.ResetEndpoint { Endpoint = socket.Handle, Because = ResetsSocket });
        draft.Remove(socket);
        return ResetsSocket;
    }

    private static Rule CloseOpen(Draft draft, SocketState socket)
    {
        if (draft.Readings.OpenSocketsAtCleanup == OpenSocketsAtCleanup.DrainGraceful && socket.Options.LingerOn)
            socket.Options = socket.Options with { LingerOn = false };
        socket.Receivers = default;
        socket.Senders = default;
        socket.Acceptors = default;
        socket.Waiter = null;
        CloseRules.Release(draft, socket);
        return DrainsSocket;
    }

    private static Rule DrainOneSocket(Draft draft)
    {
        ProviderState state = draft.State;
        if (state.Sockets.FirstFrom(0) is not { } socket)
            return Next(draft, CleanupStage.ReleaseResources);
        if (MustWaitForData(state))
            return WaitsForData;
        HandOff(draft, socket, HandsOff);
        return HandsOff;
    }

    /// <summary>Gives what a closed socket has left to a transport that outlives the provider.</summary>
    public static void HandOff(Draft draft, SocketState socket, Rule because)
    {
        draft.Emit(new ProviderEffect.HandOffEndpoint { Endpoint = socket.Handle, Rest = socket.Unsent.ToRuns(), InFlight = socket.InFlight, Because = because });
        draft.State.Ledger = draft.State.Ledger with { HandedOff = draft.State.Ledger.HandedOff + socket.QueuedBytes };
        draft.State.QueuedBytes -= socket.QueuedBytes;
        draft.Remove(socket);
    }

    private static Rule Release(Draft draft)
    {
        ProviderState state = draft.State;
        PendingCall cleanup = state.Calls.First(call => call.Kind == CallKind.Cleanup);
        if (state.Calls.Any(call => KeepsCleanupWaiting(call, cleanup.Thread)))
            return WaitsForCallers;

        List<PendingCall> startups = [.. state.Calls.Where(call => call.Kind == CallKind.Startup)];
        LifecycleReset.Clear(draft, keepCalls: true);
        state.Calls = state.Calls.Remove(cleanup.Key, draft.Token);
        draft.Emit(new ProviderEffect.Unloadable { Because = Released });
        draft.Emit(new ProviderEffect.ReleaseCaller { Call = cleanup.Key, Thread = cleanup.Thread, Result = CallResult.Ok, Because = Released });
        foreach (PendingCall startup in startups)
        {
            state.Calls = state.Calls.Remove(startup.Key, draft.Token);
            Rule rule = StartupRules.Start(draft, startup.Startup!);
            draft.Emit(new ProviderEffect.ReleaseCaller { Call = startup.Key, Thread = startup.Thread, Result = draft.Result, Because = rule });
            draft.Also(rule);
        }

        draft.Result = CallResult.None;
        return Released;
    }

    /// <summary>Whether data of closed sockets is waited for rather than handed to the transport.</summary>
    internal static bool MustWaitForData(ProviderState state) =>
        state.Sockets.Count > 0 && (state.Settings.Readings.LingerAtCleanup == LingerAtCleanup.WaitUntilSent || !state.Settings.TransportOutlivesProvider);

    /// <summary>A cancelled call keeps the cleanup waiting until it has returned, unless its own thread is the one that cleans up, further up its stack.</summary>
    internal static bool KeepsCleanupWaiting(PendingCall call, WspThreadId cleaner) => call.Kind is not (CallKind.Startup or CallKind.Cleanup) && call.Thread != cleaner;

    private static Rule Next(Draft draft, CleanupStage stage)
    {
        draft.State.Stage = stage;
        draft.State.Cursor = 0;
        return NextStage;
    }

    private static int IndexOfReference(ProviderState state, ProviderInput.Cleanup input)
    {
        for (int i = state.References.Length - 1; i >= 0; i--)
        {
            if (input.Client is { } name ? state.References[i].Client == name : state.References[i].Thread == input.Thread)
                return i;
        }

        return state.References.Length - 1;
    }
}
