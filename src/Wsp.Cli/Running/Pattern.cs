namespace Wsp.Cli.Running;

/// <summary>Endless data that tells when a byte is missing, doubled or out of order: a cycle whose length fits no buffer.</summary>
internal static class Pattern
{
    private const int Cycle = 251;

    public static byte[] From(long offset, int length)
    {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++)
            bytes[i] = At(offset + i);
        return bytes;
    }

    /// <summary>Whether bytes are those of the data at a place in it.</summary>
    public static bool Matches(long offset, ReadOnlySpan<byte> bytes)
    {
        for (int i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] != At(offset + i))
                return false;
        }

        return true;
    }

    private static byte At(long offset) => (byte)(offset % Cycle);
}
