using System.Globalization;

namespace Wsp.Spi;

/// <summary>
/// The descriptor of a socket, the native SOCKET. A provider of this library builds the value from a table slot and a serial number that is never
/// used twice, so a handle from before a close or a cleanup never names a later socket (CLOSE-02, CLEANUP-31).
/// </summary>
/// <param name="Value">The native value; all bits set is INVALID_SOCKET, and zero, the default, is no socket either.</param>
public readonly record struct SocketHandle(long Value) : IComparable<SocketHandle>
{
    /// <summary>INVALID_SOCKET: all bits set.</summary>
    public static readonly SocketHandle Invalid = new(-1);

    /// <summary>Orders by value.</summary>
    /// <param name="other">The handle to compare with.</param>
    public int CompareTo(SocketHandle other) => Value.CompareTo(other.Value);

    /// <summary>The value in hexadecimal, or the native name of the invalid handle.</summary>
    public override string ToString() => Value == -1 ? "INVALID_SOCKET" : "0x" + Value.ToString("x", CultureInfo.InvariantCulture);
}
