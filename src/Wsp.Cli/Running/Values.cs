using Wsp.Spi;

namespace Wsp.Cli.Running;

/// <summary>Turns what the interface gives into values that expectations are compared with.</summary>
internal static class Values
{
    public static Dictionary<string, object?> Of(SockAddr address) => new(StringComparer.Ordinal)
    {
        ["family"] = new Named((long)address.Family, address.Family.ToString()),
        ["ip"] = address.IsNone ? "" : Ip(address),
        ["port"] = (long)address.Port,
        ["scope"] = (long)address.ScopeId,
    };

    public static Dictionary<string, object?> Of(OverlappedRecord record) => new(StringComparer.Ordinal)
    {
        ["Internal"] = Named.Of(record.Native.Internal),
        ["InternalValue"] = (long)(uint)record.Native.Internal,
        ["InternalHigh"] = (long)record.Native.InternalHigh,
    };

    /// <summary>The first bytes of buffers that were filled in order.</summary>
    public static byte[] Gather(byte[][] buffers, int count)
    {
        byte[] all = buffers.Length == 1 ? buffers[0] : [.. buffers.SelectMany(buffer => buffer)];
        return all[..Math.Clamp(count, 0, all.Length)];
    }

    private static string Ip(SockAddr address) => address.Family is System.Net.Sockets.AddressFamily.InterNetwork or System.Net.Sockets.AddressFamily.InterNetworkV6
        ? address.ToIPEndPoint().Address.ToString().Split('%')[0]
        : "";
}
