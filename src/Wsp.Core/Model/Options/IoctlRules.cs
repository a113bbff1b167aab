using System.Buffers.Binary;
using Wsp.Model.Transfer;
using Wsp.Specification;
using Wsp.Spi;

namespace Wsp.Model.Options;

/// <summary>WSPIoctl: the blocking mode and the amount of data that waits.</summary>
internal static class IoctlRules
{
    public static readonly Rule ModeSet = new("the blocking mode is set", "IOCTL-21", "EVSEL-09");
    public static readonly Rule ModeLocked = new("events are selected: the socket cannot become blocking", "EVSEL-08", "IOCTL-24", "ASYNC-05");
    public static readonly Rule AmountRead = new("the amount of data that waits is reported", "IOCTL-26", "IOCTL-28");
    public static readonly Rule BadArguments = new("a pointer is missing or a buffer too short", "WSPIoctl#errors/WSAEFAULT");
    public static readonly Rule UnknownCode = new("the control code is not supported", "WSPIoctl#errors/WSAEOPNOTSUPP");

    /// <summary>FIONBIO.</summary>
    public const uint SetNonblocking = 0x8004667E;

    /// <summary>FIONREAD.</summary>
    public const uint ReadableBytes = 0x4004667F;

    private const int NumberSize = 4;

    public static Rule Ioctl(Draft draft, ProviderInput.Ioctl input)
    {
        if (draft.Open(input.Socket) is not { } socket)
            return draft.Fail(WsaError.NotSocket, CommonRules.NotASocket);
        switch (input.Code)
        {
            case SetNonblocking:
                return SetMode(draft, socket, input);
            case ReadableBytes:
                return ReportAmount(draft, socket, input);
            default:
                draft.Result = new CallResult { Error = WsaError.OperationNotSupported, CountsOnError = input.Overlapped is null };
                return UnknownCode;
        }
    }

    private static Rule SetMode(Draft draft, SocketState socket, ProviderInput.Ioctl input)
    {
        if (input.Input is not { Length: >= NumberSize } value)
            return draft.Fail(WsaError.Fault, BadArguments);
        bool nonblocking = BinaryPrimitives.ReadInt32LittleEndian(value.Span) != 0;
        if (!nonblocking && socket.Events.Target != EventTarget.None)
        {
            draft.Result = new CallResult { Error = WsaError.InvalidArgument, CountsOnError = true };
            return ModeLocked;
        }

        draft.Edit(socket).Nonblocking = nonblocking;
        return OverlappedRules.FinishAtOnce(draft, socket, input, CallResult.Ok, ModeSet);
    }

    private static Rule ReportAmount(Draft draft, SocketState socket, ProviderInput.Ioctl input)
    {
        if (input.CountMissing || input.OutputLength < NumberSize)
            return draft.Fail(WsaError.Fault, BadArguments);
        long amount = socket.IsStream ? socket.Received.Length : socket.DatagramBytes;
        byte[] value = new byte[NumberSize];
        BinaryPrimitives.WriteUInt32LittleEndian(value, (uint)Math.Min(amount, uint.MaxValue));
        return OverlappedRules.FinishAtOnce(draft, socket, input, new CallResult { Count = NumberSize, Data = [new Payload(value)] }, AmountRead);
    }
}
