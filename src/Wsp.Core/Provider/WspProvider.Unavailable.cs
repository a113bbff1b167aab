using System.Net.Sockets;
using Wsp.Model;
using Wsp.Spi;

namespace Wsp.Provider;

/// <content>The slots of the procedure table that do not work yet. They check what every call checks and answer as <see cref="Procedures"/> lists.</content>
public sealed partial class WspProvider
{
    /// <inheritdoc/>
    public WsaError AddressToString(ReadOnlySpan<byte> address, WsaProtocolInfo? protocolInfo, Span<char> text, ref int length) => Unavailable(nameof(AddressToString), null);

    /// <inheritdoc/>
    public WsaError StringToAddress(ReadOnlySpan<char> text, AddressFamily family, WsaProtocolInfo? protocolInfo, SockAddrBuffer? address) => Unavailable(nameof(StringToAddress), null);

    /// <inheritdoc/>
    public WsaError DuplicateSocket(SocketHandle s, int processId, ref WsaProtocolInfo? info) => Unavailable(nameof(DuplicateSocket), s);

    /// <inheritdoc/>
    public WsaError GetQOSByName(SocketHandle s, WsaBuffer name, WsaQos? qos) => Unavailable(nameof(GetQOSByName), s);

    /// <inheritdoc/>
    public WsaError JoinLeaf(SocketHandle s, ReadOnlySpan<byte> name, WsaBuffer? callerData, WsaBuffer? calleeData, WsaQos? sendingQos, WsaQos? groupQos, int flags, out SocketHandle leaf)
    {
        leaf = SocketHandle.Invalid;
        return Unavailable(nameof(JoinLeaf), s);
    }

    /// <inheritdoc/>
    public WsaError Select(FdSet? read, FdSet? write, FdSet? except, TimeSpan? timeout, out int count)
    {
        count = 0;
        return Unavailable(nameof(Select), null);
    }

    private WsaError Unavailable(string function, SocketHandle? s)
    {
        ProviderState state = State;
        if (state.Phase != ProviderPhase.Running)
            return WsaError.NotInitialized;
        if (state.IsNetworkDown)
            return WsaError.NetworkDown;
        if (s is { } handle && state.FindOpen(_handles.Inner(handle)) is null)
            return WsaError.NotSocket;
        return Procedures.AnswerOf("WSP" + function);
    }
}
