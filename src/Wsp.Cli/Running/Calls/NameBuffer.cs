using Wsp.Spi;

namespace Wsp.Cli.Running.Calls;

/// <summary>The block of memory and the length behind which a call puts an address.</summary>
internal sealed class NameBuffer
{
    // Behind this many bytes of the IPv4 form only padding follows.
    private const int PaddingStart = 8;

    private readonly byte[] _block;

    private NameBuffer(byte[] block, SockAddrBuffer? native)
    {
        _block = block;
        Native = native;
    }

    public SockAddrBuffer? Native { get; }

    /// <summary>Makes a filled block as the arguments of a step say.</summary>
    /// <param name="context">The step.</param>
    /// <param name="length">The argument that states the length.</param>
    /// <param name="isGiven">Whether there is a name at all.</param>
    public static NameBuffer Make(StepContext context, string length = "namelen", bool isGiven = true)
    {
        byte[] block = Prefill.Bytes(Math.Max(SockAddr.IPv6Size, context.Int(length, 0)));
        if (!isGiven)
            return new(block, null);
        int stated = context.Int(length, SockAddr.IPv4Size);
        if (!context.Has(length) && context.Has("socket") && context.Provider.State.FindOpen(context.Socket()) is { } socket)
            stated = SockAddr.SizeOf(socket.Family);
        return new(block, new SockAddrBuffer(context.Pointer("name_ptr") ? block : null, context.Pointer("namelen_ptr") ? stated : null));
    }

    /// <summary>Adds what a call has put there.</summary>
    public Observation Show(Observation observation, string address = "address", string outName = "name")
    {
        observation.With(address, Values.Of(SockAddr.TryRead(_block, out SockAddr read) && !Prefill.IsUntouched(_block) ? read : default));
        if (Native?.NameLength is { } length)
            observation.With("namelen", (long)length).With("namelen_below", (long)length);
        observation.With("padding_zero", !_block.AsSpan(PaddingStart, SockAddr.IPv4Size - PaddingStart).ContainsAnyExcept((byte)0));
        return observation.Out(outName, Prefill.IsUntouched(_block));
    }
}
