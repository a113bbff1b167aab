using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Wsp.Model;
using Wsp.Spi;

namespace Wsp.Diagnostics;

/// <summary>The names under which the library reports metrics and traces.</summary>
public static class WspTelemetry
{
    /// <summary>The name of meter and activity source.</summary>
    public const string SourceName = "Wsp.Core";
}

/// <summary>Turns transitions into log messages, metrics and an activity for each final cleanup.</summary>
internal sealed class ProviderTelemetry
{
    private static readonly ActivitySource s_activities = new(WspTelemetry.SourceName);
    private static readonly Meter s_sharedMeter = new(WspTelemetry.SourceName);

    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly UpDownCounter<int> _references;
    private readonly UpDownCounter<int> _openSockets;
    private readonly UpDownCounter<int> _pendingOperations;
    private readonly UpDownCounter<long> _queuedBytes;
    private readonly Counter<int> _abortedOperations;
    private readonly Counter<long> _discardedBytes;
    private readonly Counter<int> _failedCalls;
    private readonly Histogram<double> _cleanupDuration;
    private Activity? _cleanup;
    private long _cleanupStart;
    private CleanupStage? _stageTold;

    public ProviderTelemetry(ILogger? logger, IMeterFactory? meters, TimeProvider time)
    {
        _logger = logger ?? NullLogger.Instance;
        _time = time;
        Meter meter = meters?.Create(WspTelemetry.SourceName) ?? s_sharedMeter;
        _references = meter.CreateUpDownCounter<int>("wsp.provider.references", "{reference}", "Outstanding startups");
        _openSockets = meter.CreateUpDownCounter<int>("wsp.sockets.open", "{socket}", "Open sockets");
        _pendingOperations = meter.CreateUpDownCounter<int>("wsp.overlapped.pending", "{operation}", "Overlapped operations that have not ended");
        _queuedBytes = meter.CreateUpDownCounter<long>("wsp.send.queued", "By", "Bytes accepted and not yet taken by the network");
        _abortedOperations = meter.CreateCounter<int>("wsp.overlapped.aborted", "{operation}", "Overlapped operations that ended with WSA_OPERATION_ABORTED");
        _discardedBytes = meter.CreateCounter<long>("wsp.send.discarded", "By", "Accepted bytes thrown away");
        _failedCalls = meter.CreateCounter<int>("wsp.calls.failed", "{call}", "Calls that failed");
        _cleanupDuration = meter.CreateHistogram<double>("wsp.cleanup.duration", "s", "Duration of final cleanups");
    }

    public void Observe(ProviderInput input, Transition transition)
    {
        Measure(transition);
        LogCall(input, transition);
        LogLifecycle(input, transition);
        if (_logger.IsEnabled(LogLevel.Trace))
            WspLog.Transition(_logger, input.Kind.ToString(), transition.From.Phase.ToString(), transition.State.Phase.ToString(), transition.Effects.Length, transition.Rules[0].Text);
    }

    public void EffectFailed(ProviderEffect effect, Exception exception) => WspLog.EffectFailed(_logger, effect.GetType().Name, exception);

    private void Measure(Transition transition)
    {
        ProviderState from = transition.From;
        ProviderState to = transition.State;
        AddChange(_references, to.References.Length - from.References.Length);
        AddChange(_openSockets, to.OpenSockets - from.OpenSockets);
        AddChange(_pendingOperations, to.Operations.Count - from.Operations.Count);
        if (to.QueuedBytes != from.QueuedBytes)
            _queuedBytes.Add(to.QueuedBytes - from.QueuedBytes);
        long discarded = to.Ledger.Discarded - from.Ledger.Discarded;
        if (discarded > 0)
        {
            _discardedBytes.Add(discarded);
            WspLog.Discarded(_logger, discarded);
        }

        if (_abortedOperations.Enabled || _logger.IsEnabled(LogLevel.Debug))
        {
            int aborted = transition.Effects.Count(effect => effect is ProviderEffect.FinishOverlapped { Error: WsaError.OperationAborted });
            if (aborted > 0)
            {
                _abortedOperations.Add(aborted);
                WspLog.OperationsAborted(_logger, aborted);
            }
        }
    }

    private static void AddChange(UpDownCounter<int> counter, int change)
    {
        if (change != 0)
            counter.Add(change);
    }

    private void LogCall(ProviderInput input, Transition transition)
    {
        CallResult result = transition.Result;
        if (input is not ProviderInput.Call || result is not { Outcome: CallOutcome.Returned, Error: not (WsaError.Success or WsaError.IOPending or WsaError.WouldBlock) })
            return;
        string function = "WSP" + input.Kind;
        _failedCalls.Add(1, new KeyValuePair<string, object?>("wsp.function", function), new KeyValuePair<string, object?>("error.type", result.Error.NativeName()));
        if (_logger.IsEnabled(LogLevel.Debug))
            WspLog.CallFailed(_logger, function, result.Error.NativeName(), (int)result.Error, transition.Rules[0].Text);
    }

    private void LogLifecycle(ProviderInput input, Transition transition)
    {
        ProviderState to = transition.State;
        foreach (VerifierStop stop in VerifierStop.Find(transition, input))
            WspLog.VerifierStop(_logger, stop.CodeName, stop.Message);
        if (to.References.Length > transition.From.References.Length)
            WspLog.Started(_logger, to.References[^1].Client ?? "a nameless client", to.References[^1].Version.ToString(), to.References.Length);
        switch (input.Kind)
        {
            case InputKind.Cleanup when to.Phase == ProviderPhase.Running && transition.Result.Error == WsaError.Success:
                WspLog.ReferenceGivenBack(_logger, to.References.Length);
                break;
            case InputKind.Cleanup when transition.From.Phase == ProviderPhase.Running && to.Phase == ProviderPhase.CleaningUp:
                CleanupBegins(to);
                break;
            case InputKind.ProcessEnded when transition.From.Phase != ProviderPhase.NotInitialized:
                WspLog.ProcessEnded(_logger, transition.From.OpenSockets);
                CleanupEnds();
                break;
            case InputKind.NetworkDown or InputKind.NetworkUp:
                WspLog.NetworkChanged(_logger, to.IsNetworkDown ? "down" : "back");
                break;
        }

        if (transition.From.Phase == ProviderPhase.CleaningUp)
            CleanupGoesOn(transition);
    }

    private void CleanupBegins(ProviderState state)
    {
        WspLog.CleanupBegun(_logger, state.LastCleanup?.CleanedUpBy ?? "a nameless client", state.OpenSockets, state.Operations.Count);
        _cleanupStart = _time.GetTimestamp();
        _stageTold = null;
        _cleanup = s_activities.StartActivity("wsp.cleanup");
        _cleanup?.SetTag("wsp.sockets.open", state.OpenSockets);
        _cleanup?.SetTag("wsp.overlapped.pending", state.Operations.Count);
    }

    private void CleanupGoesOn(Transition transition)
    {
        ProviderState state = transition.State;
        long handedOff = state.Ledger.HandedOff - transition.From.Ledger.HandedOff;
        if (handedOff > 0)
            WspLog.HandedOff(_logger, handedOff);
        if (state.Phase != ProviderPhase.CleaningUp)
        {
            CleanupEnds();
            return;
        }

        if (_stageTold == state.Stage)
            return;
        _stageTold = state.Stage;
        _cleanup?.AddEvent(new ActivityEvent(state.Stage.ToString()));
        if (_logger.IsEnabled(LogLevel.Information))
        {
            foreach (CleanupWait wait in state.WaitingFor())
                WspLog.CleanupWaits(_logger, wait.ToString());
        }
    }

    private void CleanupEnds()
    {
        if (_cleanupStart == 0)
            return;
        double seconds = _time.GetElapsedTime(_cleanupStart).TotalSeconds;
        _cleanupStart = 0;
        _cleanupDuration.Record(seconds);
        WspLog.Unloadable(_logger, seconds);
        _cleanup?.Dispose();
        _cleanup = null;
    }
}
