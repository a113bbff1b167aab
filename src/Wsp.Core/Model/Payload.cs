namespace Wsp.Model;

/// <summary>
/// A run of bytes on its way through the model. The model only looks at the length; the bytes themselves may be absent, as they are when the
/// model judges a recording that kept lengths only.
/// </summary>
public readonly record struct Payload
{
    /// <summary>Makes a payload with content.</summary>
    /// <param name="bytes">The bytes; nobody may change them any more.</param>
    public Payload(ReadOnlyMemory<byte> bytes)
    {
        Bytes = bytes;
        Length = bytes.Length;
    }

    private Payload(ReadOnlyMemory<byte> bytes, int length)
    {
        Bytes = bytes;
        Length = length;
    }

    /// <summary>The content, empty when only the length is known.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The number of bytes.</summary>
    public int Length { get; }

    /// <summary>Makes a payload of which only the length is known.</summary>
    /// <param name="length">The number of bytes, zero or more.</param>
    public static Payload OfLength(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        return new(default, length);
    }

    /// <summary>The first bytes.</summary>
    /// <param name="count">How many, at most <see cref="Length"/>.</param>
    public Payload Take(int count) => new(Bytes.IsEmpty ? Bytes : Bytes[..count], count);

    /// <summary>All but the first bytes.</summary>
    /// <param name="count">How many to leave out, at most <see cref="Length"/>.</param>
    public Payload Skip(int count) => new(Bytes.IsEmpty ? Bytes : Bytes[count..], Length - count);
}
