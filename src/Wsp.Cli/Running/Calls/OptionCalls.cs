using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.CompilerServices;
using Wsp.Cli.Input;
using Wsp.Cli.Vocabulary;
using Wsp.Spi;

namespace Wsp.Cli.Running.Calls;

/// <summary>Options and control codes.</summary>
internal static class OptionCalls
{
    private const int NaturalSize = 4;

    // Behind the stated length lies more memory, so that writing too much shows.
    private const int Spare = 16;

    public static CallSpec[] All { get; } =
    [
        new("WSPGetSockOpt", "socket! level! name! optlen optval_ptr optlen_ptr", "optval optlen raw", "optval optlen", 0, Get),
        new("WSPSetSockOpt", "socket! level! name! optval optlen optval_ptr", "", "", 0, Set),
        new("WSPIoctl", "socket! code! input input_length input_ptr output_length output_ptr bytes_ptr overlapped routine", "output bytes_returned", "bytes_returned output", 0, Ioctl),
    ];

    private static Observation Get(StepContext context)
    {
        int stated = context.Int("optlen", NaturalSize);
        byte[] block = Prefill.Bytes(Math.Max(stated, 0) + Spare);
        int length = stated;
        ref int lengthPointer = ref context.Pointer("optlen_ptr") ? ref length : ref Unsafe.NullRef<int>();
        WsaError error = context.Provider.GetSockOpt(
            context.Socket(), context.Int("level", 0), context.Int("name", 0), context.Pointer("optval_ptr") ? block : default(Span<byte>), ref lengthPointer);
        return Observation.Of(error)
            .With("optval", Value(block, length)).With("optlen", (long)length).With("raw", Convert.ToHexString(block))
            .Out("optval", Prefill.IsUntouched(block)).Out("optlen", length == stated);
    }

    private static Observation Set(StepContext context)
    {
        int length = context.Int("optlen", NaturalSize);
        byte[] block = Encode(context, context["optval"], Math.Max(length, NaturalSize));
        WsaError error = context.Provider.SetSockOpt(
            context.Socket(), context.Int("level", 0), context.Int("name", 0), context.Pointer("optval_ptr") ? block : default(ReadOnlySpan<byte>), length);
        return Observation.Of(error);
    }

    private static Observation Ioctl(StepContext context)
    {
        byte[] input = context.Has("input") && context.Pointer("input_ptr") ? Input(context) : [];
        int room = context.Int("output_length", NaturalSize);
        byte[] output = context.Pointer("output_ptr") ? Prefill.Bytes(room) : [];
        int bytes = Prefill.Number;
        ref int count = ref context.Pointer("bytes_ptr") ? ref bytes : ref Unsafe.NullRef<int>();
        WsaError error = context.Provider.Ioctl(
            context.Socket(), unchecked((uint)context.Long("code", 0)), input, output, ref count, context.Overlapped()?.Native, context.Routine());
        return Observation.Of(error)
            .With("output", Value(output, bytes == Prefill.Number ? 0 : bytes)).With("bytes_returned", (long)bytes)
            .Out("bytes_returned", bytes == Prefill.Number).Out("output", Prefill.IsUntouched(output));
    }

    private static byte[] Input(StepContext context)
    {
        byte[] input = Encode(context, context["input"], NaturalSize);
        Array.Resize(ref input, context.Int("input_length", input.Length));
        return input;
    }

    /// <summary>A number of up to eight bytes, or a linger pair, as memory.</summary>
    private static byte[] Encode(StepContext context, Node? node, int size)
    {
        byte[] block = new byte[Math.Max(size, sizeof(long))];
        if (node is { Kind: NodeKind.Object } && node["onoff"] is { } onOff && node["linger"] is { } linger)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(block, (ushort)context.Number(onOff));
            BinaryPrimitives.WriteUInt16LittleEndian(block.AsSpan(2), (ushort)context.Number(linger));
        }
        else if (node is not null)
        {
            BinaryPrimitives.WriteInt64LittleEndian(block, context.Number(node));
        }

        return block[..size];
    }

    /// <summary>A returned value both ways it may be expected: as a number, and as the two halves of a linger pair.</summary>
    private static OptionValue Value(byte[] block, int length)
    {
        Span<byte> padded = stackalloc byte[NaturalSize];
        block.AsSpan(0, Math.Clamp(length, 0, Math.Min(NaturalSize, block.Length))).CopyTo(padded);
        return new OptionValue(BinaryPrimitives.ReadUInt32LittleEndian(padded));
    }
}

/// <summary>A returned option value.</summary>
internal readonly record struct OptionValue(long Number)
{
    public Dictionary<string, object?> Linger => new(StringComparer.Ordinal) { ["onoff"] = Number & 0xFFFF, ["linger"] = Number >> 16 };

    public override string ToString() => Number.ToString(CultureInfo.InvariantCulture);
}
