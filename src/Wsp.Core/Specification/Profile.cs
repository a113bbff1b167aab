using System.Collections.Immutable;

namespace Wsp.Specification;

/// <summary>A named set of readings: whose behaviour the model shows where the documentation leaves a choice.</summary>
/// <param name="Name">The name, in lower case.</param>
/// <param name="Readings">The answers.</param>
/// <param name="Remark">Where the answers come from, for people.</param>
public sealed record Profile(string Name, Readings Readings, string Remark)
{
    /// <summary>The documentation's own answers.</summary>
    public static Profile Documented { get; } = new("documented", new Readings(), "the documentation, the WSPCleanup page first");

    /// <summary>What real Windows was measured to do where it differs from, or adds to, the documentation. Cleanup itself was not measured there and stays as documented.</summary>
    public static Profile Windows { get; } = new(
        "windows",
        new Readings
        {
            NonblockingSend = NonblockingSend.AllOrNothing,
            UnreadDataAtClose = UnreadDataAtClose.Resets,
            EventReselection = EventReselection.KeepsReported,
            CloseEventTiming = CloseEventTiming.AtOnce,
            ConnectMessages = ConnectMessages.StreamOnArrival,
            DatagramWritable = DatagramWritable.MessagesAlways,
            ResetAfterPeerClose = ResetAfterPeerClose.ConnectionAborted,
            VersionGap = VersionGap.NearestBelow,
            StartupChecks = StartupChecks.VersionFirst,
            SocketSelection = SocketSelection.Windows,
            OptionLengths = OptionLengths.Windows,
            RecordOnPlainSocket = RecordOnPlainSocket.Written,
            RoutineOnPort = RoutineOnPort.Refused,
            CountOfFailedOperation = CountOfFailedOperation.Written,
            CountOfControlCall = CountOfControlCall.Zero,
        },
        "measured on Windows");

    /// <summary>What Wine 8.0 was observed to do at cleanup; elsewhere as Windows.</summary>
    public static Profile Wine { get; } = new(
        "wine",
        Windows.Readings with
        {
            OpenSocketsAtCleanup = OpenSocketsAtCleanup.AsIfClosed,
            CleanupNotification = CleanupNotification.AsIfClosed,
            UndeliveredRoutines = UndeliveredRoutines.Delivered,
        },
        "observed on Wine 8.0");

    /// <summary>The built-in profiles.</summary>
    public static ImmutableArray<Profile> All { get; } = [Documented, Windows, Wine];

    /// <summary>Finds a built-in profile.</summary>
    /// <param name="name">Its name; case does not matter.</param>
    /// <returns>The profile, or null.</returns>
    public static Profile? Find(string name) => All.FirstOrDefault(profile => profile.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
