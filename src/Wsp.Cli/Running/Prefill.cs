namespace Wsp.Cli.Running;

/// <summary>What out parameters hold before a call, so that it shows whether the call wrote them.</summary>
internal static class Prefill
{
    public const int Number = unchecked((int)0xDEADBEEF);

    private static readonly byte[] s_pattern = [0xEF, 0xBE, 0xAD, 0xDE];

    public static byte[] Bytes(int length)
    {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++)
            bytes[i] = s_pattern[i % s_pattern.Length];
        return bytes;
    }

    public static bool IsUntouched(ReadOnlySpan<byte> bytes) => bytes.SequenceEqual(Bytes(bytes.Length));
}
