using System.Globalization;
using Wsp.Spi;

namespace Wsp.Model;

/// <summary>
/// A finding in the terms of the Application Verifier's networking checks, whose stop codes people know. E107 and E10B are those of the API,
/// E108 and E10C the same of the provider interface; E106 is a socket left by a client that has signed off.
/// </summary>
/// <param name="Code">The stop code, for instance 0xE10C.</param>
/// <param name="Message">What happened and who did it, for people.</param>
public sealed record VerifierStop(int Code, string Message)
{
    /// <summary>A socket whose owner has signed off is still open.</summary>
    public const int SocketLeaked = 0xE106;

    /// <summary>An API function was called before startup or after the balancing cleanup.</summary>
    public const int ApiUsedWhileNotStarted = 0xE107;

    /// <summary>A provider function was called before startup or after the balancing cleanup.</summary>
    public const int ProviderUsedWhileNotStarted = 0xE108;

    /// <summary>WSACleanup closed sockets underneath the code that owned them.</summary>
    public const int ApiCleanupClosedSockets = 0xE10B;

    /// <summary>WSPCleanup closed sockets underneath the code that owned them.</summary>
    public const int ProviderCleanupClosedSockets = 0xE10C;

    /// <summary>The stop code as people write it, for instance <c>E10C</c>.</summary>
    public string CodeName => Code.ToString("X", CultureInfo.InvariantCulture);

    /// <summary>The finding as the API layer would report it, where it has a code of its own.</summary>
    public VerifierStop AtApiLevel() => Code switch
    {
        ProviderUsedWhileNotStarted => this with { Code = ApiUsedWhileNotStarted },
        ProviderCleanupClosedSockets => this with { Code = ApiCleanupClosedSockets },
        _ => this,
    };

    /// <summary>Finds what a transition shows.</summary>
    /// <param name="transition">The transition.</param>
    /// <param name="input">The input that caused it.</param>
    /// <returns>The findings, in most cases none.</returns>
    public static IReadOnlyList<VerifierStop> Find(Transition transition, ProviderInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input is ProviderInput.Call call && transition.Result is { Outcome: CallOutcome.Returned, Error: WsaError.NotInitialized })
            return [new(ProviderUsedWhileNotStarted, UsedTooLateOrTooEarly(transition.From, call))];
        if (input is not ProviderInput.Cleanup cleanup || transition.Result.Error != WsaError.Success)
            return [];
        if (transition.From.Phase == ProviderPhase.Running && transition.State.Phase != ProviderPhase.Running)
            return transition.State.LastCleanup?.Stops() ?? [];
        return LeftBySignedOff(transition.From, cleanup);
    }

    internal static VerifierStop ClosedUnderneath(int sockets, string? client, IReadOnlyList<LeftBehind> left)
    {
        string owners = string.Join(", ", left.Where(item => item.Sockets.Count > 0).Select(item =>
            string.Create(CultureInfo.InvariantCulture, $"{item.Client ?? "a nameless client"}: {item.Sockets.Count}")));
        return new(ProviderCleanupClosedSockets, string.Create(CultureInfo.InvariantCulture,
            $"The final WSPCleanup, made by {client ?? "a nameless client"}, closed {sockets} socket(s) underneath the code that owned them ({owners})."));
    }

    private static string UsedTooLateOrTooEarly(ProviderState state, ProviderInput.Call call) =>
        state.LastCleanup is { } last
            ? $"WSP{call.Kind} was called after the balancing WSPCleanup, which {last.CleanedUpBy ?? "a nameless client"} made."
            : $"WSP{call.Kind} was called before any WSPStartup.";

    private static List<VerifierStop> LeftBySignedOff(ProviderState before, ProviderInput.Cleanup cleanup)
    {
        string? client = cleanup.Client ?? CleanupReport.ClientOf(before, cleanup.Thread);
        if (client is null || before.References.Count(reference => reference.Client == client) != 1)
            return [];
        LeftBehind? left = CleanupReport.Collect(before).FirstOrDefault(item => item.Client == client);
        return left is { Sockets.Count: > 0 }
            ? [new(SocketLeaked, string.Create(CultureInfo.InvariantCulture, $"{client} has given back its last reference and left {left.Sockets.Count} socket(s) open."))]
            : [];
    }
}
