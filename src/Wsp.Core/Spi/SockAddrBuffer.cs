namespace Wsp.Spi;

/// <summary>
/// Where a call puts an address: the native pair of a <c>sockaddr*</c> and a pointer to its length. A null reference in place of this object
/// stands for two null pointers.
/// </summary>
public sealed class SockAddrBuffer
{
    /// <summary>Makes a block that can hold any Internet address.</summary>
    public SockAddrBuffer()
        : this(SockAddr.IPv6Size)
    {
    }

    /// <summary>Makes a block of a size, with the length set to that size.</summary>
    /// <param name="size">Bytes, zero or more.</param>
    public SockAddrBuffer(int size)
        : this(new byte[size], size)
    {
    }

    /// <summary>Wraps the caller's own memory.</summary>
    /// <param name="name">The block, or null for a null pointer.</param>
    /// <param name="nameLength">The value behind the length pointer, or null for a null pointer. It may differ from the block's real size.</param>
    public SockAddrBuffer(Memory<byte>? name, int? nameLength)
    {
        Name = name;
        NameLength = nameLength;
    }

    /// <summary>The block, or null for a null pointer.</summary>
    public Memory<byte>? Name { get; }

    /// <summary>In: the capacity the caller states. Out: the real size of the address (ACCEPT-25, ACCEPT-26). Null: a null pointer.</summary>
    public int? NameLength { get; set; }

    /// <summary>The address in the block, or no address when it holds none.</summary>
    public SockAddr Address => Name is { } name && SockAddr.TryRead(name.Span[..Math.Min(name.Length, NameLength ?? name.Length)], out SockAddr address) ? address : default;

    /// <summary>Writes an address and its length, if both pointers are there.</summary>
    /// <param name="address">The address; none at all sets the length to zero.</param>
    /// <returns>False when the stated capacity is too small; nothing was changed then.</returns>
    public bool TrySet(SockAddr address)
    {
        if (Name is not { } name || NameLength is not { } capacity)
            return true;
        if (address.IsNone)
        {
            NameLength = 0;
            return true;
        }

        if (capacity < address.Size || name.Length < address.Size)
            return false;
        NameLength = address.Write(name.Span);
        return true;
    }
}
