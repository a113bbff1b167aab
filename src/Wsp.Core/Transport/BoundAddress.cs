using System.Net.Sockets;
using Wsp.Model;
using Wsp.Spi;

namespace Wsp.Transport;

/// <summary>How a socket wants to share its local address.</summary>
internal enum AddressUse
{
    /// <summary>Neither option is on.</summary>
    Default,

    /// <summary>SO_REUSEADDR is on.</summary>
    Reuse,

    /// <summary>SO_EXCLUSIVEADDRUSE is on.</summary>
    Exclusive,
}

/// <summary>A local address in use, and all that decides whether another socket may use it too.</summary>
/// <param name="Type">Stream or datagram; the two have ports of their own.</param>
/// <param name="Address">The address, the port being the one really taken.</param>
/// <param name="Use">The wish of the socket.</param>
/// <param name="DualStack">Whether an IPv6 socket also speaks IPv4, which means IPV6_V6ONLY is off.</param>
internal readonly record struct BoundAddress(SocketType Type, SockAddr Address, AddressUse Use, bool DualStack)
{
    /// <summary>What an endpoint takes when it is bound to an address.</summary>
    /// <param name="kind">The endpoint.</param>
    /// <param name="address">The address.</param>
    public static BoundAddress Of(EndpointKind kind, SockAddr address) => new(
        kind.Type,
        address,
        kind.Options.Has(OptionFlags.ExclusiveAddressUse) ? AddressUse.Exclusive : kind.Options.Has(OptionFlags.ReuseAddress) ? AddressUse.Reuse : AddressUse.Default,
        address.Family == AddressFamily.InterNetworkV6 && !kind.Options.Has(OptionFlags.IPv6Only));
}
