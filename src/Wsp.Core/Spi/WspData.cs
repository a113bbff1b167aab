namespace Wsp.Spi;

/// <summary>What WSPStartup tells its caller, the native WSPDATA, with the legacy members of the DLL's WSADATA. Untouched when the call fails (STARTUP-14).</summary>
public sealed class WspData
{
    /// <summary>The version agreed: the smaller of the provider's highest and the requested one (STARTUP-12).</summary>
    public WspVersion Version { get; set; }

    /// <summary>The provider's highest version (STARTUP-11).</summary>
    public WspVersion HighVersion { get; set; }

    /// <summary>A description for people.</summary>
    public string Description { get; set; } = "";

    /// <summary>A status text for people; a member of WSADATA, not of WSPDATA.</summary>
    public string SystemStatus { get; set; } = "";

    /// <summary>Legacy: the socket limit told to callers of version 1, zero for others.</summary>
    public int MaxSockets { get; set; }

    /// <summary>Legacy: the datagram limit told to callers of version 1, in bytes, zero for others.</summary>
    public int MaxUdpDatagram { get; set; }
}

/// <summary>The protocol a socket or a provider is asked for, the native WSAPROTOCOL_INFOW, as far as a base provider looks at it (STARTUP-37).</summary>
public sealed record WsaProtocolInfo
{
    /// <summary>The catalog entry that describes the protocol.</summary>
    public int CatalogEntryId { get; init; } = 1001;

    /// <summary>The address family, iAddressFamily.</summary>
    public int AddressFamily { get; init; }

    /// <summary>The socket type, iSocketType.</summary>
    public int SocketType { get; init; }

    /// <summary>The protocol, iProtocol.</summary>
    public int Protocol { get; init; }

    /// <summary>The service flags, XP1_*.</summary>
    public uint ServiceFlags { get; init; }

    /// <summary>The provider's own value; carries the shared socket in a description made by WSPDuplicateSocket.</summary>
    public long ProviderReserved { get; init; }

    /// <summary>The name of the protocol.</summary>
    public string Name { get; init; } = "";
}

/// <summary>The network event record of a socket, the native WSANETWORKEVENTS.</summary>
public sealed class WsaNetworkEvents
{
    /// <summary>The events recorded.</summary>
    public NetworkEvents Events { get; set; }

    /// <summary>The error code of each event, by bit index (0 for FD_READ to 9 for FD_ADDRESS_LIST_CHANGE).</summary>
    public WsaError[] ErrorCodes { get; } = new WsaError[10];

    /// <summary>The error code that goes with an event.</summary>
    /// <param name="networkEvent">Exactly one event.</param>
    public WsaError ErrorOf(NetworkEvents networkEvent) => ErrorCodes[System.Numerics.BitOperations.TrailingZeroCount((uint)networkEvent)];
}

/// <summary>A set of descriptors for WSPSelect, the native fd_set. Order is kept; a socket counts once.</summary>
public sealed class FdSet : List<SocketHandle>
{
    /// <summary>Makes an empty set.</summary>
    public FdSet()
    {
    }

    /// <summary>Makes a set of sockets.</summary>
    /// <param name="sockets">Its members.</param>
    public FdSet(IEnumerable<SocketHandle> sockets)
        : base(sockets)
    {
    }
}
