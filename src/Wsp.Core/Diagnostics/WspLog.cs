using Microsoft.Extensions.Logging;

namespace Wsp.Diagnostics;

/// <summary>The library's log messages.</summary>
internal static partial class WspLog
{
    [LoggerMessage(EventId = WspEventIds.Started, EventName = nameof(WspEventIds.Started), Level = LogLevel.Information, Message = "Started by {Client} with version {Version}; {References} reference(s) outstanding")]
    public static partial void Started(ILogger logger, string client, string version, int references);

    [LoggerMessage(EventId = WspEventIds.ReferenceGivenBack, EventName = nameof(WspEventIds.ReferenceGivenBack), Level = LogLevel.Information, Message = "A reference was given back; {References} outstanding")]
    public static partial void ReferenceGivenBack(ILogger logger, int references);

    [LoggerMessage(EventId = WspEventIds.CleanupBegun, EventName = nameof(WspEventIds.CleanupBegun), Level = LogLevel.Information, Message = "Final cleanup by {Client}: {Sockets} open socket(s), {Operations} pending operation(s)")]
    public static partial void CleanupBegun(ILogger logger, string client, int sockets, int operations);

    [LoggerMessage(EventId = WspEventIds.CleanupWaits, EventName = nameof(WspEventIds.CleanupWaits), Level = LogLevel.Information, Message = "Final cleanup waits: {Wait}")]
    public static partial void CleanupWaits(ILogger logger, string wait);

    [LoggerMessage(EventId = WspEventIds.Unloadable, EventName = nameof(WspEventIds.Unloadable), Level = LogLevel.Information, Message = "The provider may be unloaded; cleanup took {Seconds} s")]
    public static partial void Unloadable(ILogger logger, double seconds);

    [LoggerMessage(EventId = WspEventIds.ProcessEnded, EventName = nameof(WspEventIds.ProcessEnded), Level = LogLevel.Warning, Message = "The process ended without cleanup: {Sockets} socket(s) were open")]
    public static partial void ProcessEnded(ILogger logger, int sockets);

    [LoggerMessage(EventId = WspEventIds.VerifierStop, EventName = nameof(WspEventIds.VerifierStop), Level = LogLevel.Warning, Message = "{Code}: {Finding}")]
    public static partial void VerifierStop(ILogger logger, string code, string finding);

    [LoggerMessage(EventId = WspEventIds.NetworkChanged, EventName = nameof(WspEventIds.NetworkChanged), Level = LogLevel.Warning, Message = "The network is {Condition}")]
    public static partial void NetworkChanged(ILogger logger, string condition);

    [LoggerMessage(EventId = WspEventIds.CallFailed, EventName = nameof(WspEventIds.CallFailed), Level = LogLevel.Debug, Message = "{Function} failed with {ErrorName} ({ErrorCode}): {Rule}")]
    public static partial void CallFailed(ILogger logger, string function, string errorName, int errorCode, string rule);

    [LoggerMessage(EventId = WspEventIds.Transition, EventName = nameof(WspEventIds.Transition), Level = LogLevel.Trace, Message = "{Input}: {From} => {To}, {Effects} effect(s), {Rule}")]
    public static partial void Transition(ILogger logger, string input, string from, string to, int effects, string rule);

    [LoggerMessage(EventId = WspEventIds.OperationsAborted, EventName = nameof(WspEventIds.OperationsAborted), Level = LogLevel.Debug, Message = "{Count} overlapped operation(s) ended with WSA_OPERATION_ABORTED (995) in silence")]
    public static partial void OperationsAborted(ILogger logger, int count);

    [LoggerMessage(EventId = WspEventIds.HandedOff, EventName = nameof(WspEventIds.HandedOff), Level = LogLevel.Information, Message = "{Bytes} byte(s) of closed sockets were handed to the transport")]
    public static partial void HandedOff(ILogger logger, long bytes);

    [LoggerMessage(EventId = WspEventIds.Discarded, EventName = nameof(WspEventIds.Discarded), Level = LogLevel.Warning, Message = "{Bytes} accepted byte(s) were thrown away")]
    public static partial void Discarded(ILogger logger, long bytes);

    [LoggerMessage(EventId = WspEventIds.EffectFailed, EventName = nameof(WspEventIds.EffectFailed), Level = LogLevel.Error, Message = "Carrying out {Effect} failed")]
    public static partial void EffectFailed(ILogger logger, string effect, Exception exception);
}
