using System.Collections.Immutable;
using Wsp.Model.Tables;
using Wsp.Spi;

namespace Wsp.Model;

/// <summary>Where a provider is in its life.</summary>
public enum ProviderPhase
{
    /// <summary>No reference is outstanding and nothing of the provider is at work: it may be unloaded, and a startup starts it.</summary>
    NotInitialized,

    /// <summary>References are outstanding.</summary>
    Running,

    /// <summary>The last reference is gone; the final cleanup is at work.</summary>
    CleaningUp,
}

/// <summary>The stages of the final cleanup, in order.</summary>
public enum CleanupStage
{
    /// <summary>Ends blocking and asynchronous calls (CLEANUP-12, CLEANUP-13).</summary>
    CancelBlockingCalls,

    /// <summary>Ends overlapped operations (CLEANUP-16).</summary>
    AbortOverlapped,

    /// <summary>Resets and frees open sockets (CLEANUP-21, CLEANUP-22).</summary>
    ResetSockets,

    /// <summary>Sends or hands off what closed sockets have left (CLEANUP-23 to CLEANUP-26).</summary>
    DrainLinger,

    /// <summary>Waits for cancelled calls to return, then frees the rest (CLEANUP-29, CLEANUP-30).</summary>
    ReleaseResources,
}

/// <summary>One outstanding reference.</summary>
/// <param name="Client">The name given at startup, or null.</param>
/// <param name="Thread">The thread that made it.</param>
/// <param name="Version">The version agreed on.</param>
public sealed record ClientReference(string? Client, WspThreadId Thread, WspVersion Version);

/// <summary>
/// The whole state of a provider at one moment: a value, cheap to keep, to compare by its parts and to go on from in several directions.
/// </summary>
/// <threadsafety>Immutable once the transition that made it has returned.</threadsafety>
public sealed class ProviderState
{
    private ProviderState(ModelSettings settings) => Settings = settings;

    /// <summary>What the model was told before its first input.</summary>
    public ModelSettings Settings { get; }

    /// <summary>Where the provider is in its life.</summary>
    public ProviderPhase Phase { get; internal set; }

    /// <summary>The stage of the final cleanup; meaningful while it is at work.</summary>
    public CleanupStage Stage { get; internal set; }

    /// <summary>Where the stage's walk has come to.</summary>
    internal long Cursor { get; set; }

    /// <summary>The outstanding references, oldest first.</summary>
    public ImmutableArray<ClientReference> References { get; internal set; } = [];

    /// <summary>Whether the provider is started: a reference is outstanding.</summary>
    public bool Started => !References.IsEmpty;

    /// <summary>Whether the provider may be unloaded now: nothing of it runs, holds anything, or touches a caller's memory.</summary>
    public bool Unloadable => Phase == ProviderPhase.NotInitialized && Calls.Count == 0;

    /// <summary>Counts the lives of the provider: how often a startup found it not initialized.</summary>
    public int Generation { get; internal set; }

    /// <summary>The number that stands for the upcall table in force, the newest one given (STARTUP-33).</summary>
    public long UpcallTable { get; internal set; }

    /// <summary>Whether the network below is down.</summary>
    public bool IsNetworkDown { get; internal set; }

    /// <summary>The model time, in microseconds.</summary>
    public long Now { get; internal set; }

    /// <summary>The sockets: open ones, connections waiting to be accepted, and closed ones that still send.</summary>
    public SlotTable<SocketState> Sockets { get; internal set; }

    /// <summary>How many of <see cref="Sockets"/> are open to the client.</summary>
    public int OpenSockets { get; internal set; }

    /// <summary>The blocked calls, and those that were released and have not returned on their thread yet.</summary>
    public SlotTable<PendingCall> Calls { get; internal set; }

    /// <summary>How many blocked calls have a deadline.</summary>
    internal int TimedCalls { get; set; }

    /// <summary>How many blocked calls wait for the result of an operation.</summary>
    internal int ResultWaits { get; set; }

    /// <summary>The overlapped operations that have not ended.</summary>
    public SlotTable<PendingCall> Operations { get; internal set; }

    /// <summary>The completion routines that are queued, postponed or running.</summary>
    public SlotTable<RoutineState> Routines { get; internal set; }

    /// <summary>Where accepted bytes went.</summary>
    public Ledger Ledger { get; internal set; }

    /// <summary>What the final cleanup at work, or the last one, found.</summary>
    public CleanupReport? LastCleanup { get; internal set; }

    /// <summary>The bytes accepted and not yet taken by the network, over all sockets.</summary>
    public long QueuedBytes { get; internal set; }

    /// <summary>The state of a provider that was never started.</summary>
    /// <param name="settings">The settings, or null for the documented ones.</param>
    public static ProviderState Initial(ModelSettings? settings = null) => new(settings ?? ModelSettings.Default);

    /// <summary>Whether a final cleanup is at work and has a step to take right now.</summary>
    public bool CanAdvance => Phase == ProviderPhase.CleaningUp && !CleanupWait.Any(this);

    /// <summary>What the final cleanup is waiting for: which socket with how many bytes, which call on which thread. Empty when it can advance, or when none is at work.</summary>
    public IReadOnlyList<CleanupWait> WaitingFor() => CleanupWait.Of(this);

    /// <summary>Looks a socket up by its descriptor; connections waiting to be accepted and closed sockets are not found.</summary>
    /// <param name="handle">The descriptor.</param>
    public SocketState? FindOpen(SocketHandle handle) => Sockets.Find(SocketState.KeyOf(handle)) is { Phase: SocketPhase.Open } socket ? socket : null;

    /// <summary>Looks a table entry up by the name of its endpoint, whatever it is to the client.</summary>
    /// <param name="endpoint">The endpoint.</param>
    public SocketState? FindEndpoint(SocketHandle endpoint) => Sockets.Find(SocketState.KeyOf(endpoint));

    /// <summary>The model time at which something is due: the next deadline of a blocked call, or null.</summary>
    public long? NextDeadline()
    {
        if (TimedCalls == 0)
            return null;
        long? next = null;
        foreach (PendingCall call in Calls)
        {
            if (call.Deadline > 0 && call.Progress == CallProgress.Waiting && (next is null || call.Deadline < next))
                next = call.Deadline;
        }

        return next;
    }

    internal ProviderState Clone() => (ProviderState)MemberwiseClone();
}

/// <summary>Where a completion routine stands.</summary>
public enum RoutineProgress
{
    /// <summary>Queued to its thread.</summary>
    Queued,

    /// <summary>Its turn came while another routine of the socket was running; it is queued again when that one returns.</summary>
    Postponed,

    /// <summary>Running.</summary>
    Running,
}

/// <summary>A completion routine that is due.</summary>
/// <param name="Key">The key in <see cref="ProviderState.Routines"/>.</param>
/// <param name="Request">The operation, by <see cref="OverlappedRequest.Id"/>.</param>
/// <param name="Socket">The socket of the operation.</param>
/// <param name="Thread">The thread it runs on.</param>
/// <param name="Progress">Where it stands.</param>
public sealed record RoutineState(long Key, long Request, SocketHandle Socket, WspThreadId Thread, RoutineProgress Progress) : IKeyed;
