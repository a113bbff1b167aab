using System.Runtime.InteropServices;

namespace Wsp.Spi;

/// <summary>One element of the array that WSPSend, WSPRecv and their kin take, the native WSABUF. The array itself is only read during the call (SEND-17, RECV-20).</summary>
/// <param name="Memory">The caller's memory; off limits to the caller while the operation lasts (SEND-58).</param>
public readonly record struct WsaBuffer(Memory<byte> Memory)
{
    /// <summary>The length in bytes, the native <c>len</c>.</summary>
    public int Length => Memory.Length;

    /// <summary>Wraps data that is only sent. The provider never writes through it.</summary>
    /// <param name="data">The bytes to send.</param>
    public static WsaBuffer ForSending(ReadOnlyMemory<byte> data) => new(MemoryMarshal.AsMemory(data));

    /// <summary>Wraps an array.</summary>
    /// <param name="array">The bytes.</param>
    public static implicit operator WsaBuffer(byte[] array) => new(array);

    /// <summary>Wraps memory.</summary>
    /// <param name="memory">The bytes.</param>
    public static implicit operator WsaBuffer(Memory<byte> memory) => new(memory);

    /// <summary>The total length of an array of buffers, in bytes.</summary>
    /// <param name="buffers">The array.</param>
    /// <returns>The sum; more than <see cref="int.MaxValue"/> when buffers are that large or are given several times.</returns>
    public static long TotalLength(ReadOnlySpan<WsaBuffer> buffers)
    {
        long total = 0;
        foreach (WsaBuffer buffer in buffers)
            total += buffer.Length;
        return total;
    }
}
