using Wsp.Model.Notification;
using Wsp.Specification;
using Wsp.Spi;

namespace Wsp.Model.Transfer;

/// <summary>Sends: what is accepted, what waits for room, and how accepted data goes to the transport.</summary>
internal static class SendRules
{
    public static readonly Rule Accepted = new("the data is accepted", "SEND-01", "SEND-14", "SEND-44", "SEND-38");
    public static readonly Rule AcceptedInPart = new("as much is accepted as there is room for", "SEND-45");
    public static readonly Rule NoRoom = new("there is no room and the socket is nonblocking", "SEND-47");
    public static readonly Rule WaitsForRoom = new("the call waits until all data is accepted", "SEND-46", "SEND-62");
    public static readonly Rule NotConnected = new("the socket has no connection", "WSPSend#errors/WSAENOTCONN", "SEND-AMB-08");
    public static readonly Rule AfterShutdown = new("sending was shut down", "SEND-57", "SHUTDOWN-10", "SENDDISC-05");
    public static readonly Rule Broken = new("the connection was broken", "WSPSend#errors/WSAECONNRESET", "CANCEL-19");
    public static readonly Rule BadFlags = new("a flag is not supported on this socket", "SEND-54", "SEND-56");
    public static readonly Rule BadBuffers = new("there are no usable buffers", "SEND-64");
    public static readonly Rule TooLong = new("the message is longer than the transport can carry", "SEND-48", "SEND-49");
    public static readonly Rule BeyondCounting = new("the data is longer than any buffer space", "WSPSendTo#errors/WSAENOBUFS");
    public static readonly Rule DatagramSent = new("the datagram goes out", "SOCKET-28", "SOCKET-29", "SEND-02");
    public static readonly Rule BadDestination = new("there is no usable destination", "WSPSendTo#errors/WSAEDESTADDRREQ");
    public static readonly Rule BroadcastRefused = new("broadcasting is not enabled", "WSPSendTo#errors/WSAEACCES");
    public static readonly Rule ToTransport = new("accepted data goes to the transport in order", "SEND-38", "CLOSE-19", "CLEANUP-24");
    public static readonly Rule Finishes = new("our side ends behind the last byte", "SHUTDOWN-11", "SHUTDOWN-12", "CLOSE-36");
    public static readonly Rule ClosedForGood = new("the closed socket has sent everything and is freed", "CLOSE-08", "CLOSE-17", "CLOSE-20", "CLOSE-26");

    public static Rule Send(Draft draft, ProviderInput.Send input)
    {
        if (draft.Open(input.Socket) is not { } socket)
            return draft.Fail(WsaError.NotSocket, CommonRules.NotASocket);
        if (Check(draft, socket, input) is { } refusal)
            return refusal;
        if (socket.IsStream)
            return SendStream(draft, socket, input, input.Data, CallKind.Send);
        if (socket.Stage != SocketStage.Connected)
            return draft.Fail(WsaError.NotConnected, NotConnected);
        return SendDatagram(draft, socket, input, input.Data, socket.Remote);
    }

    public static Rule SendTo(Draft draft, ProviderInput.SendTo input)
    {
        if (draft.Open(input.Socket) is not { } socket)
            return draft.Fail(WsaError.NotSocket, CommonRules.NotASocket);
        if (Check(draft, socket, input) is { } refusal)
            return refusal;

        // On a connected stream socket the address is not even looked at.
        if (socket.IsStream)
            return SendStream(draft, socket, input, input.Data, CallKind.SendTo);
        if (input.Address is not { } to)
        {
            return socket.Stage == SocketStage.Connected
                ? SendDatagram(draft, socket, input, input.Data, socket.Remote)
                : draft.Fail(WsaError.DestinationAddressRequired, BadDestination);
        }

        if (to.IsNone)
            return draft.Fail(WsaError.Fault, BadDestination);
        if (to.Family != socket.Family)
            return draft.Fail(WsaError.AddressFamilyNotSupported, BadDestination);
        if (to.IsWildcard || to.Port == 0)
            return draft.Fail(WsaError.AddressNotAvailable, BadDestination);
        return SendDatagram(draft, socket, input, input.Data, to);
    }

    /// <summary>The room for more data in the send buffer, in bytes.</summary>
    public static long Room(SocketState socket) => Math.Max(0, Math.Max(socket.Options.SendBuffer, 1) - socket.QueuedBytes);

    /// <summary>Hands what the window allows to the transport, then the end of our side if it is due, then frees a closed socket that is done.</summary>
    public static void Pump(Draft draft, SocketState socket)
    {
        int window = draft.State.Settings.TransportWindow - socket.InFlight;
        if (window > 0 && !socket.Unsent.IsEmpty)
        {
            socket.Unsent = socket.Unsent.Take(window, out var chunk);
            foreach (Payload run in chunk)
                socket.InFlight += run.Length;
            draft.Emit(new ProviderEffect.Transmit { Endpoint = socket.Handle, Data = chunk, Because = ToTransport });
        }

        if (socket.SendShutdown && !socket.FinishSent && socket.Unsent.IsEmpty && socket.Senders.IsEmpty)
        {
            socket.FinishSent = true;
            draft.Emit(new ProviderEffect.FinishEndpoint { Endpoint = socket.Handle, Because = Finishes });
        }

        if (socket.Phase == SocketPhase.Closed && socket.FinishSent && socket.InFlight == 0)
        {
            draft.Emit(new ProviderEffect.CloseEndpoint { Endpoint = socket.Handle, Because = ClosedForGood });
            draft.Also(ClosedForGood);
            draft.Remove(socket);
            if (socket.Waiter is { } closer)
                draft.Release(closer, CallResult.Ok, ClosedForGood);
        }
    }

    /// <summary>Moves the data of waiting sends into the buffer, as far as there is room, in the order of the calls (SEND-38).</summary>
    public static void FeedSenders(Draft draft, SocketState socket)
    {
        while (!socket.Senders.IsEmpty)
        {
            PendingCall head = socket.Senders.Head;
            if (!draft.IsWaiting(head))
            {
                socket.Senders = socket.Senders.Dequeue();
                continue;
            }

            int accepted = Acceptable(draft, socket, head.Rest.Length);
            if (accepted == 0 && head.Rest.Length > 0)
                return;
            AcceptBytes(draft, socket, head.Rest.Take(accepted));
            socket.Senders = socket.Senders.Dequeue();
            PendingCall next = head.EditableBy(draft.Token);
            next.Rest = head.Rest.Skip(accepted);
            next.Done = head.Done + accepted;
            if (next.Rest.Length > 0)
            {
                socket.Senders = socket.Senders.PushFront(next);
                if (next.IsOverlapped)
                    draft.State.Operations = draft.State.Operations.Replace(next, draft.Token);
                else
                    draft.State.Calls = draft.State.Calls.Replace(next, draft.Token);
                return;
            }

            if (next.IsOverlapped)
                OverlappedRules.Finish(draft, next, WsaError.Success, next.Done, OverlappedRules.Completed);
            else
                draft.Release(next, new CallResult { Count = next.Done }, Accepted);
        }
    }

    private static Rule? Check(Draft draft, SocketState socket, ProviderInput.TransferCall input)
    {
        if (input.CountMissing && input.Overlapped is null)
            return draft.Fail(WsaError.Fault, CommonRules.MissingPointer);
        if (input.BufferCount == 0)
            return draft.Fail(WsaError.InvalidArgument, BadBuffers);
        if (input.IsTooLong)
            return socket.IsStream ? draft.Fail(WsaError.NoBufferSpaceAvailable, BeyondCounting) : draft.Fail(WsaError.MessageSize, TooLong);
        if ((input.Flags & MessageFlags.OutOfBand) != 0 || (input.Flags & MessageFlags.Partial) != 0)
            return draft.Fail(WsaError.OperationNotSupported, BadFlags);
        if (input.Overlapped is { } request && socket.IsOverlapped && OverlappedRules.Refusal(draft, socket, request, socket.Senders.Count) is { } refusal)
            return refusal;
        if (socket.SendShutdown)
            return draft.Fail(WsaError.Shutdown, AfterShutdown);
        return null;
    }

    private static Rule SendStream(Draft draft, SocketState socket, ProviderInput.TransferCall input, Payload data, CallKind kind)
    {
        if (socket.Stage == SocketStage.Broken)
            return draft.Fail(socket.BrokenBy, Broken);
        if (socket.Stage != SocketStage.Connected)
            return draft.Fail(WsaError.NotConnected, NotConnected);
        socket = draft.Edit(socket);
        bool overlapped = input.Overlapped is not null && socket.IsOverlapped;
        int accepted = socket.Senders.IsEmpty ? Acceptable(draft, socket, data.Length) : 0;
        if (accepted == data.Length && socket.Senders.IsEmpty)
        {
            AcceptBytes(draft, socket, data);
            Pump(draft, socket);
            return OverlappedRules.FinishAtOnce(draft, socket, input, new CallResult { Count = data.Length }, Accepted);
        }

        if (!overlapped && socket.Nonblocking)
        {
            EventRules.Reenable(socket, NetworkEvents.Write);
            if (accepted == 0)
            {
                socket.WriteWanted = true;
                return draft.Fail(WsaError.WouldBlock, NoRoom);
            }

            AcceptBytes(draft, socket, data.Take(accepted));
            Pump(draft, socket);
            return OverlappedRules.FinishAtOnce(draft, socket, input, new CallResult { Count = accepted }, AcceptedInPart);
        }

        AcceptBytes(draft, socket, data.Take(accepted));
        var call = new PendingCall
        {
            Key = overlapped ? draft.State.Operations.NextKey : draft.State.Calls.NextKey,
            Kind = kind,
            Thread = input.Thread,
            Socket = socket.Handle,
            Overlapped = overlapped ? input.Overlapped : null,
            Flags = input.Flags,
            Rest = data.Skip(accepted),
            Done = accepted,
            Deadline = overlapped ? 0 : draft.DeadlineIn(socket.Options.SendTimeout),
        };
        socket.Senders = socket.Senders.Enqueue(call);
        if (overlapped)
            OverlappedRules.Begin(draft, call);
        else
            draft.Block(call);
        Pump(draft, socket);
        return overlapped ? OverlappedRules.Pending : WaitsForRoom;
    }

    private static Rule SendDatagram(Draft draft, SocketState socket, ProviderInput.TransferCall input, Payload data, SockAddr to)
    {
        if (to.IsBroadcast && !socket.Options.Has(OptionFlags.Broadcast))
            return draft.Fail(WsaError.AccessDenied, BroadcastRefused);
        if (data.Length > draft.State.Settings.MaxDatagram)
            return draft.Fail(WsaError.MessageSize, TooLong);
        draft.Emit(new ProviderEffect.TransmitDatagram { Endpoint = socket.Handle, To = to, Data = data, Socket = socket, Because = DatagramSent });
        return OverlappedRules.FinishAtOnce(draft, socket, input, new CallResult { Count = data.Length }, DatagramSent);
    }

    private static int Acceptable(Draft draft, SocketState socket, int length)
    {
        if (draft.Readings.NonblockingSend == NonblockingSend.AllOrNothing)
            return Room(socket) > 0 ? length : 0;
        return (int)Math.Min(Room(socket), length);
    }

    private static void AcceptBytes(Draft draft, SocketState socket, Payload data)
    {
        if (data.Length == 0)
            return;
        socket.Unsent = socket.Unsent.Append(data);
        draft.State.Ledger = draft.State.Ledger with { Accepted = draft.State.Ledger.Accepted + data.Length };
        draft.State.QueuedBytes += data.Length;
    }
}
