using Wsp.Model.Notification;
using Wsp.Specification;
using Wsp.Spi;

namespace Wsp.Model.Sockets;

/// <summary>Outgoing connections, and the default peer of a datagram socket.</summary>
internal static class ConnectRules
{
    public static readonly Rule Started = new("the connection attempt starts", "CONNECT-01", "CONNECT-03", "CONNECT-09");
    public static readonly Rule GoesOn = new("the attempt goes on in the background", "CONNECT-08", "CONNECT-09");
    public static readonly Rule Established = new("the connection is established", "CONNECT-02", "CONNECT-04", "CONNECT-07", "CONNECT-12", "CONNECT-46");
    public static readonly Rule Failed = new("the connection attempt has failed", "CONNECT-07", "CONNECT-12", "CONNECT-17", "CONNECT-47");
    public static readonly Rule Already = new("an attempt is under way", "CONNECT-13");
    public static readonly Rule ConnectedAlready = new("the socket is connected", "CONNECT-06", "CONNECT-14");
    public static readonly Rule Listens = new("the socket listens", "CONNECT-18");
    public static readonly Rule BadName = new("the bytes form no address", "WSPConnect#errors/WSAEFAULT");
    public static readonly Rule WrongFamily = new("the address is of another family", "WSPConnect#errors/WSAEAFNOSUPPORT");
    public static readonly Rule NoDestination = new("the address is no destination", "CONNECT-05");
    public static readonly Rule NoConnectData = new("connect data is not supported", "CONNECT-37");
    public static readonly Rule NoQos = new("quality of service is not supported", "CONNECT-40");
    public static readonly Rule PeerSet = new("the default peer is set", "CONNECT-19", "CONNECT-24", "CONNECT-25", "CONNECT-45");
    public static readonly Rule PeerDissolved = new("the association with the peer is dissolved", "CONNECT-21", "CONNECT-22");
    public static readonly Rule BroadcastRefused = new("broadcasting is not enabled", "CONNECT-27");
    public static readonly Rule CallUnderWay = new("a bind or listen of the socket is at the transport", "WSPConnect#errors/WSAEINPROGRESS");
    public static readonly Rule BrokenSocket = new("the socket had a connection that broke", "CONNECT-44");

    public static Rule Connect(Draft draft, ProviderInput.Connect input)
    {
        if (draft.Open(input.Socket) is not { } socket)
            return draft.Fail(WsaError.NotSocket, CommonRules.NotASocket);
        if (socket.Waiter is { Kind: CallKind.Bind or CallKind.Listen } || socket.Stage == SocketStage.Binding)
            return draft.Fail(WsaError.InProgress, CallUnderWay);
        if (!socket.IsStream)
            return SetPeer(draft, socket, input);
        switch (socket.Stage)
        {
            case SocketStage.Listening:
                return draft.Fail(WsaError.InvalidArgument, Listens);
            case SocketStage.Connecting:
                return draft.Fail(WsaError.AlreadyInProgress, Already);
            case SocketStage.Connected:
                return draft.Fail(WsaError.IsConnected, ConnectedAlready);
            case SocketStage.Broken:
                return draft.Fail(WsaError.IsConnected, BrokenSocket);
        }

        if (input.Address is not { } remote)
            return draft.Fail(WsaError.Fault, BadName);
        if (remote.Family != socket.Family)
            return draft.Fail(WsaError.AddressFamilyNotSupported, WrongFamily);
        if (remote.IsWildcard || remote.Port == 0)
            return draft.Fail(WsaError.AddressNotAvailable, NoDestination);
        if (input.HasCallerData)
            return draft.Fail(WsaError.ProtocolNotSupported, NoConnectData);
        if (input.HasQos)
            return draft.Fail(WsaError.OperationNotSupported, NoQos);

        socket = draft.Edit(socket);
        socket.Stage = SocketStage.Connecting;
        socket.Remote = remote;
        Rule rule = GoesOn;
        if (socket.Nonblocking)
        {
            draft.Result = CallResult.Failed(WsaError.WouldBlock);
        }
        else
        {
            var call = new PendingCall { Key = draft.State.Calls.NextKey, Kind = CallKind.Connect, Thread = input.Thread, Socket = socket.Handle };
            socket.Waiter = call;
            draft.Block(call);
            rule = Started;
        }

        draft.Emit(new ProviderEffect.ConnectEndpoint { Endpoint = socket.Handle, Remote = remote, Socket = socket, Because = Started });
        return rule;
    }

    public static Rule OnAnswered(Draft draft, ProviderInput.ConnectAnswered input)
    {
        draft.Result = CallResult.None;
        if (draft.Endpoint(input.Endpoint) is not { Stage: SocketStage.Connecting } socket)
            return CommonRules.NothingToDo;
        socket = draft.Edit(socket);
        PendingCall? waiter = socket.Waiter;
        socket.Waiter = null;
        if (!input.Local.IsNone)
            socket.Local = input.Local;
        bool connected = input.Error == WsaError.Success;
        Rule rule = connected ? Established : Failed;
        if (connected)
        {
            socket.Stage = SocketStage.Connected;
            socket.Initiated = true;
            socket.Remote = input.Remote.IsNone ? socket.Remote : input.Remote;
            socket.ConnectedAt = draft.State.Now;
        }
        else
        {
            socket.Stage = socket.Local.IsNone ? SocketStage.Unbound : SocketStage.Bound;
            socket.Remote = default;
            if (waiter is null)
                socket.PendingError = input.Error;
        }

        if (waiter is not null)
            draft.Release(waiter, CallResult.Failed(input.Error), rule);
        socket.ConnectUntold = connected;
        EventRules.Reenable(socket, NetworkEvents.Connect | NetworkEvents.Write);
        EventRules.Happened(draft, socket, NetworkEvents.Connect, input.Error);
        if (connected)
            EventRules.Happened(draft, socket, NetworkEvents.Write);
        return rule;
    }

    private static Rule SetPeer(Draft draft, SocketState socket, ProviderInput.Connect input)
    {
        if (input.Address is not { } peer)
            return draft.Fail(WsaError.Fault, BadName);
        bool dissolve = peer.IsNone || peer.IsWildcard;
        if (!dissolve && peer.Family != socket.Family)
            return draft.Fail(WsaError.AddressFamilyNotSupported, WrongFamily);
        if (peer.IsBroadcast && !socket.Options.Has(OptionFlags.Broadcast))
            return draft.Fail(WsaError.AccessDenied, BroadcastRefused);
        if (input.HasQos)
            return draft.Fail(WsaError.OperationNotSupported, NoQos);
        socket = draft.Edit(socket);
        if (dissolve)
        {
            socket.Stage = socket.Local.IsNone ? SocketStage.Unbound : SocketStage.Bound;
            socket.Remote = default;
            return draft.Succeed(PeerDissolved);
        }

        if (socket.Remote != peer)
        {
            socket.Datagrams = default;
            socket.DatagramBytes = 0;
        }

        socket.Remote = peer;
        socket.Stage = SocketStage.Connected;
        socket.Initiated = true;
        draft.Emit(new ProviderEffect.ConnectEndpoint { Endpoint = socket.Handle, Remote = peer, Socket = socket, Because = PeerSet });
        socket.ConnectUntold = true;
        EventRules.Reenable(socket, NetworkEvents.Connect | NetworkEvents.Write);
        EventRules.Happened(draft, socket, NetworkEvents.Connect);
        EventRules.Happened(draft, socket, NetworkEvents.Write);
        return draft.Succeed(PeerSet);
    }
}
