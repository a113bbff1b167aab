using System.Collections.Immutable;
using Wsp.Model;
using Wsp.Spi;

namespace Wsp.Provider;

/// <summary>One use of one overlapped record: the client's memory that an operation may touch until it has ended, and nothing of it afterwards.</summary>
internal sealed class OverlappedUse(long request, WsaOverlapped overlapped, ImmutableArray<WsaBuffer> buffers, SockAddrBuffer? from, WspCompletionRoutine? routine)
{
    private ImmutableArray<WsaBuffer> _buffers = buffers;
    private SockAddrBuffer? _from = from;

    public long Request { get; } = request;

    public WsaOverlapped Overlapped { get; } = overlapped;

    public WspCompletionRoutine? Routine { get; } = routine;

    /// <summary>Whether the operation has ended; only its routine may still have to run.</summary>
    public bool Finished { get; private set; }

    public WsaError Error { get; private set; }

    public int Count { get; private set; }

    public MessageFlags Flags { get; private set; }

    /// <summary>Puts the data into the buffers and the result into the record, the status word last (GETOVL-27), and lets go of the buffers.</summary>
    public void Finish(ProviderEffect.FinishOverlapped end)
    {
        Buffers.Fill(_buffers.AsSpan(), end.Data);
        _from?.TrySet(end.From);
        _buffers = [];
        _from = null;
        Finished = true;
        Error = end.Error;
        Count = end.Count;
        Flags = end.Flags;
        Overlapped.Offset = (int)end.Flags;
        Overlapped.OffsetHigh = (int)end.Error;
        Overlapped.InternalHigh = end.Count;
        Overlapped.Internal = end.Error.ToNtStatus();
    }
}
