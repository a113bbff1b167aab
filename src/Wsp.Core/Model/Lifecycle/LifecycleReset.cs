namespace Wsp.Model.Lifecycle;

/// <summary>The end of a provider's life: every table is emptied, whatever ended it.</summary>
internal static class LifecycleReset
{
    public static void Clear(Draft draft, bool keepCalls)
    {
        ProviderState state = draft.State;
        state.Phase = ProviderPhase.NotInitialized;
        state.Stage = CleanupStage.CancelBlockingCalls;
        state.Cursor = 0;
        state.References = [];
        state.UpcallTable = 0;
        state.Sockets = state.Sockets.Cleared();
        state.OpenSockets = 0;
        state.Operations = state.Operations.Cleared();
        if (state.Settings.Readings.UndeliveredRoutines == Specification.UndeliveredRoutines.Discarded)
            state.Routines = state.Routines.Cleared();
        state.TimedCalls = 0;
        state.ResultWaits = 0;
        if (!keepCalls)
            state.Calls = state.Calls.Cleared();
    }
}
