using Wsp.Cli.Vocabulary;

namespace Wsp.Cli.Running.Calls;

/// <summary>Calls of the vocabulary that nothing carries out yet. Cases with them can be read and checked, and are skipped.</summary>
internal static class UnavailableCalls
{
    public static CallSpec[] All { get; } =
    [
        new("WSPSelect", "read write except timeout_ms", "count read write except", "read write except", 0, null),
        new("WSPDuplicateSocket", "socket! process info_ptr", "info", "", 1, null),
        new("WSPAddressToString", "address! buffer_length buffer_ptr", "text length", "", 0, null),
        new("WSPStringToAddress", "text! af! buffer_length", "address length length_at_least family", "", 0, null),
        new("WSPGetQOSByName", "socket!", "", "", 0, null),
        new("WSPJoinLeaf", "socket! address!", "", "", 1, null),
        new("WSCEnumProtocols", "protocols buffer_length", "needed protocols_include protocols_exclude min_count service_flags", "", 0, null),
        new("WSAPoll", "fds fds_ptr count timeout_ms", "count revents", "", 0, null),
        new("AcceptEx", "listener! socket! overlapped receive_length local_length remote_length buffer_ptr", "bytes", "", 0, null),
        new("ConnectEx", "socket! address! overlapped data", "bytes", "", 0, null),
        new("DisconnectEx", "socket! overlapped", "", "", 0, null),
        new("Harness.CloseSystemHandle", "socket!", "", "", 0, null),
        new("Harness.DuplicateSystemHandle", "socket!", "", "", 1, null),
    ];
}
