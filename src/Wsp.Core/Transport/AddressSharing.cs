using System.Net.Sockets;
using Wsp.Model;
using Wsp.Spi;

namespace Wsp.Transport;

/// <summary>An address an endpoint has bound, with the options that decide over sharing it.</summary>
/// <param name="Address">The address; its port is the one both endpoints want.</param>
/// <param name="ReuseAddress">SO_REUSEADDR.</param>
/// <param name="Exclusive">SO_EXCLUSIVEADDRUSE.</param>
/// <param name="DualStack">Whether an IPv6 endpoint also speaks IPv4, so that its wildcard takes the port for IPv4 as well (BIND-28).</param>
internal readonly record struct BoundAddress(SockAddr Address, bool ReuseAddress, bool Exclusive, bool DualStack)
{
    /// <summary>What an endpoint takes when it is bound to an address.</summary>
    /// <param name="kind">The endpoint.</param>
    /// <param name="address">The address.</param>
    public static BoundAddress Of(EndpointKind kind, SockAddr address) => new(
        address,
        kind.Options.Has(OptionFlags.ReuseAddress),
        kind.Options.Has(OptionFlags.ExclusiveAddressUse),
        kind.Family == AddressFamily.InterNetworkV6 && !kind.Options.Has(OptionFlags.IPv6Only));
}

/// <summary>
/// Whether a second endpoint may bind a port that a first one has: the table for one user on Windows Server 2003 and later (BIND-19, BIND-22,
/// BIND-25, BIND-26).
/// </summary>
internal static class AddressSharing
{
    private const WsaError Ok = WsaError.Success;
    private const WsaError InUse = WsaError.AddressAlreadyInUse;
    private const WsaError Access = WsaError.AccessDenied;

    // Rows: what the first has. Columns: what the second wants. Both in the order default, reuse, exclusive, each wildcard before specific.
    private static readonly WsaError[,] s_table =
    {
        { InUse, Ok, Access, Ok, InUse, Ok },
        { Ok, InUse, Ok, Access, InUse, InUse },
        { InUse, Ok, Ok, Ok, InUse, Ok },
        { Ok, InUse, Ok, Ok, InUse, InUse },
        { InUse, Access, Access, Access, InUse, Access },
        { Ok, InUse, Ok, Access, InUse, InUse },
    };

    /// <summary>Decides over the second of two endpoints that want the same port of the same protocol.</summary>
    /// <param name="first">The address in use.</param>
    /// <param name="second">The address asked for.</param>
    /// <returns>Success, WSAEADDRINUSE or WSAEACCES.</returns>
    public static WsaError Decide(BoundAddress first, BoundAddress second)
    {
        if (!Overlap(first, second))
            return Ok;

        // On Windows a plain dual-stack wildcard and a plain IPv4 socket get along: each takes the traffic of its own family. Only exclusiveness
        // reaches across (BIND-28, and measured).
        bool acrossFamilies = Unmapped(first).Family != Unmapped(second).Family;
        return acrossFamilies && !first.Exclusive && !second.Exclusive ? Ok : s_table[Index(first), Index(second)];
    }

    /// <summary>Whether traffic to that port exists which both addresses would cover.</summary>
    /// <param name="a">An address.</param>
    /// <param name="b">Another one.</param>
    public static bool Overlap(BoundAddress a, BoundAddress b)
    {
        SockAddr one = Unmapped(a);
        SockAddr other = Unmapped(b);

        // Across families only a dual-stack wildcard meets anybody, and then the rules hold there too (BIND-28).
        if (one.Family != other.Family)
            return (one.Family == AddressFamily.InterNetworkV6 ? a : b) is { DualStack: true, Address.IsWildcard: true };
        if (one.IsWildcard || other.IsWildcard)
            return true;
        return one.Host == other.Host && (one.ScopeId == other.ScopeId || one.ScopeId == 0 || other.ScopeId == 0);
    }

    private static int Index(BoundAddress bound) => (bound.Exclusive ? 4 : bound.ReuseAddress ? 2 : 0) + (Unmapped(bound).IsWildcard ? 0 : 1);

    /// <summary>An IPv4 address in IPv6 clothes is the IPv4 address.</summary>
    private static SockAddr Unmapped(BoundAddress bound) =>
        bound.DualStack && bound.Address.Host >> 32 == 0xFFFF
            ? new(AddressFamily.InterNetwork, (uint)(ulong)bound.Address.Host, bound.Address.Port)
            : bound.Address;
}
