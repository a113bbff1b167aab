using System.Runtime.CompilerServices;
using System.Text;
using Wsp.Cli.Vocabulary;
using Wsp.Spi;

namespace Wsp.Cli.Running.Calls;

/// <summary>Sends, receives and the results of overlapped operations.</summary>
internal static class TransferCalls
{
    public static CallSpec[] All { get; } =
    [
        new("WSPSend", "socket! data fill flags overlapped routine bytes_ptr", "bytes", "bytes", 0, Send),
        new("WSPSendTo", "socket! address! namelen data fill flags overlapped routine bytes_ptr", "bytes", "bytes", 0, SendTo),
        new("WSPRecv", "socket! length lengths flags overlapped routine bytes_ptr", "bytes data data_per_buffer pattern", "bytes", 0, Recv),
        new("WSPRecvFrom", "socket! length lengths fromlen flags overlapped routine name_ptr namelen_ptr bytes_ptr", "bytes data data_per_buffer from", "bytes from", 0, RecvFrom),
        new("WSPGetOverlappedResult", "socket! overlapped! wait", "bytes data", "bytes", 0, Result),
    ];

    private static Observation Send(StepContext context)
    {
        SocketHandle socket = context.Socket();
        OverlappedRecord? record = context.Overlapped();
        int bytes = Prefill.Number;
        ref int count = ref context.Pointer("bytes_ptr") ? ref bytes : ref Unsafe.NullRef<int>();
        WsaError error = context.Provider.Send(socket, [context.Data(socket)], ref count, (MessageFlags)context.Flags("flags"), record?.Native, context.Routine());
        return Counted(error, bytes);
    }

    private static Observation SendTo(StepContext context)
    {
        OverlappedRecord? record = context.Overlapped();
        int bytes = Prefill.Number;
        ref int count = ref context.Pointer("bytes_ptr") ? ref bytes : ref Unsafe.NullRef<int>();
        WsaError error = context.Provider.SendTo(context.Socket(), [context.Data()], ref count, (MessageFlags)context.Flags("flags"), context.Address(), record?.Native, context.Routine());
        return Counted(error, bytes);
    }

    private static Observation Recv(StepContext context)
    {
        byte[][] buffers = Buffers(context);
        var flags = (MessageFlags)context.Flags("flags");
        int bytes = Prefill.Number;
        ref int count = ref context.Pointer("bytes_ptr") ? ref bytes : ref Unsafe.NullRef<int>();
        WsaError error = context.Provider.Recv(context.Socket(), Native(buffers), ref count, ref flags, Record(context, buffers), context.Routine());
        return Received(error, bytes, buffers);
    }

    private static Observation RecvFrom(StepContext context)
    {
        byte[][] buffers = Buffers(context);
        var flags = (MessageFlags)context.Flags("flags");
        var from = NameBuffer.Make(context, "fromlen");
        int bytes = Prefill.Number;
        ref int count = ref context.Pointer("bytes_ptr") ? ref bytes : ref Unsafe.NullRef<int>();
        WsaError error = context.Provider.RecvFrom(context.Socket(), Native(buffers), ref count, ref flags, from.Native, Record(context, buffers), context.Routine());
        return from.Show(Received(error, bytes, buffers), "from", "from");
    }

    private static Observation Result(StepContext context)
    {
        OverlappedRecord record = context.Overlapped()!;
        int bytes = Prefill.Number;
        var flags = (MessageFlags)Prefill.Number;
        WsaError error = context.Provider.GetOverlappedResult(context.Socket(), record.Native, ref bytes, context.Bool("wait", false), ref flags);
        return Received(error, bytes, record.Buffers);
    }

    private static byte[][] Buffers(StepContext context) => context["lengths"] is { } lengths
        ? [.. lengths.Items.Select(item => Prefill.Bytes((int)context.Number(item)))]
        : [Prefill.Bytes(context.Int("length", 0))];

    private static WsaBuffer[] Native(byte[][] buffers) => [.. buffers.Select(buffer => (WsaBuffer)buffer)];

    private static WsaOverlapped? Record(StepContext context, byte[][] buffers)
    {
        if (context.Overlapped() is not { } record)
            return null;
        record.Buffers = buffers;
        return record.Native;
    }

    private static Observation Counted(WsaError error, int bytes) =>
        Observation.Of(error).With("bytes", (long)bytes).Out("bytes", bytes == Prefill.Number);

    private static Observation Received(WsaError error, int bytes, byte[][] buffers)
    {
        int count = bytes == Prefill.Number ? 0 : bytes;
        byte[] data = Values.Gather(buffers, count);
        var parts = new List<object?>();
        int left = count;
        foreach (byte[] buffer in buffers)
        {
            parts.Add(Encoding.Latin1.GetString(buffer, 0, Math.Clamp(left, 0, buffer.Length)));
            left -= buffer.Length;
        }

        return Counted(error, bytes).With("data", data).With("data_per_buffer", parts).With("pattern", Pattern.Matches(0, data));
    }
}
