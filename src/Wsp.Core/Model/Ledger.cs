using System.Collections.Immutable;

namespace Wsp.Model;

/// <summary>Why accepted bytes were thrown away.</summary>
public enum DiscardReason
{
    /// <summary>A hard close: linger on, time zero (CLOSE-24).</summary>
    HardClose,

    /// <summary>The linger time ran out (CLOSE-27, CLOSE-28).</summary>
    LingerTimeout,

    /// <summary>The socket was open at the final cleanup (CLEANUP-21).</summary>
    OpenAtCleanup,

    /// <summary>The connection was reset or broken by peer or network.</summary>
    ConnectionBroken,

    /// <summary>The network went down (WSAENETDOWN).</summary>
    NetworkDown,

    /// <summary>The process died with the socket open (CLEANUP-32).</summary>
    ProcessDied,

    /// <summary>A cancelled call had harmed the stream (CANCEL-18).</summary>
    StreamHarmed,

    /// <summary>Received data was left unread at a close or receive shutdown that resets (SHUTDOWN-05).</summary>
    UnreadData,
}

/// <summary>
/// Where the bytes went that stream sends accepted: accepted = delivered + handed off + discarded + what is still queued, always.
/// </summary>
/// <threadsafety>Immutable.</threadsafety>
public readonly record struct Ledger
{
    /// <summary>The number of reasons in <see cref="DiscardReason"/>.</summary>
    public const int Reasons = 8;

    /// <summary>Bytes accepted from callers.</summary>
    public long Accepted { get; init; }

    /// <summary>Bytes the network has taken.</summary>
    public long Delivered { get; init; }

    /// <summary>Bytes handed, at cleanup or process death, to a transport that outlives the provider.</summary>
    public long HandedOff { get; init; }

    /// <summary>Bytes thrown away, by reason.</summary>
    public ImmutableArray<long> DiscardedBy { get; init; }

    /// <summary>Bytes thrown away, in total.</summary>
    public long Discarded => DiscardedBy.IsDefault ? 0 : DiscardedBy.Sum();

    /// <summary>Bytes thrown away for a reason.</summary>
    /// <param name="reason">The reason.</param>
    public long DiscardedFor(DiscardReason reason) => DiscardedBy.IsDefault ? 0 : DiscardedBy[(int)reason];

    internal Ledger Discard(DiscardReason reason, long bytes)
    {
        if (bytes == 0)
            return this;
        ImmutableArray<long> old = DiscardedBy.IsDefault ? [.. new long[Reasons]] : DiscardedBy;
        return this with { DiscardedBy = old.SetItem((int)reason, old[(int)reason] + bytes) };
    }
}
