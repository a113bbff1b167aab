using System.Collections.Immutable;
using Wsp.Model.Notification;
using Wsp.Specification;
using Wsp.Spi;

namespace Wsp.Model.Transfer;

/// <summary>Receives: what is there at once, what has to wait, and in which order waiting receives are filled.</summary>
internal static class RecvRules
{
    public static readonly Rule Received = new("data that has arrived is handed over", "RECV-01", "RECV-17", "RECV-48", "RECV-51", "RECV-53");
    public static readonly Rule EndOfStream = new("the peer has ended the stream: zero bytes", "RECV-88");
    public static readonly Rule NothingThere = new("nothing has arrived and the socket is nonblocking", "RECV-50");
    public static readonly Rule WaitsForData = new("the call waits for data", "RECV-49", "RECV-74");
    public static readonly Rule FilledInOrder = new("waiting receives are filled in the order they were made", "RECV-41", "RECV-54", "RECV-81");
    public static readonly Rule NotConnected = new("the socket is not connected, or has no local name", "WSPRecv#errors/WSAENOTCONN", "RECV-02");
    public static readonly Rule AfterShutdown = new("receiving was shut down", "RECV-68", "SHUTDOWN-03", "RECVDISC-04");
    public static readonly Rule Broken = new("the connection was broken", "RECV-90", "RECV-91", "CANCEL-19");
    public static readonly Rule BadFlags = new("a flag is not supported on this socket", "RECV-61", "RECV-63", "WSPRecv#errors/WSAEOPNOTSUPP");
    public static readonly Rule BadBuffers = new("there are no usable buffers", "RECV-76");
    public static readonly Rule Truncated = new("the datagram is longer than the buffers: its beginning is handed over, the rest lost", "RECV-56", "RECV-59");
    public static readonly Rule ShortName = new("the room for the source address is too small; the datagram stays", "WSPRecvFrom#errors/WSAEFAULT");

    public static Rule Recv(Draft draft, ProviderInput.Recv input) => Receive(draft, input, input.Wanted, null, CallKind.Recv);

    public static Rule RecvFrom(Draft draft, ProviderInput.RecvFrom input) => Receive(draft, input, input.Wanted, input.FromLength, CallKind.RecvFrom);

    /// <summary>Fills waiting receives with what has arrived, or ends them when nothing more will come.</summary>
    public static void Satisfy(Draft draft, SocketState socket)
    {
        while (!socket.Receivers.IsEmpty)
        {
            PendingCall head = socket.Receivers.Head;
            if (!draft.IsWaiting(head))
            {
                socket.Receivers = socket.Receivers.Dequeue();
                continue;
            }

            if (!TryTake(draft, socket, head.Wanted, head.Flags, out CallResult result, out _))
                return;
            socket.Receivers = socket.Receivers.Dequeue();
            Answer(draft, head, result, FilledInOrder);
        }
    }

    /// <summary>Ends all waiting receives with an error.</summary>
    public static void Fail(Draft draft, SocketState socket, WsaError error, Rule because)
    {
        foreach (PendingCall call in socket.Receivers)
        {
            if (draft.IsWaiting(call))
                Answer(draft, call, CallResult.Failed(error), because);
        }

        socket.Receivers = default;
    }

    private static Rule Receive(Draft draft, ProviderInput.TransferCall input, int wanted, int? fromLength, CallKind kind)
    {
        if (draft.Open(input.Socket) is not { } socket)
            return draft.Fail(WsaError.NotSocket, CommonRules.NotASocket);
        if (Check(draft, socket, input) is { } refusal)
        {
            EventRules.ReenableByRefusedCall(draft, socket, NetworkEvents.Read | NetworkEvents.OutOfBand);
            return refusal;
        }

        socket = draft.Edit(socket);
        EventRules.Reenable(socket, NetworkEvents.Read | NetworkEvents.OutOfBand);
        Rule rule = Take(draft, socket, input, wanted, fromLength, kind);
        EventRules.TellIfHolding(draft, socket, NetworkEvents.Read);
        return rule;
    }

    private static Rule Take(Draft draft, SocketState socket, ProviderInput.TransferCall input, int wanted, int? fromLength, CallKind kind)
    {
        if (!socket.IsStream && fromLength is { } room && room < Spi.SockAddr.SizeOf(socket.Family) && !socket.Datagrams.IsEmpty)
            return draft.Fail(WsaError.Fault, ShortName);
        bool overlapped = input.Overlapped is not null && socket.IsOverlapped;
        if (socket.Receivers.IsEmpty && TryTake(draft, socket, wanted, input.Flags, out CallResult result, out Rule rule))
        {
            if (result.Error != WsaError.Success)
            {
                draft.Result = result;
                return rule;
            }

            Rule deciding = OverlappedRules.FinishAtOnce(draft, socket, input, result, rule);
            if (socket.PeerFinished && socket.Received.IsEmpty && draft.Readings.CloseEventTiming == CloseEventTiming.AfterData)
                EventRules.TellIfHolding(draft, socket, NetworkEvents.Close);
            return deciding;
        }

        if (!overlapped && socket.Nonblocking)
            return draft.Fail(WsaError.WouldBlock, NothingThere);
        var call = new PendingCall
        {
            Key = overlapped ? draft.State.Operations.NextKey : draft.State.Calls.NextKey,
            Kind = kind,
            Thread = input.Thread,
            Socket = socket.Handle,
            Overlapped = overlapped ? input.Overlapped : null,
            Wanted = wanted,
            Flags = input.Flags,
            Deadline = overlapped ? 0 : draft.DeadlineIn(socket.Options.ReceiveTimeout),
        };
        socket.Receivers = socket.Receivers.Enqueue(call);
        if (overlapped)
        {
            OverlappedRules.Begin(draft, call);
            return OverlappedRules.Pending;
        }

        draft.Block(call);
        return WaitsForData;
    }

    private static Rule? Check(Draft draft, SocketState socket, ProviderInput.TransferCall input)
    {
        if (input.CountMissing && input.Overlapped is null)
            return draft.Fail(WsaError.Fault, CommonRules.MissingPointer);
        if (input.BufferCount == 0)
            return draft.Fail(WsaError.InvalidArgument, BadBuffers);
        bool peekOverlapped = (input.Flags & MessageFlags.Peek) != 0 && input.Overlapped is not null && socket.IsOverlapped;
        if ((input.Flags & (MessageFlags.OutOfBand | MessageFlags.WaitAll)) != 0 || peekOverlapped)
            return draft.Fail(WsaError.OperationNotSupported, BadFlags);
        if (input.Overlapped is { } request && socket.IsOverlapped && OverlappedRules.Refusal(draft, socket, request, socket.Receivers.Count) is { } refusal)
            return refusal;
        if (socket.ReceiveShutdown)
            return draft.Fail(WsaError.Shutdown, AfterShutdown);
        if (socket.Stage == SocketStage.Broken)
            return draft.Fail(socket.BrokenBy, Broken);
        if (socket.IsStream ? socket.Stage != SocketStage.Connected : socket.Stage is SocketStage.Unbound or SocketStage.Binding)
            return draft.Fail(socket.IsStream ? WsaError.NotConnected : WsaError.InvalidArgument, NotConnected);
        return null;
    }

    private static bool TryTake(Draft draft, SocketState socket, int wanted, MessageFlags flags, out CallResult result, out Rule rule)
    {
        bool peek = (flags & MessageFlags.Peek) != 0;
        if (!socket.IsStream)
            return TryTakeDatagram(socket, wanted, peek, out result, out rule);
        if (!socket.Received.IsEmpty)
        {
            ByteQueue rest = socket.Received.Take(wanted, out ImmutableArray<Payload> data);
            int count = (int)(socket.Received.Length - rest.Length);
            if (!peek && count > 0)
            {
                socket.Received = rest;
                draft.Emit(new ProviderEffect.Consumed { Endpoint = socket.Handle, Count = count, Because = Received });
            }

            result = new CallResult { Count = count, Data = data };
            rule = Received;
            return true;
        }

        result = CallResult.Ok;
        rule = EndOfStream;
        return socket.PeerFinished;
    }

    private static bool TryTakeDatagram(SocketState socket, int wanted, bool peek, out CallResult result, out Rule rule)
    {
        result = default;
        rule = Received;
        if (socket.Datagrams.IsEmpty)
            return false;
        Datagram head = socket.Datagrams.Head;
        bool truncated = head.Data.Length > wanted;
        if (!peek)
        {
            socket.Datagrams = socket.Datagrams.Dequeue();
            socket.DatagramBytes -= head.Data.Length;
        }

        rule = truncated ? Truncated : Received;
        result = new CallResult
        {
            Error = truncated ? WsaError.MessageSize : WsaError.Success,
            Count = truncated ? wanted : head.Data.Length,
            Data = [truncated ? head.Data.Take(wanted) : head.Data],
            Names = ReportedNames.Of(head.From),
        };
        return true;
    }

    private static void Answer(Draft draft, PendingCall call, CallResult result, Rule because)
    {
        if (call.IsOverlapped)
            OverlappedRules.Finish(draft, call, result.Error, result.Count, because, indicate: true, result.Data, result.Address);
        else
            draft.Release(call, result, because);
    }
}
