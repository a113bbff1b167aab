using System.Buffers.Binary;
using Wsp.Specification;
using Wsp.Spi;

namespace Wsp.Model.Options;

/// <summary>WSPGetSockOpt and WSPSetSockOpt over the rows of <see cref="OptionTable"/>.</summary>
internal static class OptionRules
{
    public static readonly Rule Read = new("the option is read", "GETOPT-01", "GETOPT-08");
    public static readonly Rule Written = new("the option is set", "SETOPT-01", "CLOSE-44");
    public static readonly Rule UnknownLevel = new("the option level is unknown", "WSPGetSockOpt#errors/WSAEINVAL", "WSPSetSockOpt#errors/WSAEINVAL");
    public static readonly Rule UnknownOption = new("the option is unknown, or not for this socket or direction", "WSPGetSockOpt#errors/WSAENOPROTOOPT", "WSPSetSockOpt#errors/WSAENOPROTOOPT", "SETOPT-36");
    public static readonly Rule TooLate = new("the option cannot be set in this state any more", "SETOPT-43");
    public static readonly Rule BadLength = new("the value has too little room, or a pointer is missing", "WSPGetSockOpt#errors/WSAEFAULT", "WSPSetSockOpt#errors/WSAEFAULT");

    private const int IntSize = 4;

    public static Rule Get(Draft draft, ProviderInput.GetSockOpt input)
    {
        if (draft.Open(input.Socket) is not { } socket)
            return draft.Fail(WsaError.NotSocket, CommonRules.NotASocket);
        if (Find(draft, socket, input.Level, input.Name, out Rule refusal) is not { } option)
            return refusal;
        if (input.Length is not > 0)
            return draft.Fail(WsaError.Fault, BadLength);
        int length = input.Length.Value;
        bool windows = draft.Readings.OptionLengths == OptionLengths.Windows;
        if (length < IntSize && !(windows && option.Shape is OptionShape.Flag or OptionShape.ByteFlag))
        {
            bool zeroes = windows && option.Shape == OptionShape.Int;
            draft.Result = new CallResult { Error = WsaError.Fault, Data = zeroes ? [new Payload(new byte[length])] : [] };
            return BadLength;
        }

        byte[] value = new byte[IntSize];
        BinaryPrimitives.WriteInt32LittleEndian(value, option.Get(draft, socket));
        int written = Math.Min(length, windows && option.Shape == OptionShape.ByteFlag ? 1 : IntSize);
        draft.Result = new CallResult { Count = written < IntSize ? 1 : IntSize, Data = [new Payload(value.AsMemory(0, written))] };
        return Read;
    }

    public static Rule Set(Draft draft, ProviderInput.SetSockOpt input)
    {
        if (draft.Open(input.Socket) is not { } socket)
            return draft.Fail(WsaError.NotSocket, CommonRules.NotASocket);
        if (Find(draft, socket, input.Level, input.Name, out Rule refusal) is not { } option)
            return refusal;
        if (option.Set is not { } set)
            return draft.Fail(WsaError.ProtocolOption, UnknownOption);
        if (input.Value is not { } value || value.IsEmpty)
            return draft.Fail(WsaError.Fault, BadLength);
        int enough = draft.Readings.OptionLengths == OptionLengths.Windows
            ? option.Shape switch { OptionShape.Flag => int.MinValue, OptionShape.ByteFlag => 1, _ => IntSize }
            : IntSize;
        if (input.Length < enough)
            return draft.Fail(WsaError.Fault, BadLength);
        if (option.TooLate?.Invoke(socket) == true)
            return draft.Fail(WsaError.InvalidArgument, TooLate);
        bool firstByteOnly = option.Shape == OptionShape.ByteFlag && draft.Readings.OptionLengths == OptionLengths.Windows;
        int number = firstByteOnly ? value.Span[0] : ToInt(value.Span);
        draft.Edit(socket).Options = set(socket.Options, number);
        return draft.Succeed(Written);
    }

    private static OptionEntry? Find(Draft draft, SocketState socket, int level, int name, out Rule refusal)
    {
        refusal = Read;
        if (!OptionTable.KnowsLevel(level))
        {
            refusal = draft.Fail(WsaError.InvalidArgument, UnknownLevel);
            return null;
        }

        if (OptionTable.Find(level, name) is { } option && (option.Fits is null || option.Fits(socket)))
            return option;
        refusal = draft.Fail(WsaError.ProtocolOption, UnknownOption);
        return null;
    }

    private static int ToInt(ReadOnlySpan<byte> value)
    {
        Span<byte> padded = stackalloc byte[IntSize];
        value[..Math.Min(value.Length, IntSize)].CopyTo(padded);
        return BinaryPrimitives.ReadInt32LittleEndian(padded);
    }
}
