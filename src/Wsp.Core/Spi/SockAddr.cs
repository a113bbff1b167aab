using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Wsp.Spi;

/// <summary>
/// An Internet address as a value: family, host, port and, for IPv6, scope. The native form is a block of bytes (BIND-07, BIND-10);
/// <see cref="TryRead"/> and <see cref="Write"/> translate.
/// </summary>
public readonly record struct SockAddr
{
    // Kept in pieces: a 128-bit number would make every copy of an address a third larger.
    private readonly ulong _hostHigh;
    private readonly ulong _hostLow;
    private readonly ushort _family;

    /// <summary>Makes an address.</summary>
    /// <param name="family"><see cref="AddressFamily.InterNetwork"/> or <see cref="AddressFamily.InterNetworkV6"/>; the default value is no address.</param>
    /// <param name="host">The host part as a number; IPv4 uses the low 32 bits.</param>
    /// <param name="port">The port in host byte order, 0 to 65535.</param>
    /// <param name="scopeId">The IPv6 scope, zero otherwise.</param>
    public SockAddr(AddressFamily family, UInt128 host, ushort port, uint scopeId = 0)
    {
        _family = (ushort)family;
        _hostHigh = (ulong)(host >> 64);
        _hostLow = (ulong)host;
        Port = port;
        ScopeId = scopeId;
    }

    /// <summary>The address family; unspecified for no address.</summary>
    public AddressFamily Family => (AddressFamily)_family;

    /// <summary>The host part as a number; IPv4 uses the low 32 bits.</summary>
    public UInt128 Host => new(_hostHigh, _hostLow);

    /// <summary>The port in host byte order.</summary>
    public ushort Port { get; init; }

    /// <summary>The IPv6 scope, zero otherwise.</summary>
    public uint ScopeId { get; init; }

    /// <summary>The size of the native IPv4 form, in bytes.</summary>
    public const int IPv4Size = 16;

    /// <summary>The size of the native IPv6 form, in bytes.</summary>
    public const int IPv6Size = 28;

    /// <summary>Whether this is no address at all.</summary>
    public bool IsNone => Family == AddressFamily.Unspecified;

    /// <summary>Whether the host part is all zeroes, the wildcard (BIND-12).</summary>
    public bool IsWildcard => Host == UInt128.Zero;

    /// <summary>Whether the host part is a loopback address.</summary>
    public bool IsLoopback => Family == AddressFamily.InterNetwork ? (uint)(ulong)Host >> 24 == 127 : Host == UInt128.One;

    /// <summary>Whether this is the limited IPv4 broadcast address.</summary>
    public bool IsBroadcast => Family == AddressFamily.InterNetwork && (uint)(ulong)Host == uint.MaxValue;

    /// <summary>The size of the native form, in bytes.</summary>
    public int Size => SizeOf(Family);

    /// <summary>The size of the native form of a family, in bytes.</summary>
    /// <param name="family">An Internet family; others count as IPv4.</param>
    public static int SizeOf(AddressFamily family) => family == AddressFamily.InterNetworkV6 ? IPv6Size : IPv4Size;

    /// <summary>The wildcard address and port zero of a family.</summary>
    /// <param name="family">An Internet family.</param>
    public static SockAddr Any(AddressFamily family) => new(family, UInt128.Zero, 0);

    /// <summary>An IPv4 loopback address.</summary>
    /// <param name="port">The port, 0 to 65535.</param>
    public static SockAddr Loopback(int port) => new(AddressFamily.InterNetwork, 0x7F000001u, (ushort)port);

    /// <summary>This address with another port.</summary>
    /// <param name="port">The port, 0 to 65535.</param>
    public SockAddr WithPort(int port) => this with { Port = (ushort)port };

    /// <summary>Translates from .NET's end point.</summary>
    /// <param name="endPoint">An IPv4 or IPv6 end point.</param>
    public static SockAddr From(IPEndPoint endPoint)
    {
        ArgumentNullException.ThrowIfNull(endPoint);
        Span<byte> bytes = stackalloc byte[16];
        endPoint.Address.TryWriteBytes(bytes, out int count);
        return endPoint.AddressFamily == AddressFamily.InterNetworkV6
            ? new(AddressFamily.InterNetworkV6, BinaryPrimitives.ReadUInt128BigEndian(bytes), (ushort)endPoint.Port, (uint)endPoint.Address.ScopeId)
            : new(AddressFamily.InterNetwork, BinaryPrimitives.ReadUInt32BigEndian(bytes[..count]), (ushort)endPoint.Port);
    }

    /// <summary>Translates to .NET's end point.</summary>
    /// <exception cref="InvalidOperationException">This is no Internet address.</exception>
    public IPEndPoint ToIPEndPoint()
    {
        if (Family is not (AddressFamily.InterNetwork or AddressFamily.InterNetworkV6))
            throw new InvalidOperationException("An address without an Internet family has no end point.");
        return new(ToIPAddress(), Port);
    }

    /// <summary>
    /// Reads the native form. A block shorter than the family needs is refused; a longer one is read as far as it goes.
    /// </summary>
    /// <param name="name">The bytes of a sockaddr; the family in the first two is little endian, the rest network byte order.</param>
    /// <param name="address">The address read; of a family that is not Internet, only the family.</param>
    /// <returns>Whether the block was long enough.</returns>
    public static bool TryRead(ReadOnlySpan<byte> name, out SockAddr address)
    {
        address = default;
        if (name.Length < 2)
            return false;
        var family = (AddressFamily)BinaryPrimitives.ReadUInt16LittleEndian(name);
        switch (family)
        {
            case AddressFamily.InterNetwork when name.Length >= IPv4Size:
                address = new(family, BinaryPrimitives.ReadUInt32BigEndian(name[4..]), BinaryPrimitives.ReadUInt16BigEndian(name[2..]));
                return true;
            case AddressFamily.InterNetworkV6 when name.Length >= IPv6Size:
                address = new(family, BinaryPrimitives.ReadUInt128BigEndian(name[8..]), BinaryPrimitives.ReadUInt16BigEndian(name[2..]),
                    BinaryPrimitives.ReadUInt32LittleEndian(name[24..]));
                return true;
            case AddressFamily.InterNetwork or AddressFamily.InterNetworkV6:
                return false;
            default:
                address = new(family, UInt128.Zero, name.Length >= 4 ? BinaryPrimitives.ReadUInt16BigEndian(name[2..]) : (ushort)0);
                return name.Length >= IPv4Size;
        }
    }

    /// <summary>Writes the native form; unused bytes become zero.</summary>
    /// <param name="destination">At least <see cref="Size"/> bytes.</param>
    /// <returns>The number of bytes written.</returns>
    public int Write(Span<byte> destination)
    {
        int size = Size;
        destination[..size].Clear();
        BinaryPrimitives.WriteUInt16LittleEndian(destination, (ushort)Family);
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], Port);
        if (Family == AddressFamily.InterNetworkV6)
        {
            BinaryPrimitives.WriteUInt128BigEndian(destination[8..], Host);
            BinaryPrimitives.WriteUInt32LittleEndian(destination[24..], ScopeId);
        }
        else
        {
            BinaryPrimitives.WriteUInt32BigEndian(destination[4..], (uint)(ulong)Host);
        }

        return size;
    }

    /// <summary>The native form as a new array.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Size];
        Write(bytes);
        return bytes;
    }

    /// <summary>Address and port in the usual spelling.</summary>
    public override string ToString() => Family switch
    {
        AddressFamily.InterNetwork => string.Create(CultureInfo.InvariantCulture, $"{ToIPAddress()}:{Port}"),
        AddressFamily.InterNetworkV6 => string.Create(CultureInfo.InvariantCulture, $"[{ToIPAddress()}]:{Port}"),
        AddressFamily.Unspecified => "(no address)",
        _ => Family.ToString(),
    };

    private IPAddress ToIPAddress()
    {
        Span<byte> bytes = stackalloc byte[16];
        if (Family == AddressFamily.InterNetworkV6)
        {
            BinaryPrimitives.WriteUInt128BigEndian(bytes, Host);
            return new(bytes, ScopeId);
        }

        BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)(ulong)Host);
        return new(bytes[..4]);
    }
}
