using Wsp.Model.Notification;
using Wsp.Model.Tables;
using Wsp.Specification;
using Wsp.Spi;

namespace Wsp.Model.Sockets;

/// <summary>Incoming connections: the accept queue, the condition function, the new socket.</summary>
internal static class AcceptRules
{
    public static readonly Rule Arrived = new("a connection request is queued", "LISTEN-01", "LISTEN-06");
    public static readonly Rule QueueFull = new("the accept queue is full: the request is refused", "LISTEN-09");
    public static readonly Rule NobodyListens = new("nobody listens: the request is refused", "WSPConnect#errors/WSAECONNREFUSED");
    public static readonly Rule Accepted = new("the request at the head of the queue becomes a socket with the listener's properties", "ACCEPT-01", "ACCEPT-05", "ACCEPT-06", "ACCEPT-07", "ACCEPT-21", "ACCEPT-55");
    public static readonly Rule NotListening = new("the socket does not listen", "WSPAccept#errors/WSAEINVAL", "ACCEPT-20");
    public static readonly Rule QueueEmpty = new("no request waits and the socket is nonblocking", "ACCEPT-19");
    public static readonly Rule WaitsForRequest = new("the call waits for a request", "ACCEPT-18");
    public static readonly Rule CallbackRunning = new("the thread is inside the condition function of this listener", "WSPAccept#errors/WSAEINPROGRESS");
    public static readonly Rule ShortName = new("the room for the remote address is too small", "WSPAccept#errors/WSAEFAULT");
    public static readonly Rule Asks = new("the condition function is asked, on the caller's thread", "ACCEPT-02", "ACCEPT-04", "ACCEPT-48");
    public static readonly Rule Rejected = new("the condition function rejects the request", "ACCEPT-11");
    public static readonly Rule Deferred = new("the condition function defers; the request stays at the head", "ACCEPT-12", "ACCEPT-13", "ACCEPT-14", "ACCEPT-16", "ACCEPT-17");
    public static readonly Rule BadAnswer = new("the condition function gave no known answer", "WSPAccept#errors/WSAEINVAL");
    public static readonly Rule GoneBefore = new("the peer took the connection back before it was accepted", "WSPAccept#errors/WSAECONNRESET");
    public static readonly Rule NoDescriptor = new("no descriptor is left for the connection", "WSPAccept#errors/WSAEMFILE");

    public static Rule OnArrival(Draft draft, ProviderInput.ConnectionArrived input)
    {
        if (draft.Endpoint(input.Listener) is not { Stage: SocketStage.Listening, Phase: SocketPhase.Open } listener || draft.State.Phase != ProviderPhase.Running)
            return draft.Fail(WsaError.ConnectionRefused, NobodyListens);
        if (listener.AcceptQueue.Count >= listener.Backlog || draft.State.Sockets.Count >= SlotTable<SocketState>.Capacity)
            return draft.Fail(WsaError.ConnectionRefused, QueueFull);

        SocketState connection = SocketState.Create(draft.Token, draft.State.Sockets.NextKey, listener.Family, listener.Type, listener.Protocol, listener.OpenedBy);
        connection.Phase = SocketPhase.Waiting;
        connection.Stage = SocketStage.Connected;
        connection.Local = input.Local;
        connection.Remote = input.Remote;
        connection.Options = listener.Options;
        connection.Listener = listener.Key;
        connection.ConnectedAt = draft.State.Now;
        draft.Add(connection);
        listener = draft.Edit(listener);
        listener.AcceptQueue = listener.AcceptQueue.Enqueue(connection.Key);
        ServeWaiting(draft, listener);
        if (!listener.AcceptQueue.IsEmpty && !listener.HeadDeferred)
            EventRules.Happened(draft, listener, NetworkEvents.Accept);
        draft.Result = new CallResult { Socket = connection.Handle };
        return Arrived;
    }

    public static Rule Accept(Draft draft, ProviderInput.Accept input)
    {
        if (draft.Open(input.Socket) is not { } listener)
            return draft.Fail(WsaError.NotSocket, CommonRules.NotASocket);
        if (!listener.IsStream)
            return draft.Fail(WsaError.OperationNotSupported, NameRules.NoStream);
        if (listener.Stage != SocketStage.Listening)
            return draft.Fail(WsaError.InvalidArgument, NotListening);
        if (input.NameLength is { } room && room < SockAddr.SizeOf(listener.Family))
        {
            EventRules.ReenableByRefusedCall(draft, listener, NetworkEvents.Accept);
            return draft.Fail(WsaError.Fault, ShortName);
        }

        listener = draft.Edit(listener);
        EventRules.Reenable(listener, NetworkEvents.Accept);
        PendingCall? deciding = Deciding(draft, listener);
        if (deciding is not null && deciding.Thread == input.Thread)
            return draft.Fail(WsaError.InProgress, CallbackRunning);
        if (listener.AcceptQueue.IsEmpty || deciding is not null)
        {
            if (listener.Nonblocking)
                return draft.Fail(WsaError.WouldBlock, QueueEmpty);
            PendingCall call = NewCall(draft, input, listener);
            listener.Acceptors = listener.Acceptors.Enqueue(call);
            draft.Block(call);
            return WaitsForRequest;
        }

        if (input.Conditional)
        {
            PendingCall call = NewCall(draft, input, listener);
            call.Progress = CallProgress.Deciding;
            call.Deciding = listener.AcceptQueue.Head;
            draft.Block(call);
            draft.Result = Question(draft, call);
            return Asks;
        }

        Rule rule = TakeHead(draft, listener, out CallResult result);
        draft.Result = result;
        EventRules.TellIfHolding(draft, listener, NetworkEvents.Accept);
        return rule;
    }

    /// <summary>A condition function has answered.</summary>
    public static Rule Decide(Draft draft, ProviderInput.Decide input)
    {
        if (draft.State.Calls.Find(input.PendingCall) is not { Deciding: not 0 } call)
            return draft.NoCall(CommonRules.NothingToDo);
        draft.State.Calls = draft.State.Calls.Remove(call.Key, draft.Token);
        if (call.Progress == CallProgress.Leaving)
        {
            // It was cancelled while the function was thinking.
            if (draft.Open(call.Socket) is { Stage: SocketStage.Listening } freed)
                ServeWaiting(draft, draft.Edit(freed));
            draft.Result = call.Answer;
            return CommonRules.NothingToDo;
        }

        if (draft.Open(call.Socket) is not { Stage: SocketStage.Listening } listener)
            return draft.Fail(CloseRules.Translate(draft.Readings.CallCancelledByClose), CloseRules.CallCancelled);
        listener = draft.Edit(listener);
        if (listener.AcceptQueue.IsEmpty || listener.AcceptQueue.Head != call.Deciding)
            return draft.Fail(WsaError.ConnectionReset, GoneBefore);
        Rule rule = Apply(draft, listener, input.Answer);
        CallResult answer = draft.Result;
        ServeWaiting(draft, listener);
        draft.Result = answer;
        if (input.Answer != ConditionAnswer.Defer)
            EventRules.TellIfHolding(draft, listener, NetworkEvents.Accept);
        return rule;
    }

    /// <summary>Resets the requests beyond the backlog, youngest first (LISTEN-14).</summary>
    public static void Trim(Draft draft, SocketState listener, Rule because)
    {
        if (listener.AcceptQueue.Count <= listener.Backlog)
            return;
        Fifo<long> kept = default;
        foreach (long key in listener.AcceptQueue)
        {
            if (kept.Count < listener.Backlog)
                kept = kept.Enqueue(key);
            else
                Refuse(draft, key, because);
        }

        listener.AcceptQueue = kept;
    }

    /// <summary>Resets a connection that was never accepted.</summary>
    public static void Refuse(Draft draft, long key, Rule because)
    {
        if (draft.State.Sockets.Find(key) is not { } connection)
            return;
        if (connection.Stage != SocketStage.Broken)
            draft.Emit(new ProviderEffect.ResetEndpoint { Endpoint = connection.Handle, Because = because });
        draft.Remove(connection);
    }

    private static Rule Apply(Draft draft, SocketState listener, ConditionAnswer answer)
    {
        switch (answer)
        {
            case ConditionAnswer.Accept:
                Rule rule = TakeHead(draft, listener, out CallResult result);
                draft.Result = result;
                return rule;
            case ConditionAnswer.Reject:
                listener.HeadDeferred = false;
                Refuse(draft, listener.AcceptQueue.Head, Rejected);
                listener.AcceptQueue = listener.AcceptQueue.Dequeue();
                return draft.Fail(WsaError.ConnectionRefused, Rejected);
            case ConditionAnswer.Defer:
                listener.HeadDeferred = true;
                return draft.Fail(WsaError.TryAgain, Deferred);
            default:
                return draft.Fail(WsaError.InvalidArgument, BadAnswer);
        }
    }

    /// <summary>Gives requests to blocked accepts, in the order of the calls.</summary>
    private static void ServeWaiting(Draft draft, SocketState listener)
    {
        if (listener.Acceptors.IsEmpty || Deciding(draft, listener) is not null)
            return;
        while (!listener.Acceptors.IsEmpty && !listener.AcceptQueue.IsEmpty)
        {
            PendingCall head = listener.Acceptors.Head;
            listener.Acceptors = listener.Acceptors.Dequeue();
            if (!draft.IsWaiting(head))
                continue;
            if (head.Conditional)
            {
                PendingCall deciding = head.EditableBy(draft.Token);
                deciding.Progress = CallProgress.Deciding;
                deciding.Deciding = listener.AcceptQueue.Head;
                draft.State.Calls = draft.State.Calls.Replace(deciding, draft.Token);
                draft.Emit(new ProviderEffect.ReleaseCaller { Call = head.Key, Thread = head.Thread, Result = Question(draft, deciding), Because = Asks });
                return;
            }

            Rule rule = TakeHead(draft, listener, out CallResult result);
            draft.Release(head, result, rule);
        }
    }

    /// <summary>The call whose condition function is deciding over the request at the head; until it has, that request is nobody else's.</summary>
    private static PendingCall? Deciding(Draft draft, SocketState listener)
    {
        if (listener.AcceptQueue.IsEmpty || draft.State.Calls.Count == 0)
            return null;
        foreach (PendingCall call in draft.State.Calls)
        {
            if (call.Progress == CallProgress.Deciding && call.Socket == listener.Handle)
                return call;
        }

        return null;
    }

    private static Rule TakeHead(Draft draft, SocketState listener, out CallResult result)
    {
        SocketState connection = draft.State.Sockets.Find(listener.AcceptQueue.Head)!;
        if (connection.Stage == SocketStage.Broken)
        {
            listener.AcceptQueue = listener.AcceptQueue.Dequeue();
            listener.HeadDeferred = false;
            draft.Remove(connection);
            result = CallResult.Failed(WsaError.ConnectionReset);
            return GoneBefore;
        }

        if (draft.State.OpenSockets >= draft.State.Settings.MaxSockets)
        {
            result = CallResult.Failed(WsaError.TooManyOpenSockets);
            return NoDescriptor;
        }

        listener.AcceptQueue = listener.AcceptQueue.Dequeue();
        listener.HeadDeferred = false;
        connection = draft.Edit(connection);
        connection.Phase = SocketPhase.Open;
        connection.Options = listener.Options;
        connection.Flags = listener.Flags;
        connection.Nonblocking = listener.Nonblocking;
        connection.Listener = 0;
        draft.State.OpenSockets++;
        EventRegistration inherited = listener.Events;
        connection.Events = inherited.Target == EventTarget.None
            ? EventRegistration.None
            : inherited with { Recorded = NetworkEvents.None, Quiet = NetworkEvents.None };
        draft.Emit(new ProviderEffect.AcceptEndpoint { Endpoint = connection.Handle, Because = Accepted });
        EventRules.TellIfHolding(draft, connection, NetworkEvents.Write | NetworkEvents.Read | NetworkEvents.Close);
        result = new CallResult { Socket = connection.Handle, Names = new ReportedNames(connection.Remote) };
        return Accepted;
    }

    private static PendingCall NewCall(Draft draft, ProviderInput.Accept input, SocketState listener) => new()
    {
        Key = draft.State.Calls.NextKey,
        Kind = CallKind.Accept,
        Thread = input.Thread,
        Socket = listener.Handle,
        Conditional = input.Conditional,
    };

    private static CallResult Question(Draft draft, PendingCall call)
    {
        SocketState? request = draft.State.Sockets.Find(call.Deciding);
        return new() { Outcome = CallOutcome.Deciding, Call = call.Key, Names = new ReportedNames(request?.Remote ?? default, request?.Local ?? default) };
    }
}
