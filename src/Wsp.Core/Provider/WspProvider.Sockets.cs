using System.Net.Sockets;
using Wsp.Model;
using Wsp.Spi;

namespace Wsp.Provider;

/// <content>Sockets: creation, names, connections, shutdown, close.</content>
public sealed partial class WspProvider
{
    /// <inheritdoc/>
    public WsaError Socket(AddressFamily af, SocketType type, ProtocolType protocol, WsaProtocolInfo? protocolInfo, int group, WsaSocketFlags flags, out SocketHandle s)
    {
        s = SocketHandle.Invalid;
        CallResult result = Step(new ProviderInput.Socket
        {
            Thread = WspThread.Current.Id,
            Family = af,
            Type = type,
            Protocol = protocol,
            ProtocolInfo = protocolInfo,
            Group = group,
            Flags = flags,
        }).Result;
        return result.Error == WsaError.Success ? Show(result.Socket, out s) : result.Error;
    }

    /// <inheritdoc/>
    public WsaError CloseSocket(SocketHandle s) => Simple(new ProviderInput.CloseSocket { Socket = _handles.Inner(s), Thread = WspThread.Current.Id });

    /// <inheritdoc/>
    public WsaError Bind(SocketHandle s, ReadOnlySpan<byte> name)
    {
        SockAddr.TryRead(name, out SockAddr address);
        return Simple(new ProviderInput.Bind { Socket = _handles.Inner(s), Thread = WspThread.Current.Id, Address = address });
    }

    /// <inheritdoc/>
    public WsaError Listen(SocketHandle s, int backlog) =>
        Simple(new ProviderInput.Listen { Socket = _handles.Inner(s), Thread = WspThread.Current.Id, Backlog = backlog });

    /// <inheritdoc/>
    public WsaError Connect(SocketHandle s, ReadOnlySpan<byte> name, WsaBuffer? callerData = null, WsaBuffer? calleeData = null, WsaQos? sendingQos = null, WsaQos? groupQos = null) =>
        Simple(new ProviderInput.Connect
        {
            Socket = _handles.Inner(s),
            Thread = WspThread.Current.Id,
            Address = SockAddr.TryRead(name, out SockAddr address) ? address : null,
            HasCallerData = callerData is not null,
            HasQos = sendingQos is not null,
        });

    /// <inheritdoc/>
    public WsaError Accept(SocketHandle s, SockAddrBuffer? name, WspConditionFunction? condition, object? callbackData, out SocketHandle accepted)
    {
        accepted = SocketHandle.Invalid;
        CallResult result = Begin(
            new ProviderInput.Accept
            {
                Socket = _handles.Inner(s),
                Thread = WspThread.Current.Id,
                NameLength = name is { Name: not null } ? name.NameLength : null,
                Conditional = condition is not null,
            },
            out long blocked);
        try
        {
            if (result.Outcome == CallOutcome.Deciding)
            {
                // The question names the caller; both pointers are filled whatever the answer (ACCEPT-28).
                name?.TrySet(result.Address);
                ConditionAnswer answer = condition!(new ConnectionRequest(result.Address, result.Names!.Second, callbackData));
                result = Step(new ProviderInput.Decide { PendingCall = result.Call, Thread = WspThread.Current.Id, Answer = answer }).Result;
            }

            if (result.Error != WsaError.Success)
                return result.Error;
            name?.TrySet(result.Address);
            return Show(result.Socket, out accepted);
        }
        finally
        {
            End(blocked);
        }
    }

    /// <inheritdoc/>
    public WsaError Shutdown(SocketHandle s, SocketShutdown how) =>
        Simple(new ProviderInput.Shutdown { Socket = _handles.Inner(s), Thread = WspThread.Current.Id, How = how });

    /// <inheritdoc/>
    public WsaError SendDisconnect(SocketHandle s, WsaBuffer? disconnectData) =>
        Simple(new ProviderInput.SendDisconnect { Socket = _handles.Inner(s), Thread = WspThread.Current.Id, HasData = disconnectData is not null });

    /// <inheritdoc/>
    public WsaError RecvDisconnect(SocketHandle s, WsaBuffer? disconnectData) =>
        Simple(new ProviderInput.RecvDisconnect { Socket = _handles.Inner(s), Thread = WspThread.Current.Id, HasData = disconnectData is not null });

    /// <inheritdoc/>
    public WsaError GetSockName(SocketHandle s, SockAddrBuffer? name) =>
        Named(new ProviderInput.GetSockName { Socket = _handles.Inner(s), Thread = WspThread.Current.Id, NameLength = name is { Name: not null } ? name.NameLength : null }, name);

    /// <inheritdoc/>
    public WsaError GetPeerName(SocketHandle s, SockAddrBuffer? name) =>
        Named(new ProviderInput.GetPeerName { Socket = _handles.Inner(s), Thread = WspThread.Current.Id, NameLength = name is { Name: not null } ? name.NameLength : null }, name);

    /// <inheritdoc/>
    public WsaError CancelBlockingCall() => Step(new ProviderInput.CancelBlockingCall { Thread = WspThread.Current.Id }).Result.Error;

    private WsaError Simple(ProviderInput.Call input)
    {
        WsaError error = Begin(input, out long blocked).Error;
        End(blocked);
        return error;
    }

    private WsaError Named(ProviderInput.Call input, SockAddrBuffer? name)
    {
        CallResult result = Step(input).Result;
        if (result.Error == WsaError.Success)
            name!.TrySet(result.Address);
        return result.Error;
    }

    /// <summary>Obtains the handle that the client is to see; without one the socket cannot stay.</summary>
    private WsaError Show(SocketHandle inner, out SocketHandle outer)
    {
        WsaError error = _handles.Open(_upcalls, inner, out outer);
        if (error == WsaError.Success)
            return error;
        outer = SocketHandle.Invalid;
        Simple(new ProviderInput.CloseSocket { Socket = inner, Thread = WspThread.Current.Id });
        return error;
    }
}
