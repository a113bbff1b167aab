using Wsp.Specification;
using Wsp.Spi;

namespace Wsp.Model.Notification;

/// <summary>Network events: registration by WSPEventSelect and WSPAsyncSelect, the record, and the re-enabling of events that were told.</summary>
internal static class EventRules
{
    public static readonly Rule Selected = new("events are selected; the socket is nonblocking", "EVSEL-01", "EVSEL-07", "EVSEL-10", "EVSEL-11", "EVSEL-24");
    public static readonly Rule MessagesSelected = new("messages are asked for; the socket is nonblocking", "ASYNC-01", "ASYNC-03", "ASYNC-06");
    public static readonly Rule Cancelled = new("the registration is cancelled", "EVSEL-14", "EVSEL-15");
    public static readonly Rule Fetched = new("the record is copied and cleared", "ENUMEV-01");
    public static readonly Rule RecordMissing = new("the pointer to the record is missing", "WSPEnumNetworkEvents#errors/WSAEFAULT");
    public static readonly Rule Told = new("a network event is told as it was asked for", "EVSEL-01", "EVSEL-02", "EVSEL-19", "EVSEL-20", "EVSEL-21");
    public static readonly Rule BadEvents = new("the events or the event object are not usable", "WSPEventSelect#errors/WSAEINVAL");

    private const NetworkEvents Known = (NetworkEvents)0x3FF;
    private const NetworkEvents Levels = NetworkEvents.Read | NetworkEvents.Write | NetworkEvents.Accept | NetworkEvents.Close;

    public static Rule EventSelect(Draft draft, ProviderInput.EventSelect input)
    {
        if (draft.Open(input.Socket) is not { } socket)
            return draft.Fail(WsaError.NotSocket, CommonRules.NotASocket);
        if ((input.Events & ~Known) != 0 || (input.Events != NetworkEvents.None && input.EventObject.IsNone))
            return draft.Fail(WsaError.InvalidArgument, BadEvents);
        socket = draft.Edit(socket);
        socket.Nonblocking = true;
        bool rearms = draft.Readings.EventReselection == EventReselection.Rearms;
        NetworkEvents quiet = rearms ? NetworkEvents.None : socket.Events.Quiet & ~socket.Events.Recorded;
        if (input.Events == NetworkEvents.None)
        {
            socket.Events = EventRegistration.None with { Quiet = quiet };
            return draft.Succeed(Cancelled);
        }

        socket.Events = new EventRegistration { Target = EventTarget.EventObject, Mask = input.Events, EventObject = input.EventObject.Event, Quiet = quiet };
        TellHolding(draft, socket);
        return draft.Succeed(Selected);
    }

    public static Rule AsyncSelect(Draft draft, ProviderInput.AsyncSelect input)
    {
        if (draft.Open(input.Socket) is not { } socket)
            return draft.Fail(WsaError.NotSocket, CommonRules.NotASocket);
        if ((input.Events & ~Known) != 0 || (input.Events != NetworkEvents.None && input.Window.Value == 0))
            return draft.Fail(WsaError.InvalidArgument, BadEvents);
        socket = draft.Edit(socket);
        socket.Nonblocking = true;
        if (input.Events == NetworkEvents.None)
        {
            socket.Events = EventRegistration.None;
            return draft.Succeed(Cancelled);
        }

        socket.Events = new EventRegistration { Target = EventTarget.Window, Mask = input.Events, Window = input.Window, Message = input.Message };
        TellHolding(draft, socket);
        return draft.Succeed(MessagesSelected);
    }

    public static Rule Enumerate(Draft draft, ProviderInput.EnumNetworkEvents input)
    {
        if (draft.Open(input.Socket) is not { } socket)
            return draft.Fail(WsaError.NotSocket, CommonRules.NotASocket);
        if (input.RecordMissing)
            return draft.Fail(WsaError.Fault, RecordMissing);
        EventRegistration record = socket.Events;
        if (record.Recorded != NetworkEvents.None)
        {
            socket = draft.Edit(socket);
            socket.Events = record with { Recorded = NetworkEvents.None };
        }

        if (!input.EventObject.IsNone)
            draft.Emit(new ProviderEffect.ResetEvent { EventObject = input.EventObject.Event, Because = Fetched });
        draft.Result = new CallResult { Detail = record };
        return Fetched;
    }

    /// <summary>Something has happened on a socket that the draft owns: tells it if it is asked for and not quiet.</summary>
    /// <param name="draft">The transition.</param>
    /// <param name="socket">The socket.</param>
    /// <param name="networkEvent">Exactly one event.</param>
    /// <param name="error">The error that goes with it.</param>
    /// <param name="news">Whether it happened just now, rather than still holding.</param>
    public static void Happened(Draft draft, SocketState socket, NetworkEvents networkEvent, WsaError error = WsaError.Success, bool news = true)
    {
        if (draft.State.Phase == ProviderPhase.CleaningUp || socket.Phase != SocketPhase.Open)
            return;
        EventRegistration registration = socket.Events;
        if (registration.Target == EventTarget.None || (registration.Mask & networkEvent) == 0)
            return;
        bool windowSkipsConnect = registration.Target == EventTarget.Window && networkEvent == NetworkEvents.Connect && draft.Readings.ConnectMessages == ConnectMessages.StreamOnArrival;
        if (windowSkipsConnect && (!news || !socket.IsStream))
            return;
        if ((registration.Quiet & networkEvent) != 0 && !(news && ArrivalsRearm(draft, registration)))
            return;
        draft.Also(Told);
        if (registration.Target == EventTarget.EventObject)
        {
            socket.Events = registration.Record(networkEvent, error) with { Quiet = registration.Quiet | networkEvent };
            if (networkEvent == NetworkEvents.Connect)
                socket.ConnectUntold = false;
            draft.Emit(new ProviderEffect.SetEvent { EventObject = registration.EventObject, Because = Told });
            return;
        }

        socket.Events = registration with { Quiet = registration.Quiet | networkEvent };
        draft.Emit(new ProviderEffect.PostMessage
        {
            Window = registration.Window,
            Message = registration.Message,
            Socket = socket.Handle,
            Event = networkEvent,
            Error = error,
            Because = Told,
        });
    }

    /// <summary>The re-enabling function of events was called on a socket that the draft owns.</summary>
    public static void Reenable(SocketState socket, NetworkEvents events)
    {
        if ((socket.Events.Quiet & events) != 0)
            socket.Events = socket.Events with { Quiet = socket.Events.Quiet & ~events };
    }

    /// <summary>The re-enabling function of events was called and refused; that re-enables them too, and tells those whose condition holds (EVSEL-20, EVSEL-25).</summary>
    public static void ReenableByRefusedCall(Draft draft, SocketState socket, NetworkEvents events)
    {
        if ((socket.Events.Quiet & events) == 0)
            return;
        socket = draft.Edit(socket);
        Reenable(socket, events);
        TellIfHolding(draft, socket, events);
    }

    /// <summary>Tells the events among some whose condition holds, after a re-enabling call or a registration.</summary>
    public static void TellIfHolding(Draft draft, SocketState socket, NetworkEvents events)
    {
        if (socket.Events.Target == EventTarget.None)
            return;
        NetworkEvents holding = Holding(draft, socket) & events;
        for (NetworkEvents one = NetworkEvents.Read; one <= NetworkEvents.Close; one = (NetworkEvents)((int)one << 1))
        {
            if ((holding & one) != 0)
                Happened(draft, socket, one, one == NetworkEvents.Close ? socket.BrokenBy : WsaError.Success, news: false);
        }
    }

    private static void TellHolding(Draft draft, SocketState socket)
    {
        // FD_CONNECT is about a connect that has finished; an accepted socket never made one.
        bool connectHolds = draft.Readings.EventReselection == EventReselection.KeepsReported ? socket.ConnectUntold : socket is { Stage: SocketStage.Connected, Initiated: true };
        if (connectHolds)
            Happened(draft, socket, NetworkEvents.Connect, news: false);
        TellIfHolding(draft, socket, Levels);
    }

    private static NetworkEvents Holding(Draft draft, SocketState socket)
    {
        NetworkEvents holding = NetworkEvents.None;
        bool unread = socket.IsStream ? !socket.Received.IsEmpty : !socket.Datagrams.IsEmpty;
        if (unread && socket.Receivers.IsEmpty)
            holding |= NetworkEvents.Read;
        if (IsWritable(draft, socket))
            holding |= NetworkEvents.Write;
        if (!socket.AcceptQueue.IsEmpty && !socket.HeadDeferred)
            holding |= NetworkEvents.Accept;
        bool ended = socket.PeerFinished || socket.Stage == SocketStage.Broken;
        if (ended && socket.IsStream && (!unread || draft.Readings.CloseEventTiming == CloseEventTiming.AtOnce))
            holding |= NetworkEvents.Close;
        return holding;
    }

    private static bool IsWritable(Draft draft, SocketState socket)
    {
        if (socket.IsStream)
            return socket.Stage == SocketStage.Connected && !socket.SendShutdown && socket.QueuedBytes < Math.Max(socket.Options.SendBuffer, 1);
        bool always = socket.Events.Target == EventTarget.Window && draft.Readings.DatagramWritable == DatagramWritable.MessagesAlways;
        return always || socket.Stage is SocketStage.Bound or SocketStage.Connected;
    }

    private static bool ArrivalsRearm(Draft draft, EventRegistration registration) =>
        registration.Target == EventTarget.EventObject && draft.Readings.EventReselection == EventReselection.KeepsReported;
}
