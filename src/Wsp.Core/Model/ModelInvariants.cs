using System.Globalization;
using Wsp.Specification;

namespace Wsp.Model;

/// <summary>
/// What holds after every transition, whatever the input. Checking looks at whole states and is meant for tests, explorers and embedders who want to
/// be told when they feed the model something it cannot have.
/// </summary>
public static class ModelInvariants
{
    /// <summary>Checks one transition.</summary>
    /// <param name="input">The input that caused it.</param>
    /// <param name="transition">The transition.</param>
    /// <returns>What is wrong, one sentence each; empty if nothing is.</returns>
    public static IReadOnlyList<string> Check(ProviderInput input, Transition transition)
    {
        ArgumentNullException.ThrowIfNull(input);
        var broken = new List<string>();
        CheckBytes(transition.State, broken);
        CheckCounts(transition.State, broken);
        CheckPhase(transition.State, broken);
        CheckOperationsEndOnce(input, transition, broken);
        CheckCallsAreReleasedOnce(input, transition, broken);
        CheckSilence(transition, broken);
        CheckRules(transition, broken);
        return broken;
    }

    /// <summary>Accepted bytes are delivered, handed off, discarded for a reason, or still queued.</summary>
    private static void CheckBytes(ProviderState state, List<string> broken)
    {
        Ledger ledger = state.Ledger;
        long accounted = ledger.Delivered + ledger.HandedOff + ledger.Discarded + state.QueuedBytes;
        if (ledger.Accepted != accounted)
            Report(broken, $"{ledger.Accepted} bytes were accepted, {accounted} are accounted for.");
        long queued = state.Sockets.Sum(socket => socket.QueuedBytes);
        if (queued != state.QueuedBytes)
            Report(broken, $"The sockets queue {queued} bytes, the state counts {state.QueuedBytes}.");
    }

    private static void CheckCounts(ProviderState state, List<string> broken)
    {
        int open = state.Sockets.Count(socket => socket.Phase == SocketPhase.Open);
        if (open != state.OpenSockets)
            Report(broken, $"{open} sockets are open, the state counts {state.OpenSockets}.");
        int timed = state.Calls.Count(call => call.Deadline > 0 && call.Progress != CallProgress.Leaving);
        if (timed != state.TimedCalls)
            Report(broken, $"{timed} calls have a deadline, the state counts {state.TimedCalls}.");
        int waits = state.Calls.Count(call => call.Kind == CallKind.GetOverlappedResult && call.Progress != CallProgress.Leaving);
        if (waits != state.ResultWaits)
            Report(broken, $"{waits} calls wait for a result, the state counts {state.ResultWaits}.");
        foreach (SocketState socket in state.Sockets)
        {
            if (socket.Unsent.Length < 0 || socket.InFlight < 0)
                Report(broken, $"Socket {socket.Handle} has a negative queue.");
            if (socket.Phase == SocketPhase.Waiting && state.Sockets.Find(socket.Listener) is not { Stage: SocketStage.Listening } && state.Phase == ProviderPhase.Running)
                Report(broken, $"Connection {socket.Handle} waits in the queue of nobody.");
        }
    }

    private static void CheckPhase(ProviderState state, List<string> broken)
    {
        if ((state.Phase == ProviderPhase.Running) != state.Started)
            Report(broken, $"{state.References.Length} references are outstanding in phase {state.Phase}.");
        if (state.Phase != ProviderPhase.NotInitialized)
            return;
        if (state.Sockets.Count + state.Operations.Count > 0)
            Report(broken, $"{state.Sockets.Count} sockets and {state.Operations.Count} operations are left after the release.");
        if (state.Settings.Readings.UndeliveredRoutines == UndeliveredRoutines.Discarded && state.Routines.Count > 0)
            Report(broken, $"{state.Routines.Count} routines are left after the release.");
        if (state.Calls.Any(call => call.Progress != CallProgress.Leaving))
            Report(broken, $"A call is blocked in a provider that is not started.");
    }

    /// <summary>A pending operation ends with exactly one end, unless its whole process does; what was not pending does not end.</summary>
    private static void CheckOperationsEndOnce(ProviderInput input, Transition transition, List<string> broken)
    {
        var ends = transition.Effects.OfType<ProviderEffect.FinishOverlapped>().Where(end => !end.AtOnce).GroupBy(end => end.Request).ToDictionary(group => group.Key, group => group.Count());
        var before = transition.From.Operations.ToDictionary(operation => operation.Overlapped!.Id);
        var begun = transition.Effects.OfType<ProviderEffect.BeginOverlapped>().Select(begin => begin.Request).ToHashSet();
        foreach ((long request, int count) in ends)
        {
            if (count != 1 || (!before.ContainsKey(request) && !begun.Contains(request)))
                Report(broken, $"Operation {request} ends {count} time(s), pending before: {before.ContainsKey(request)}.");
        }

        if (input.Kind == InputKind.ProcessEnded)
            return;
        var after = transition.State.Operations.Select(operation => operation.Overlapped!.Id).ToHashSet();
        foreach (long request in before.Keys.Where(request => !after.Contains(request) && !ends.ContainsKey(request)))
            Report(broken, $"Operation {request} is gone without an end.");
    }

    /// <summary>A blocked call is released exactly once, unless its whole process ends.</summary>
    private static void CheckCallsAreReleasedOnce(ProviderInput input, Transition transition, List<string> broken)
    {
        var releases = transition.Effects.OfType<ProviderEffect.ReleaseCaller>().GroupBy(release => release.Call).ToDictionary(group => group.Key, group => group.Count());
        foreach ((long call, int count) in releases)
        {
            bool waited = transition.From.Calls.Find(call) is { Progress: CallProgress.Waiting } || (transition.Result.Outcome == CallOutcome.Blocked && transition.Result.Call == call);
            if (count != 1 || !waited)
                Report(broken, $"Call {call} is released {count} time(s), waiting before: {waited}.");
        }

        if (input.Kind == InputKind.ProcessEnded)
            return;
        foreach (PendingCall call in transition.From.Calls)
        {
            bool answered = transition.State.Calls.Find(call.Key) is not { } still || still.Progress != call.Progress;
            if (call.Progress == CallProgress.Waiting && answered && !releases.ContainsKey(call.Key))
                Report(broken, $"Call {call.Key} stopped waiting without being released.");
        }
    }

    /// <summary>Nobody is notified in a final cleanup or of a provider that is not started, and an unloadable provider does nothing at all.</summary>
    private static void CheckSilence(Transition transition, List<string> broken)
    {
        Readings readings = transition.State.Settings.Readings;
        bool silent = readings.CleanupNotification == CleanupNotification.Silent && readings.UndeliveredRoutines == UndeliveredRoutines.Discarded;
        bool quietPhase = transition.From.Phase != ProviderPhase.Running && transition.State.Phase != ProviderPhase.Running;
        if (silent && quietPhase && transition.Effects.Any(effect => effect.Group == EffectGroup.Notification))
            Report(broken, $"A notification is given in phase {transition.From.Phase}.");
        bool idle = transition.From.Phase == ProviderPhase.NotInitialized && transition.State.Phase == ProviderPhase.NotInitialized;
        if (silent && idle && transition.Effects.Length > 0)
            Report(broken, $"A provider that may be unloaded causes {transition.Effects[0].GetType().Name}.");
        int unloadable = transition.Effects.ToList().FindIndex(effect => effect is ProviderEffect.Unloadable);
        if (unloadable >= 0 && transition.Effects.Skip(unloadable + 1).Any(effect => effect is not ProviderEffect.ReleaseCaller))
            Report(broken, $"Something is done after the provider is unloadable.");
    }

    private static void CheckRules(Transition transition, List<string> broken)
    {
        if (transition.Rules.IsEmpty || transition.Rules.Any(rule => rule is null) || transition.Effects.Any(effect => effect.Because is null))
            Report(broken, $"A step or an effect names no rule.");
    }

    private static void Report(List<string> broken, FormattableString text) => broken.Add(text.ToString(CultureInfo.InvariantCulture));
}
