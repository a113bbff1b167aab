using System.Globalization;
using Wsp.Model.Lifecycle;
using Wsp.Spi;

namespace Wsp.Model;

/// <summary>What a final cleanup is waiting for.</summary>
public enum CleanupWaitKind
{
    /// <summary>A closed socket has data to send.</summary>
    LingeringData,

    /// <summary>A cancelled call has not returned on its thread.</summary>
    ReturningCall,
}

/// <summary>One thing a final cleanup is waiting for.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Socket">The socket concerned, if any.</param>
/// <param name="Bytes">The bytes left to send.</param>
/// <param name="Thread">The thread of the call.</param>
/// <param name="Call">What the call was doing.</param>
public sealed record CleanupWait(CleanupWaitKind Kind, SocketHandle Socket, long Bytes, WspThreadId Thread, CallKind Call)
{
    /// <summary>What the final cleanup of a state is waiting for; empty when it can advance, or when none is at work.</summary>
    /// <param name="state">The state.</param>
    public static IReadOnlyList<CleanupWait> Of(ProviderState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.Phase != ProviderPhase.CleaningUp)
            return [];
        if (state.Stage == CleanupStage.DrainLinger && CleanupRules.MustWaitForData(state))
            return [.. state.Sockets.Select(socket => new CleanupWait(CleanupWaitKind.LingeringData, socket.Handle, socket.QueuedBytes, default, CallKind.CloseSocket))];
        if (state.Stage != CleanupStage.ReleaseResources)
            return [];
        WspThreadId cleaner = state.Calls.First(call => call.Kind == CallKind.Cleanup).Thread;
        return [.. state.Calls.Where(call => CleanupRules.KeepsCleanupWaiting(call, cleaner))
            .Select(call => new CleanupWait(CleanupWaitKind.ReturningCall, call.Socket, 0, call.Thread, call.Kind))];
    }

    /// <summary>Whether the final cleanup of a state is waiting for anything; does not look further than needed.</summary>
    internal static bool Any(ProviderState state) => state.Stage switch
    {
        CleanupStage.DrainLinger => CleanupRules.MustWaitForData(state),
        CleanupStage.ReleaseResources => Of(state).Count > 0,
        _ => false,
    };

    /// <summary>The wait in words.</summary>
    public override string ToString() => Kind == CleanupWaitKind.LingeringData
        ? string.Create(CultureInfo.InvariantCulture, $"closed socket {Socket} has {Bytes} bytes to send")
        : string.Create(CultureInfo.InvariantCulture, $"the WSP{Call} cancelled on thread {Thread.Value} has not returned");
}
