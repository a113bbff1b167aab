using System.Collections.Immutable;
using Wsp.Specification;
using Wsp.Spi;

namespace Wsp.Model.Lifecycle;

/// <summary>WSPStartup: version negotiation, the reference count, the upcall table.</summary>
internal static class StartupRules
{
    public static readonly Rule Begins = new("the first reference starts the provider", "STARTUP-10", "STARTUP-11", "STARTUP-12", "STARTUP-26", "STARTUP-32", "STARTUP-47", "CLEANUP-31");
    public static readonly Rule AddsReference = new("one more reference; the newest upcall table is in force", "STARTUP-10", "STARTUP-11", "STARTUP-12", "STARTUP-25", "STARTUP-27", "STARTUP-31", "STARTUP-33");
    public static readonly Rule VersionTooLow = new("the version asked for lies below the lowest one supported", "STARTUP-13", "STARTUP-14", "STARTUP-19", "STARTUP-23");
    public static readonly Rule BadPointers = new("an output pointer is missing", "STARTUP-56", "STARTUP-23", "STARTUP-AMB-07");
    public static readonly Rule NotReady = new("the network below the provider is unavailable", "WSPStartup#errors/WSASYSNOTREADY", "STARTUP-23");
    public static readonly Rule TooMany = new("as many references are outstanding as the implementation allows", "WSPStartup#errors/WSAEPROCLIM", "STARTUP-AMB-09", "STARTUP-23");
    public static readonly Rule LegacyCall = new("a blocking call of a 1.1 client is under way", "WSPStartup#errors/WSAEINPROGRESS", "STARTUP-23");
    public static readonly Rule WaitsForCleanup = new("the startup waits for the end of the final cleanup", "CLEANUP-AMB-24");
    public static readonly Rule RefusedInCleanup = new("a final cleanup is at work", "CLEANUP-AMB-24");

    public static Rule Start(Draft draft, ProviderInput.Startup input)
    {
        if (Refusal(draft, input) is { } refusal)
            return refusal;
        ProviderState state = draft.State;
        NegotiatedVersions versions = Negotiate(state.Settings, input.Version);
        bool first = state.Phase == ProviderPhase.NotInitialized;
        if (first)
        {
            state.Phase = ProviderPhase.Running;
            state.Generation++;
        }

        state.References = state.References.Add(new ClientReference(input.Client, input.Thread, versions.Version));
        state.UpcallTable = input.UpcallTable;
        draft.Result = new CallResult { Detail = versions };
        return first ? Begins : AddsReference;
    }

    public static Rule StartDuringCleanup(Draft draft, ProviderInput.Startup input)
    {
        if (draft.Readings.StartupDuringCleanup == StartupDuringCleanup.Refused)
            return draft.Fail(WsaError.SystemNotReady, RefusedInCleanup);
        draft.Block(new PendingCall { Key = draft.State.Calls.NextKey, Kind = CallKind.Startup, Thread = input.Thread, Startup = input });
        return WaitsForCleanup;
    }

    /// <summary>The error checks of a startup; a startup that fails changes nothing and owes no cleanup.</summary>
    private static Rule? Refusal(Draft draft, ProviderInput.Startup input)
    {
        ModelSettings settings = draft.State.Settings;
        bool tooLow = input.Version < settings.SupportedVersions[0];
        if (settings.Readings.StartupChecks == StartupChecks.VersionFirst && tooLow)
            return draft.Fail(WsaError.VersionNotSupported, VersionTooLow);
        if (!input.HasPointers)
            return draft.Fail(WsaError.Fault, BadPointers);
        if (tooLow)
            return draft.Fail(WsaError.VersionNotSupported, VersionTooLow);
        if (draft.State.IsNetworkDown)
            return draft.Fail(WsaError.SystemNotReady, NotReady);
        if (input.LegacyCallInProgress)
            return draft.Fail(WsaError.InProgress, LegacyCall);
        return draft.State.References.Length >= settings.MaxReferences ? draft.Fail(WsaError.ProcessLimit, TooMany) : null;
    }

    private static NegotiatedVersions Negotiate(ModelSettings settings, WspVersion requested)
    {
        ImmutableArray<WspVersion> supported = settings.SupportedVersions;
        WspVersion highest = supported[^1];
        WspVersion agreed = requested < highest ? requested : highest;
        if (settings.Readings.VersionGap == VersionGap.NearestBelow)
            agreed = supported.Last(version => version <= requested);
        return new(agreed, highest);
    }
}
