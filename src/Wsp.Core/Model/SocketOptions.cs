namespace Wsp.Model;

/// <summary>Options that are on or off.</summary>
[Flags]
public enum OptionFlags
{
    /// <summary>All off.</summary>
    None = 0,

    /// <summary>SO_DEBUG.</summary>
    Debug = 1 << 0,

    /// <summary>SO_REUSEADDR.</summary>
    ReuseAddress = 1 << 1,

    /// <summary>SO_KEEPALIVE.</summary>
    KeepAlive = 1 << 2,

    /// <summary>SO_DONTROUTE.</summary>
    DontRoute = 1 << 3,

    /// <summary>SO_BROADCAST.</summary>
    Broadcast = 1 << 4,

    /// <summary>SO_OOBINLINE.</summary>
    OutOfBandInline = 1 << 5,

    /// <summary>SO_EXCLUSIVEADDRUSE.</summary>
    ExclusiveAddressUse = 1 << 6,

    /// <summary>TCP_NODELAY.</summary>
    NoDelay = 1 << 7,

    /// <summary>IPV6_V6ONLY; on for a new IPv6 socket.</summary>
    IPv6Only = 1 << 8,

    /// <summary>SO_CONDITIONAL_ACCEPT.</summary>
    ConditionalAccept = 1 << 9,
}

/// <summary>The options of a socket; an accepted socket starts with those of its listener (ACCEPT-06).</summary>
public sealed record SocketOptions
{
    /// <summary>Flags.</summary>
    public OptionFlags Flags { get; init; }

    /// <summary>l_onoff of SO_LINGER: off by default, which is the same as SO_DONTLINGER being on (CLOSE-16, CLOSE-44).</summary>
    public bool LingerOn { get; init; }

    /// <summary>l_linger of SO_LINGER, in seconds (CLOSE-43).</summary>
    public ushort LingerSeconds { get; init; }

    /// <summary>SO_SNDBUF, in bytes.</summary>
    public int SendBuffer { get; init; }

    /// <summary>SO_RCVBUF, in bytes.</summary>
    public int ReceiveBuffer { get; init; }

    /// <summary>SO_SNDTIMEO, in milliseconds; zero for none.</summary>
    public uint SendTimeout { get; init; }

    /// <summary>SO_RCVTIMEO, in milliseconds; zero for none.</summary>
    public uint ReceiveTimeout { get; init; }

    /// <summary>Whether a flag is on.</summary>
    /// <param name="flag">One flag.</param>
    public bool Has(OptionFlags flag) => (Flags & flag) != 0;

    internal SocketOptions With(OptionFlags flag, bool on) => this with { Flags = on ? Flags | flag : Flags & ~flag };
}
