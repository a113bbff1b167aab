using System.Net.Sockets;
using Wsp.Spi;

namespace Wsp.Transport;

/// <summary>
/// Decides whether a second socket may be bound where a first one is: the rules of Windows Server 2003 and later for sockets of one user
/// (BIND tables, second_bind_outcome_server2003_and_later_same_user).
/// </summary>
internal static class AddressSharing
{
    private const WsaError Ok = WsaError.Success;
    private const WsaError InUse = WsaError.AddressAlreadyInUse;
    private const WsaError Access = WsaError.AccessDenied;

    /// <summary>Rows are the first socket, columns the second: default, reuse and exclusive, each for the wildcard and for a specific address.</summary>
    private static readonly WsaError[,] s_outcomes =
    {
        { InUse, Ok, Access, Ok, InUse, Ok },
        { Ok, InUse, Ok, Access, InUse, InUse },
        { InUse, Ok, Ok, Ok, InUse, Ok },
        { Ok, InUse, Ok, Ok, InUse, InUse },
        { InUse, Access, Access, Access, InUse, Access },
        { Ok, InUse, Ok, Access, InUse, InUse },
    };

    /// <summary>The outcome of a bind, as far as one socket that is bound already decides it.</summary>
    /// <param name="first">The address in use.</param>
    /// <param name="second">The address asked for, with its real port.</param>
    /// <returns>Success, WSAEADDRINUSE or WSAEACCES.</returns>
    public static WsaError Decide(BoundAddress first, BoundAddress second) =>
        Overlap(first, second) ? s_outcomes[Index(first), Index(second)] : Ok;

    /// <summary>Whether traffic exists that both addresses would cover.</summary>
    /// <param name="first">An address.</param>
    /// <param name="second">Another one.</param>
    public static bool Overlap(BoundAddress first, BoundAddress second)
    {
        if (first.Type != second.Type || first.Address.Port != second.Address.Port)
            return false;
        SockAddr one = Unmapped(first);
        SockAddr other = Unmapped(second);
        if (one.Family != other.Family)
        {
            // Only the wildcard of a socket that speaks both families reaches into the other one.
            return (one.Family == AddressFamily.InterNetworkV6 ? first : second) is { DualStack: true, Address.IsWildcard: true };
        }

        if (one.IsWildcard || other.IsWildcard)
            return true;
        return one.Host == other.Host && (one.ScopeId == other.ScopeId || one.ScopeId == 0 || other.ScopeId == 0);
    }

    private static int Index(BoundAddress bound) => ((int)bound.Use * 2) + (Unmapped(bound).IsWildcard ? 0 : 1);

    /// <summary>An IPv4 address in IPv6 clothes is the IPv4 address.</summary>
    private static SockAddr Unmapped(BoundAddress bound) =>
        bound.DualStack && bound.Address.Host >> 32 == 0xFFFF
            ? new(AddressFamily.InterNetwork, (uint)(ulong)bound.Address.Host, bound.Address.Port)
            : bound.Address;
}
