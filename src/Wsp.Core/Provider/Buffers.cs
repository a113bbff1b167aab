using System.Collections.Immutable;
using Wsp.Model;
using Wsp.Spi;

namespace Wsp.Provider;

/// <summary>Copies between the client's buffer arrays and payloads.</summary>
internal static class Buffers
{
    /// <summary>Whether the buffers are together longer than one array can hold.</summary>
    public static bool AreTooLong(ReadOnlySpan<WsaBuffer> buffers) => WsaBuffer.TotalLength(buffers) > Array.MaxLength;

    /// <summary>How much a receive can take at most; a longer array of buffers is never filled to its end by one call.</summary>
    public static int Room(ReadOnlySpan<WsaBuffer> buffers) => (int)Math.Min(WsaBuffer.TotalLength(buffers), int.MaxValue);

    /// <summary>Copies what is to be sent, so that the client's memory is free when the call returns; nothing when it is too long, as the send is refused.</summary>
    public static Payload Gather(ReadOnlySpan<WsaBuffer> buffers)
    {
        long length = WsaBuffer.TotalLength(buffers);
        if (length > Array.MaxLength)
            return default;
        byte[] all = GC.AllocateUninitializedArray<byte>((int)length);
        int at = 0;
        foreach (WsaBuffer buffer in buffers)
        {
            buffer.Memory.Span.CopyTo(all.AsSpan(at));
            at += buffer.Length;
        }

        return new(all);
    }

    /// <summary>Fills buffers in order and without gaps (RECV-51, RECV-52).</summary>
    public static void Fill(ReadOnlySpan<WsaBuffer> buffers, ImmutableArray<Payload> data)
    {
        if (data.IsDefaultOrEmpty)
            return;
        int index = 0;
        int at = 0;
        foreach (Payload run in data)
        {
            ReadOnlySpan<byte> left = run.Bytes.Span;
            while (!left.IsEmpty && index < buffers.Length)
            {
                Span<byte> room = buffers[index].Memory.Span[at..];
                int count = Math.Min(room.Length, left.Length);
                left[..count].CopyTo(room);
                left = left[count..];
                at += count;
                if (at == buffers[index].Length)
                {
                    index++;
                    at = 0;
                }
            }
        }
    }
}
