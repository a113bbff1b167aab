using Wsp.Model.Notification;
using Wsp.Specification;
using Wsp.Spi;

namespace Wsp.Model.Sockets;

/// <summary>Local and remote names: binding, listening, asking.</summary>
internal static class NameRules
{
    public static readonly Rule AtTransport = new("the transport is asked for the address", "BIND-02", "BIND-12", "BIND-13");
    public static readonly Rule Bound = new("the socket has its local name", "BIND-02", "CONNECT-02");
    public static readonly Rule BindRefused = new("the transport refuses the address", "BIND-18", "BIND-19");
    public static readonly Rule BoundAlready = new("the socket has a local name already", "BIND-06");
    public static readonly Rule BadName = new("the bytes form no address of the socket's family", "BIND-08");
    public static readonly Rule BroadcastName = new("a broadcast address without SO_BROADCAST", "BIND-29");
    public static readonly Rule ListenAtTransport = new("the transport is asked to listen", "LISTEN-01");
    public static readonly Rule Listening = new("the socket listens", "LISTEN-01", "LISTEN-06", "LISTEN-16");
    public static readonly Rule ListenRefused = new("the transport refuses to listen", "WSPListen#errors/WSAEADDRINUSE");
    public static readonly Rule ListenAgain = new("the backlog is replaced; requests in excess are reset", "LISTEN-12", "LISTEN-13", "LISTEN-14");
    public static readonly Rule NotBound = new("the socket has no local name", "LISTEN-04", "WSPGetSockName#errors/WSAEINVAL");
    public static readonly Rule NoStream = new("the socket is not connection-oriented", "LISTEN-02", "ACCEPT-29");
    public static readonly Rule Connected = new("the socket is connected", "LISTEN-05");
    public static readonly Rule Name = new("the name is reported", "WSPGetSockName", "BIND-16");
    public static readonly Rule NotConnected = new("there is no peer", "WSPGetPeerName#errors/WSAENOTCONN");
    public static readonly Rule ShortName = new("the room for the name is too small", "WSPGetSockName#errors/WSAEFAULT");

    public static Rule Bind(Draft draft, ProviderInput.Bind input)
    {
        if (draft.Open(input.Socket) is not { } socket)
            return draft.Fail(WsaError.NotSocket, CommonRules.NotASocket);
        if (input.Address.Family != socket.Family)
            return draft.Fail(WsaError.Fault, BadName);
        if (socket.Stage != SocketStage.Unbound || !socket.Local.IsNone)
            return draft.Fail(WsaError.InvalidArgument, BoundAlready);
        if (input.Address.IsBroadcast && !socket.Options.Has(OptionFlags.Broadcast))
            return draft.Fail(WsaError.AccessDenied, BroadcastName);
        socket = draft.Edit(socket);
        socket.Stage = SocketStage.Binding;
        var call = new PendingCall { Key = draft.State.Calls.NextKey, Kind = CallKind.Bind, Thread = input.Thread, Socket = socket.Handle };
        socket.Waiter = call;
        draft.Block(call);
        draft.Emit(new ProviderEffect.BindEndpoint { Endpoint = socket.Handle, Address = input.Address, Socket = socket, Because = AtTransport });
        return AtTransport;
    }

    public static Rule OnBindAnswered(Draft draft, ProviderInput.BindAnswered input)
    {
        draft.Result = CallResult.None;
        if (draft.Endpoint(input.Endpoint) is not { Stage: SocketStage.Binding } socket)
            return CommonRules.NothingToDo;
        socket = draft.Edit(socket);
        PendingCall? waiter = socket.Waiter;
        socket.Waiter = null;
        bool bound = input.Error == WsaError.Success;
        socket.Stage = bound ? SocketStage.Bound : SocketStage.Unbound;
        Rule rule = bound ? Bound : BindRefused;
        if (bound)
            socket.Local = input.Local;
        if (waiter is not null)
            draft.Release(waiter, CallResult.Failed(input.Error), rule);
        if (bound && !socket.IsStream)
            EventRules.Happened(draft, socket, NetworkEvents.Write, news: false);
        return rule;
    }

    public static Rule OnAddressAssigned(Draft draft, ProviderInput.AddressAssigned input)
    {
        draft.Result = CallResult.None;
        if (draft.Endpoint(input.Endpoint) is not { Local.IsNone: true } socket)
            return CommonRules.NothingToDo;
        socket = draft.Edit(socket);
        socket.Local = input.Local;
        if (socket.Stage == SocketStage.Unbound)
            socket.Stage = SocketStage.Bound;
        if (!socket.IsStream)
            EventRules.Happened(draft, socket, NetworkEvents.Write, news: false);
        return Bound;
    }

    public static Rule Listen(Draft draft, ProviderInput.Listen input)
    {
        if (draft.Open(input.Socket) is not { } socket)
            return draft.Fail(WsaError.NotSocket, CommonRules.NotASocket);
        if (!socket.IsStream)
            return draft.Fail(WsaError.OperationNotSupported, NoStream);
        int backlog = Math.Clamp(input.Backlog, 1, draft.State.Settings.MaxBacklog);
        switch (socket.Stage)
        {
            case SocketStage.Unbound or SocketStage.Binding:
                return draft.Fail(WsaError.InvalidArgument, NotBound);
            case SocketStage.Connected or SocketStage.Connecting or SocketStage.Broken:
                return draft.Fail(WsaError.IsConnected, Connected);
            case SocketStage.Listening:
                socket = draft.Edit(socket);
                socket.Backlog = backlog;
                AcceptRules.Trim(draft, socket, ListenAgain);
                return draft.Succeed(ListenAgain);
            default:
                socket = draft.Edit(socket);
                if (socket.Waiter is not null)
                    return draft.Fail(WsaError.InProgress, ListenAtTransport);
                socket.Backlog = backlog;
                var call = new PendingCall { Key = draft.State.Calls.NextKey, Kind = CallKind.Listen, Thread = input.Thread, Socket = socket.Handle };
                socket.Waiter = call;
                draft.Block(call);
                draft.Emit(new ProviderEffect.ListenEndpoint { Endpoint = socket.Handle, Backlog = backlog, Because = ListenAtTransport });
                return ListenAtTransport;
        }
    }

    public static Rule OnListenAnswered(Draft draft, ProviderInput.ListenAnswered input)
    {
        draft.Result = CallResult.None;
        if (draft.Endpoint(input.Endpoint) is not { Waiter: { Kind: CallKind.Listen } waiter } socket)
            return CommonRules.NothingToDo;
        socket = draft.Edit(socket);
        socket.Waiter = null;
        bool listening = input.Error == WsaError.Success;
        if (listening)
            socket.Stage = SocketStage.Listening;
        draft.Release(waiter, CallResult.Failed(input.Error), listening ? Listening : ListenRefused);
        return listening ? Listening : ListenRefused;
    }

    public static Rule GetSockName(Draft draft, ProviderInput.GetSockName input)
    {
        if (draft.Open(input.Socket) is not { } socket)
            return draft.Fail(WsaError.NotSocket, CommonRules.NotASocket);
        return socket.Local.IsNone ? draft.Fail(WsaError.InvalidArgument, NotBound) : Report(draft, socket.Local, input.NameLength);
    }

    public static Rule GetPeerName(Draft draft, ProviderInput.GetPeerName input)
    {
        if (draft.Open(input.Socket) is not { } socket)
            return draft.Fail(WsaError.NotSocket, CommonRules.NotASocket);
        return socket.Stage != SocketStage.Connected ? draft.Fail(WsaError.NotConnected, NotConnected) : Report(draft, socket.Remote, input.NameLength);
    }

    private static Rule Report(Draft draft, SockAddr name, int? room)
    {
        if (room is not { } length || length < name.Size)
            return draft.Fail(WsaError.Fault, ShortName);
        draft.Result = new CallResult { Names = new ReportedNames(name) };
        return Name;
    }
}
