using Wsp.Cli.Vocabulary;
using Wsp.Model;
using Wsp.Spi;

namespace Wsp.Cli.Running.Calls;

/// <summary>Sends and receives over and over.</summary>
internal static class BulkCalls
{
    private const int ReadSize = 65536;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    public static CallSpec[] All { get; } =
    [
        new("Harness.SendUntilBlocked", "socket! chunk!", "last_error every_send_complete total", "", 1, SendUntilBlocked),
        new("Harness.ReceiveAll", "socket! chunk", "total end_of_stream pattern", "", 1, ReceiveAll),
        new("Harness.ReceiveExactly", "socket! count!", "bytes data pattern total end_of_stream", "", 0, ReceiveExactly),
    ];

    private static Observation SendUntilBlocked(StepContext context)
    {
        SocketHandle socket = context.Socket();
        byte[] chunk = Running.Pattern.From(0, context.Int("chunk", ReadSize));
        long total = 0;
        bool complete = true;
        WsaError error;
        while (true)
        {
            int sent = 0;
            error = context.Provider.Send(socket, [chunk], ref sent, MessageFlags.None);
            if (error != WsaError.Success)
                break;
            complete &= sent == chunk.Length;
            total += sent;
        }

        return new Observation { Made = [total] }.With("last_error", Named.Of(error)).With("every_send_complete", complete).With("total", total);
    }

    private static Observation ReceiveAll(StepContext context)
    {
        (byte[]? _, long total, bool end, bool pattern) = Receive(context, long.MaxValue, context.Int("chunk", ReadSize), keep: false);
        return new Observation { Made = [total] }.With("total", total).With("end_of_stream", end).With("pattern", pattern);
    }

    private static Observation ReceiveExactly(StepContext context)
    {
        (byte[]? data, long total, bool end, bool pattern) = Receive(context, context.Long("count", 0), ReadSize, keep: true);
        return Observation.Nothing.With("bytes", total).With("total", total).With("data", data).With("end_of_stream", end).With("pattern", pattern);
    }

    private static (byte[]? Data, long Total, bool End, bool Pattern) Receive(StepContext context, long wanted, int chunk, bool keep)
    {
        SocketHandle socket = context.Socket();
        var kept = keep ? new List<byte>() : null;
        long total = 0;
        bool pattern = true;
        byte[] buffer = new byte[chunk];
        while (total < wanted)
        {
            int count = 0;
            var flags = MessageFlags.None;
            WsaError error = context.Provider.Recv(socket, [buffer.AsMemory(0, (int)Math.Min(chunk, wanted - total))], ref count, ref flags);
            if (error == WsaError.WouldBlock && context.World.WaitUntil(() => IsReadable(context.Provider.State.FindOpen(socket)), s_patience))
                continue;
            if (error != WsaError.Success)
                throw new CaseTrouble($"WSPRecv on the way answered {error.Describe()} after {total} bytes");
            if (count == 0)
                return (kept?.ToArray(), total, true, pattern);
            pattern &= Running.Pattern.Matches(total, buffer.AsSpan(0, count));
            kept?.AddRange(buffer.AsSpan(0, count));
            total += count;
        }

        return (kept?.ToArray(), total, false, pattern);
    }

    private static bool IsReadable(SocketState? socket) => socket is null || !socket.Received.IsEmpty || socket.PeerFinished || socket.Stage == SocketStage.Broken;
}
