using System.Collections.Immutable;
using Wsp.Model.Notification;
using Wsp.Specification;
using Wsp.Spi;

namespace Wsp.Model.Transfer;

/// <summary>How overlapped operations begin, end and are asked about.</summary>
internal static class OverlappedRules
{
    public static readonly Rule Pending = new("the operation is pending", "SEND-12", "RECV-15", "SEND-15", "RECV-18", "GETOVL-13", "GETOVL-14", "GETOVL-24");
    public static readonly Rule FinishedAtOnce = new("the overlapped operation finished at once and its indication is given", "SEND-09", "SEND-10", "SEND-11", "RECV-12", "RECV-13", "RECV-14");
    public static readonly Rule Completed = new("the pending operation has finished", "SEND-06", "SEND-21", "RECV-09", "RECV-24", "GETOVL-15");
    public static readonly Rule TooMany = new("too many overlapped operations are outstanding", "SEND-13", "RECV-16", "SEND-AMB-13");
    public static readonly Rule RoutineRefused = new("a completion routine is refused on a socket that belongs to a port", "SEND-13", "RECV-16");
    public static readonly Rule Incomplete = new("the operation has not finished", "GETOVL-07");
    public static readonly Rule WaitsForEnd = new("the call waits for the end of the operation", "GETOVL-08", "GETOVL-11");
    public static readonly Rule Reported = new("the result of the operation is reported", "GETOVL-02", "GETOVL-03", "GETOVL-16", "GETOVL-19");
    public static readonly Rule FailureReported = new("the error of the operation is reported", "GETOVL-04", "GETOVL-06");
    public static readonly Rule NoRecord = new("there is no record", "WSPGetOverlappedResult#errors/WSAEINVAL");
    public static readonly Rule CancelledByThread = new("the thread's operations on the socket are cancelled", "SEND-39", "RECV-42");

    /// <summary>Whether an operation may be started; an answer other than null is the refusal.</summary>
    public static Rule? Refusal(Draft draft, SocketState socket, OverlappedRequest request, int outstanding)
    {
        if (request.HasRoutine && socket.Port.Value != 0 && draft.Readings.RoutineOnPort == RoutineOnPort.Refused)
            return draft.Fail(WsaError.InvalidArgument, RoutineRefused);
        return outstanding >= draft.State.Settings.MaxOperationsPerSocket ? draft.Fail(WsaError.WouldBlock, TooMany) : null;
    }

    /// <summary>Makes an operation pending.</summary>
    public static PendingCall Begin(Draft draft, PendingCall operation)
    {
        OverlappedRequest request = operation.Overlapped!;
        draft.State.Operations = draft.State.Operations.Add(operation, draft.Token);
        draft.Emit(new ProviderEffect.BeginOverlapped { Request = request.Id, Because = Pending });
        if (!request.HasRoutine && !request.Event.IsNone)
            draft.Emit(new ProviderEffect.ResetEvent { EventObject = request.Event.Event, Because = Pending });
        draft.Result = CallResult.Failed(WsaError.IOPending);
        return operation;
    }

    /// <summary>Ends a pending operation: writes its record and, unless it must be silent, gives the indication that was asked for.</summary>
    public static void Finish(Draft draft, PendingCall operation, WsaError error, int count, Rule because, bool indicate = true, ImmutableArray<Payload> data = default, SockAddr from = default)
    {
        draft.State.Operations = draft.State.Operations.Remove(operation.Key, draft.Token);
        OverlappedRequest request = operation.Overlapped!;
        draft.Emit(new ProviderEffect.FinishOverlapped
        {
            Request = request.Id,
            Socket = operation.Socket,
            Error = error,
            Count = count,
            Data = data,
            From = from,
            Because = because,
        });
        if (indicate)
            Indicate(draft, request, operation.Socket, operation.Thread, error, count, because);
        ReleaseWaiters(draft, request.Id, error, count, because);
    }

    /// <summary>Ends an operation inside the call that would have started it.</summary>
    public static Rule FinishAtOnce(Draft draft, SocketState socket, ProviderInput.TransferCall input, CallResult result, Rule because)
    {
        draft.Result = result;
        if (input.Overlapped is not { } request)
            return because;
        if (!socket.IsOverlapped)
        {
            if (draft.Readings.RecordOnPlainSocket == RecordOnPlainSocket.Written)
                Write(draft, request, socket, result, result.Count, because);
            return because;
        }

        bool countsNothing = input is ProviderInput.Ioctl && draft.Readings.CountOfControlCall == CountOfControlCall.Zero;
        int count = countsNothing ? 0 : result.Count;
        Write(draft, request, socket, result, count, FinishedAtOnce);
        Indicate(draft, request, socket.Handle, input.Thread, result.Error, count, FinishedAtOnce);
        draft.Also(FinishedAtOnce);
        return because;
    }

    public static Rule GetResult(Draft draft, ProviderInput.GetOverlappedResult input)
    {
        if (draft.Open(input.Socket) is not { } socket)
            return draft.Fail(WsaError.NotSocket, CommonRules.NotASocket);
        if (input.RecordMissing)
            return draft.Fail(WsaError.InvalidArgument, NoRecord);
        if (input.Status != NtStatus.Pending)
        {
            WsaError error = input.Status.ToWsaError();
            if (error != WsaError.Success)
            {
                bool written = draft.Readings.CountOfFailedOperation == CountOfFailedOperation.Written;
                draft.Result = new CallResult { Error = error, Count = written ? input.Count : 0, CountsOnError = written };
                return FailureReported;
            }

            draft.Result = new CallResult { Count = input.Count, Flags = input.Flags };
            return Reported;
        }

        if (!input.Wait || !IsPending(socket, input.Request))
            return draft.Fail(WsaError.IOIncomplete, Incomplete);
        draft.Block(new PendingCall
        {
            Key = draft.State.Calls.NextKey,
            Kind = CallKind.GetOverlappedResult,
            Thread = input.Thread,
            Socket = input.Socket,
            WaitsFor = input.Request,
        });
        return WaitsForEnd;
    }

    public static Rule CancelIo(Draft draft, ProviderInput.CancelIo input)
    {
        if (draft.Open(input.Socket) is not { } socket)
            return draft.Fail(WsaError.InvalidHandle, CommonRules.NotASocket);
        bool Mine(PendingCall call) => call.IsOverlapped && call.Thread == input.Thread;
        List<PendingCall> cancelled = [.. socket.Receivers.Where(Mine), .. socket.Senders.Where(Mine)];
        if (cancelled.Count == 0)
            return draft.Succeed(CancelledByThread);
        socket = draft.Edit(socket);
        socket.Receivers = socket.Receivers.RemoveAll(Mine);
        socket.Senders = socket.Senders.RemoveAll(Mine);
        foreach (PendingCall operation in cancelled)
            Finish(draft, operation, WsaError.OperationAborted, operation.Done, CancelledByThread);
        return draft.Succeed(CancelledByThread);
    }

    private static void Write(Draft draft, OverlappedRequest request, SocketState socket, CallResult result, int count, Rule because) => draft.Emit(new ProviderEffect.FinishOverlapped
    {
        Request = request.Id,
        Socket = socket.Handle,
        Error = result.Error,
        Count = count,
        Flags = result.Flags,
        Data = result.Data,
        From = result.Address,
        AtOnce = true,
        Because = because,
    });

    private static void Indicate(Draft draft, OverlappedRequest request, SocketHandle handle, WspThreadId thread, WsaError error, int count, Rule because)
    {
        if (request.HasRoutine)
        {
            RoutineRules.Queue(draft, request.Id, handle, thread, because);
            return;
        }

        if (!request.Event.IsNone)
            draft.Emit(new ProviderEffect.SetEvent { EventObject = request.Event.Event, Request = request.Id, Because = because });
        if (!request.SuppressPort && draft.Endpoint(handle) is { Port.Value: not 0 } socket)
        {
            draft.Emit(new ProviderEffect.PostCompletion
            {
                Port = socket.Port,
                PortKey = socket.PortKey,
                Request = request.Id,
                Error = error,
                Count = count,
                Because = because,
            });
        }
    }

    private static void ReleaseWaiters(Draft draft, long request, WsaError error, int count, Rule because)
    {
        if (draft.State.ResultWaits == 0)
            return;
        foreach (PendingCall call in draft.State.Calls)
        {
            if (call.WaitsFor == request && call.Kind == CallKind.GetOverlappedResult)
                draft.Release(call, new CallResult { Error = error, Count = error == WsaError.Success ? count : 0 }, because);
        }
    }

    private static bool IsPending(SocketState socket, long request) =>
        socket.Receivers.Any(call => call.Overlapped?.Id == request) || socket.Senders.Any(call => call.Overlapped?.Id == request);
}
