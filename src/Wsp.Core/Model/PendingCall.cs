using Wsp.Model.Tables;
using Wsp.Spi;

namespace Wsp.Model;

/// <summary>What a pending call is doing.</summary>
public enum CallKind
{
    /// <summary>WSPStartup, waiting for the end of a final cleanup.</summary>
    Startup,

    /// <summary>WSPCleanup, waiting until the provider may be unloaded.</summary>
    Cleanup,

    /// <summary>WSPBind, at the transport.</summary>
    Bind,

    /// <summary>WSPListen, at the transport.</summary>
    Listen,

    /// <summary>WSPConnect.</summary>
    Connect,

    /// <summary>WSPAccept.</summary>
    Accept,

    /// <summary>WSPSend.</summary>
    Send,

    /// <summary>WSPSendTo.</summary>
    SendTo,

    /// <summary>WSPRecv.</summary>
    Recv,

    /// <summary>WSPRecvFrom.</summary>
    RecvFrom,

    /// <summary>WSPCloseSocket, lingering.</summary>
    CloseSocket,

    /// <summary>WSPGetOverlappedResult, waiting.</summary>
    GetOverlappedResult,
}

/// <summary>Where a blocked call stands.</summary>
public enum CallProgress
{
    /// <summary>It waits.</summary>
    Waiting,

    /// <summary>Its condition function is deciding over a connection request.</summary>
    Deciding,

    /// <summary>Its answer is known, but it has not returned on its thread yet.</summary>
    Leaving,
}

/// <summary>The overlapped side of a call.</summary>
/// <param name="Id">Names one use of one overlapped record; never used twice.</param>
/// <param name="Event">The event to set at completion; none when a routine is given.</param>
/// <param name="HasRoutine">Whether a completion routine is to run.</param>
/// <param name="SuppressPort">Whether the operation keeps off the completion port.</param>
public sealed record OverlappedRequest(long Id, EventHandle Event, bool HasRoutine, bool SuppressPort)
{
    /// <summary>A request without event, routine or packet.</summary>
    /// <param name="id">Its id.</param>
    public static OverlappedRequest Of(long id) => new(id, EventHandle.None, false, false);
}

/// <summary>A call that has not finished: a blocked one, or an overlapped operation.</summary>
/// <threadsafety>Immutable once the transition that made it has returned.</threadsafety>
public sealed class PendingCall : IKeyed
{
    /// <summary>The key in the table of blocked calls or of operations.</summary>
    public long Key { get; internal init; }

    /// <summary>What it is doing.</summary>
    public CallKind Kind { get; internal init; }

    /// <summary>The thread it came from.</summary>
    public WspThreadId Thread { get; internal init; }

    /// <summary>The socket it concerns, invalid for startup and cleanup.</summary>
    public SocketHandle Socket { get; internal init; } = SocketHandle.Invalid;

    /// <summary>The overlapped side, or null for a blocked call.</summary>
    public OverlappedRequest? Overlapped { get; internal init; }

    /// <summary>The capacity of a receive, in bytes.</summary>
    public int Wanted { get; internal init; }

    /// <summary>Flags of a send or receive.</summary>
    public MessageFlags Flags { get; internal init; }

    /// <summary>What a send has left to hand over.</summary>
    public Payload Rest { get; internal set; }

    /// <summary>Bytes moved so far.</summary>
    public int Done { get; internal set; }

    /// <summary>What a receive that waits for full buffers has collected so far.</summary>
    public ByteQueue Collected { get; internal set; }

    /// <summary>The model time at which it gives up, in microseconds; none if zero or less.</summary>
    public long Deadline { get; internal init; }

    /// <summary>The operation that WSPGetOverlappedResult waits for, by <see cref="OverlappedRequest.Id"/>.</summary>
    public long WaitsFor { get; internal init; }

    /// <summary>The input of a waiting startup.</summary>
    internal ProviderInput.Startup? Startup { get; init; }

    /// <summary>Whether a blocked accept has a condition function.</summary>
    public bool Conditional { get; internal init; }

    /// <summary>The name of the client that made a cleanup, if it gave one.</summary>
    public string? Client { get; internal init; }

    /// <summary>Where a blocked call stands.</summary>
    public CallProgress Progress { get; internal set; }

    /// <summary>The connection request under decision, as a key.</summary>
    public long Deciding { get; internal set; }

    /// <summary>The answer of a call that is leaving.</summary>
    internal CallResult Answer { get; set; }

    /// <summary>The transition that may still change this object in place.</summary>
    internal EditToken? Owner { get; set; }

    /// <summary>Whether it is an overlapped operation.</summary>
    public bool IsOverlapped => Overlapped is not null;

    internal PendingCall EditableBy(EditToken token)
    {
        if (ReferenceEquals(Owner, token))
            return this;
        var copy = (PendingCall)MemberwiseClone();
        copy.Owner = token;
        return copy;
    }
}
