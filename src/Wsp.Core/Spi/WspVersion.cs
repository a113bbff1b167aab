using System.Globalization;

namespace Wsp.Spi;

/// <summary>
/// A version of the interface. The native word keeps the major number in its low byte and the minor one in its high byte (STARTUP-08), so words
/// must not be compared as numbers (STARTUP-09); values of this type compare rightly.
/// </summary>
/// <param name="Major">The major number, 0 to 255.</param>
/// <param name="Minor">The minor number, 0 to 255.</param>
public readonly record struct WspVersion(byte Major, byte Minor) : IComparable<WspVersion>
{
    /// <summary>Version 2.2, the current one (STARTUP-48).</summary>
    public static readonly WspVersion V2_2 = new(2, 2);

    /// <summary>The native word: 2.2 is 0x0202, 1.1 is 0x0101.</summary>
    public ushort Word => (ushort)(Major | (Minor << 8));

    /// <summary>Takes a native word apart.</summary>
    /// <param name="word">Low byte major, high byte minor.</param>
    public static WspVersion FromWord(ushort word) => new((byte)(word & 0xFF), (byte)(word >> 8));

    /// <summary>Orders by major, then minor number.</summary>
    /// <param name="other">The version to compare with.</param>
    public int CompareTo(WspVersion other) => Major != other.Major ? Major.CompareTo(other.Major) : Minor.CompareTo(other.Minor);

    /// <summary>Whether the left version is older.</summary>
    public static bool operator <(WspVersion left, WspVersion right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left version is newer.</summary>
    public static bool operator >(WspVersion left, WspVersion right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left version is not newer.</summary>
    public static bool operator <=(WspVersion left, WspVersion right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left version is not older.</summary>
    public static bool operator >=(WspVersion left, WspVersion right) => left.CompareTo(right) >= 0;

    /// <summary>The usual spelling, for instance <c>2.2</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}");
}
