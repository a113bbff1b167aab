using Wsp.Spi;

namespace Wsp.Transport;

/// <summary>An address an endpoint has bound, with the options that decide over sharing it.</summary>
/// <param name="Address">The address; its port is the one both endpoints want.</param>
/// <param name="ReuseAddress">SO_REUSEADDR.</param>
/// <param name="Exclusive">SO_EXCLUSIVEADDRUSE.</param>
/// <param name="DualStack">Whether an IPv6 wildcard takes the port for IPv4 as well (BIND-28).</param>
internal readonly record struct BoundAddress(SockAddr Address, bool ReuseAddress, bool Exclusive, bool DualStack);

/// <summary>
/// Whether a second endpoint may bind a port that a first one has: the table for one user on Windows Server 2003 and later (BIND-19, BIND-22, BIND-25, BIND-26).
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
    public static WsaError Decide(BoundAddress first, BoundAddress second) =>
        Overlap(first, second) ? s_table[Index(first), Index(second)] : Ok;

    private static bool Overlap(BoundAddress a, BoundAddress b)
    {
        bool sameFamily = a.Address.Family == b.Address.Family;
        bool bothSpecific = !a.Address.IsWildcard && !b.Address.IsWildcard;
        if (sameFamily)
            return !bothSpecific || a.Address.Host == b.Address.Host;

        // Across families only a dual-stack wildcard meets anybody. Two plain ones keep to their own family all the same.
        bool meets = (a.DualStack && a.Address.IsWildcard) || (b.DualStack && b.Address.IsWildcard);
        return meets && (a.Exclusive || b.Exclusive);
    }

    private static int Index(BoundAddress bound) => (bound.Exclusive ? 4 : bound.ReuseAddress ? 2 : 0) + (bound.Address.IsWildcard ? 0 : 1);
}
