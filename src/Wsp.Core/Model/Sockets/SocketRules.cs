using System.Net.Sockets;
using Wsp.Specification;
using Wsp.Spi;

namespace Wsp.Model.Sockets;

/// <summary>The creation of sockets: which combinations of family, type and protocol there are.</summary>
internal static class SocketRules
{
    public static readonly Rule Created = new("a socket is created: blocking, without a name", "SOCKET-01", "SOCKET-15", "SOCKET-36", "SOCKET-37");
    public static readonly Rule NoDescriptor = new("no descriptor is left", "WSPSocket#errors/WSAEMFILE");
    public static readonly Rule BadGroup = new("the group is not acceptable", "WSPSocket#errors/WSAEINVAL");
    public static readonly Rule BadFlags = new("multipoint is not supported by the protocol", "SOCKET-17", "SOCKET-18", "SOCKET-19", "SOCKET-20");
    public static readonly Rule UnknownFamily = new("the family is not supported", "WSPSocket#errors/WSAEAFNOSUPPORT");
    public static readonly Rule UnknownType = new("the type is not supported by the family", "WSPSocket#errors/WSAESOCKTNOSUPPORT");
    public static readonly Rule UnknownProtocol = new("the protocol is not supported", "WSPSocket#errors/WSAEPROTONOSUPPORT");
    public static readonly Rule WrongProtocol = new("the protocol does not fit the type", "WSPSocket#errors/WSAEPROTOTYPE");
    public static readonly Rule NothingChosen = new("neither family nor protocol is given", "WSPSocket#errors/WSAEINVAL", "SOCKET-14");

    private const int FromProtocolInfo = -1;
    private const WsaSocketFlags Multipoint = WsaSocketFlags.MultipointCRoot | WsaSocketFlags.MultipointCLeaf | WsaSocketFlags.MultipointDRoot | WsaSocketFlags.MultipointDLeaf;

    public static Rule Create(Draft draft, ProviderInput.Socket input)
    {
        if (input.Group != 0)
            return draft.Fail(WsaError.InvalidArgument, BadGroup);
        if ((input.Flags & Multipoint) != 0)
            return draft.Fail(WsaError.InvalidArgument, BadFlags);
        int family = Choose((int)input.Family, input.ProtocolInfo?.AddressFamily);
        int type = Choose((int)input.Type, input.ProtocolInfo?.SocketType);
        int protocol = Choose((int)input.Protocol, input.ProtocolInfo?.Protocol);
        bool described = input.ProtocolInfo is not null;
        if (Refuse(draft, described, ref family, ref type, ref protocol) is { } refusal)
            return refusal;
        if (draft.State.OpenSockets >= draft.State.Settings.MaxSockets || draft.State.Sockets.Count >= Tables.SlotTable<SocketState>.Capacity)
            return draft.Fail(WsaError.TooManyOpenSockets, NoDescriptor);

        SocketState socket = SocketState.Create(draft.Token, draft.State.Sockets.NextKey, (AddressFamily)family, (SocketType)type, (ProtocolType)protocol, input.Thread);
        socket.Phase = SocketPhase.Open;
        socket.Flags = input.Flags;
        socket.Options = InitialOptions(draft.State.Settings, (AddressFamily)family);
        draft.Add(socket);
        draft.Result = new CallResult { Socket = socket.Handle };
        return Created;
    }

    private static SocketOptions InitialOptions(ModelSettings settings, AddressFamily family)
    {
        if (settings.SendBuffer == s_usual.SendBuffer && settings.ReceiveBuffer == s_usual.ReceiveBuffer)
            return family == AddressFamily.InterNetworkV6 ? s_usualV6 : s_usual;
        return new()
        {
            SendBuffer = settings.SendBuffer,
            ReceiveBuffer = settings.ReceiveBuffer,
            Flags = family == AddressFamily.InterNetworkV6 ? OptionFlags.IPv6Only : OptionFlags.None,
        };
    }

    private static readonly SocketOptions s_usual = new() { SendBuffer = ModelSettings.Default.SendBuffer, ReceiveBuffer = ModelSettings.Default.ReceiveBuffer };
    private static readonly SocketOptions s_usualV6 = s_usual with { Flags = OptionFlags.IPv6Only };

    /// <summary>A description, when there is one, fills what is left open (SOCKET-12, SOCKET-13).</summary>
    private static int Choose(int argument, int? described) => argument is FromProtocolInfo or 0 && described is { } value ? value : argument;

    private static Rule? Refuse(Draft draft, bool described, ref int family, ref int type, ref int protocol) => draft.Readings.SocketSelection == SocketSelection.Windows
        ? RefuseAsWindows(draft, described, ref family, ref type, ref protocol)
        : RefuseAsDocumented(draft, ref family, ref type, ref protocol);

    private static Rule? RefuseAsDocumented(Draft draft, ref int family, ref int type, ref int protocol)
    {
        if (family is not (0 or (int)AddressFamily.InterNetwork or (int)AddressFamily.InterNetworkV6))
            return draft.Fail(WsaError.AddressFamilyNotSupported, UnknownFamily);
        if (type is not (0 or (int)SocketType.Stream or (int)SocketType.Dgram))
            return draft.Fail(WsaError.SocketNotSupported, UnknownType);
        if (protocol is not (0 or (int)ProtocolType.Tcp or (int)ProtocolType.Udp))
            return draft.Fail(WsaError.ProtocolNotSupported, UnknownProtocol);
        FillIn(ref family, ref type, ref protocol);
        return protocol == ProtocolOf(type) ? null : draft.Fail(WsaError.ProtocolType, WrongProtocol);
    }

    private static Rule? RefuseAsWindows(Draft draft, bool described, ref int family, ref int type, ref int protocol)
    {
        if (family == 0 && protocol == 0)
            return draft.Fail(WsaError.InvalidArgument, NothingChosen);

        // A description goes straight to the provider of its family; without one the catalog is searched by type first.
        bool knownFamily = family is 0 or (int)AddressFamily.InterNetwork or (int)AddressFamily.InterNetworkV6;
        if (described && !knownFamily)
            return draft.Fail(WsaError.AddressFamilyNotSupported, UnknownFamily);
        if (type is not (0 or (int)SocketType.Stream or (int)SocketType.Dgram))
            return draft.Fail(WsaError.SocketNotSupported, UnknownType);
        if (!knownFamily)
            return draft.Fail(WsaError.AddressFamilyNotSupported, UnknownFamily);
        bool known = protocol is 0 or (int)ProtocolType.Tcp or (int)ProtocolType.Udp;
        bool fits = type == 0 || protocol == 0 || protocol == ProtocolOf(type);
        if (!known || !fits)
            return draft.Fail(WsaError.ProtocolNotSupported, UnknownProtocol);
        FillIn(ref family, ref type, ref protocol);
        return null;
    }

    private static void FillIn(ref int family, ref int type, ref int protocol)
    {
        if (family == 0)
            family = (int)AddressFamily.InterNetwork;
        if (type == 0)
            type = protocol == (int)ProtocolType.Udp ? (int)SocketType.Dgram : (int)SocketType.Stream;
        if (protocol == 0)
            protocol = ProtocolOf(type);
    }

    private static int ProtocolOf(int type) => type == (int)SocketType.Stream ? (int)ProtocolType.Tcp : (int)ProtocolType.Udp;
}
