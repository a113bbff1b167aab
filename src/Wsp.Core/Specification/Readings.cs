namespace Wsp.Specification;

/// <summary>What becomes of sockets that are open when the final cleanup runs. Settles CLEANUP-AMB-01, CLEANUP-AMB-02 and CLEANUP-AMB-25.</summary>
public enum OpenSocketsAtCleanup
{
    /// <summary>They are reset; unsent data is discarded.</summary>
    Reset,

    /// <summary>They are closed as their linger setting says.</summary>
    AsIfClosed,

    /// <summary>They finish sending what they have accepted, then end in good order, whatever their linger setting.</summary>
    DrainGraceful,
}

/// <summary>Whether the final cleanup tells anybody about the operations it aborts. Settles CLEANUP-AMB-13, CLEANUP-AMB-14 and CLEANUP-AMB-15.</summary>
public enum CleanupNotification
{
    /// <summary>No event, no routine, no packet, no message.</summary>
    Silent,

    /// <summary>Completion actions are carried out as a close does.</summary>
    AsIfClosed,
}

/// <summary>How the final cleanup deals with data of sockets closed earlier. Settles CLEANUP-AMB-04 and CLEANUP-AMB-19.</summary>
public enum LingerAtCleanup
{
    /// <summary>It is handed to a transport that outlives the provider; where the transport does not, cleanup waits until it is sent.</summary>
    HandOff,

    /// <summary>Cleanup waits until it is sent.</summary>
    WaitUntilSent,
}

/// <summary>The error of a blocking call that a close or cleanup ends. Settles CLEANUP-AMB-10 and CLOSE-AMB-07.</summary>
public enum CancelledCallError
{
    /// <summary>WSAEINTR, as for calls cancelled by WSPCancelBlockingCall.</summary>
    Interrupted,

    /// <summary>WSA_OPERATION_ABORTED, as for overlapped operations.</summary>
    OperationAborted,

    /// <summary>WSAENOTSOCK, since the socket is gone.</summary>
    NotSocket,
}

/// <summary>Whether a cleanup that fails with WSAENETDOWN gives the reference back. Settles CLEANUP-AMB-06.</summary>
public enum ReferenceWhenNetworkDown
{
    /// <summary>It does not: a failed call changes nothing and may be repeated.</summary>
    Kept,

    /// <summary>It does.</summary>
    GivenBack,
}

/// <summary>What a startup does while a final cleanup is at work. Settles CLEANUP-AMB-24.</summary>
public enum StartupDuringCleanup
{
    /// <summary>It waits for the end and then starts afresh.</summary>
    Waits,

    /// <summary>It fails with WSASYSNOTREADY.</summary>
    Refused,
}

/// <summary>What becomes of completion routines that are due but have not run when the final cleanup comes. Settles CLEANUP-AMB-16.</summary>
public enum UndeliveredRoutines
{
    /// <summary>They never run: they would run through code that may be unloaded.</summary>
    Discarded,

    /// <summary>They run: their operations were no longer pending.</summary>
    Delivered,
}

/// <summary>How much a nonblocking send takes when the buffer has too little room. Settles SEND-AMB-10 for streams; SEND-45 against what Windows does.</summary>
public enum NonblockingSend
{
    /// <summary>As much as there is room for (SEND-45).</summary>
    TakesPart,

    /// <summary>All, as long as there is any room; else nothing.</summary>
    AllOrNothing,
}

/// <summary>When closing a nonblocking socket with a linger time fails with WSAEWOULDBLOCK. Settles CLOSE-AMB-01.</summary>
public enum NonblockingLinger
{
    /// <summary>Only if data is left to send.</summary>
    FailsWithDataLeft,

    /// <summary>Always.</summary>
    AlwaysFails,
}

/// <summary>What a graceful close does when received data was not read. Settles CLOSE-AMB-15.</summary>
public enum UnreadDataAtClose
{
    /// <summary>Nothing special.</summary>
    Ignored,

    /// <summary>It resets the connection.</summary>
    Resets,
}

/// <summary>Whether pending overlapped sends of a closed socket are still sent. Settles CLOSE-AMB-11 and CLEANUP-AMB-20.</summary>
public enum PendingSendsAtClose
{
    /// <summary>They are cancelled; only data already taken over goes out.</summary>
    Cancelled,

    /// <summary>Their data counts as queued and goes out first.</summary>
    Sent,
}

/// <summary>What registering network events again does to events reported before. EVSEL-11 and EVSEL-24 against what Windows does.</summary>
public enum EventReselection
{
    /// <summary>It empties the record, and conditions that hold are recorded anew.</summary>
    Rearms,

    /// <summary>An event already fetched stays quiet until it is re-enabled or happens again.</summary>
    KeepsReported,
}

/// <summary>When FD_CLOSE is indicated. EVSEL-31 against what Windows does.</summary>
public enum CloseEventTiming
{
    /// <summary>Once all data has been read.</summary>
    AfterData,

    /// <summary>As soon as the end of the connection has arrived.</summary>
    AtOnce,
}

/// <summary>What WSPAsyncSelect tells of connects. CONNECT-45 and the occasions of FD_CONNECT against what Windows does.</summary>
public enum ConnectMessages
{
    /// <summary>Every finished connect is told, datagram sockets and later registrations included.</summary>
    Always,

    /// <summary>Only a stream connect that finishes while the registration is in force.</summary>
    StreamOnArrival,
}

/// <summary>When a datagram socket counts as writable for notifications. The occasions of FD_WRITE leave it to the implementation (BIND-31, BIND-32).</summary>
public enum DatagramWritable
{
    /// <summary>Once it has a local address.</summary>
    WhenBound,

    /// <summary>For messages from the beginning; for event objects once it has a local address.</summary>
    MessagesAlways,
}

/// <summary>The error of a connection that is reset after its peer had ended its side in good order.</summary>
public enum ResetAfterPeerClose
{
    /// <summary>WSAECONNRESET, as for any reset (RECV-90).</summary>
    ConnectionReset,

    /// <summary>WSAECONNABORTED, as Windows does.</summary>
    ConnectionAborted,
}

/// <summary>How WSPStartup answers a version in a gap of the supported ones. Settles STARTUP-AMB-02.</summary>
public enum VersionGap
{
    /// <summary>With the smaller of requested and highest version, by the formula of the reference page.</summary>
    Formula,

    /// <summary>With the nearest supported version at or below the request.</summary>
    NearestBelow,
}

/// <summary>What WSPStartup checks first. Settles STARTUP-AMB-07.</summary>
public enum StartupChecks
{
    /// <summary>The pointers, so that nothing is written through a bad one.</summary>
    PointersFirst,

    /// <summary>The version.</summary>
    VersionFirst,
}

/// <summary>How WSPSocket answers combinations it does not have. SOCKET-10, SOCKET-11 and the overlap of the three error codes.</summary>
public enum SocketSelection
{
    /// <summary>Zero is a wildcard; a protocol that does not fit the type is WSAEPROTOTYPE.</summary>
    Documented,

    /// <summary>The type is judged first, no family with no protocol is WSAEINVAL, and a protocol of another type is WSAEPROTONOSUPPORT.</summary>
    Windows,
}

/// <summary>How freely option lengths are taken. GETOPT-08 and SETOPT rules against what Windows does.</summary>
public enum OptionLengths
{
    /// <summary>A value shorter than its type is WSAEFAULT; lengths come back as the size of the type.</summary>
    Strict,

    /// <summary>Flags take any length; short reads behave option by option.</summary>
    Windows,
}

/// <summary>Whether a synchronous call on a socket without the overlapped attribute writes its result into a record it is given. SEND-05 and RECV-08 against what Windows does.</summary>
public enum RecordOnPlainSocket
{
    /// <summary>The record is ignored.</summary>
    Ignored,

    /// <summary>The result is written.</summary>
    Written,
}

/// <summary>Whether a completion routine may be given on a socket that belongs to a completion port. No page says.</summary>
public enum RoutineOnPort
{
    /// <summary>It may, and it runs.</summary>
    Allowed,

    /// <summary>It is WSAEINVAL.</summary>
    Refused,
}

/// <summary>What WSPGetOverlappedResult does to the byte count when it reports the error of an operation. Settles GETOVL-AMB-02.</summary>
public enum CountOfFailedOperation
{
    /// <summary>It is left alone (GETOVL-04).</summary>
    Untouched,

    /// <summary>It is written.</summary>
    Written,
}

/// <summary>The byte count in the record and the indication of a control call that finishes at once.</summary>
public enum CountOfControlCall
{
    /// <summary>The bytes returned.</summary>
    BytesReturned,

    /// <summary>Zero; only the call itself tells.</summary>
    Zero,
}

/// <summary>
/// The answers chosen where the documentation is silent or contradicts itself. A model needs exactly one answer a question; each default is the
/// documentation's own best answer, the WSPCleanup page being the highest authority on cleanup.
/// </summary>
public sealed record Readings
{
    /// <summary>Defaults to <see cref="OpenSocketsAtCleanup.Reset"/>.</summary>
    public OpenSocketsAtCleanup OpenSocketsAtCleanup { get; init; }

    /// <summary>Defaults to <see cref="CleanupNotification.Silent"/>.</summary>
    public CleanupNotification CleanupNotification { get; init; }

    /// <summary>Defaults to <see cref="LingerAtCleanup.HandOff"/>.</summary>
    public LingerAtCleanup LingerAtCleanup { get; init; }

    /// <summary>For the final cleanup. Defaults to <see cref="CancelledCallError.Interrupted"/>.</summary>
    public CancelledCallError CallCancelledByCleanup { get; init; }

    /// <summary>For a close. Defaults to <see cref="CancelledCallError.Interrupted"/>.</summary>
    public CancelledCallError CallCancelledByClose { get; init; }

    /// <summary>Defaults to <see cref="ReferenceWhenNetworkDown.Kept"/>.</summary>
    public ReferenceWhenNetworkDown ReferenceWhenNetworkDown { get; init; }

    /// <summary>Defaults to <see cref="StartupDuringCleanup.Waits"/>.</summary>
    public StartupDuringCleanup StartupDuringCleanup { get; init; }

    /// <summary>Defaults to <see cref="UndeliveredRoutines.Discarded"/>.</summary>
    public UndeliveredRoutines UndeliveredRoutines { get; init; }

    /// <summary>Defaults to <see cref="NonblockingSend.TakesPart"/>.</summary>
    public NonblockingSend NonblockingSend { get; init; }

    /// <summary>Defaults to <see cref="NonblockingLinger.FailsWithDataLeft"/>.</summary>
    public NonblockingLinger NonblockingLinger { get; init; }

    /// <summary>Defaults to <see cref="UnreadDataAtClose.Ignored"/>.</summary>
    public UnreadDataAtClose UnreadDataAtClose { get; init; }

    /// <summary>Defaults to <see cref="PendingSendsAtClose.Cancelled"/>.</summary>
    public PendingSendsAtClose PendingSendsAtClose { get; init; }

    /// <summary>Defaults to <see cref="EventReselection.Rearms"/>.</summary>
    public EventReselection EventReselection { get; init; }

    /// <summary>Defaults to <see cref="CloseEventTiming.AfterData"/>.</summary>
    public CloseEventTiming CloseEventTiming { get; init; }

    /// <summary>Defaults to <see cref="ConnectMessages.Always"/>.</summary>
    public ConnectMessages ConnectMessages { get; init; }

    /// <summary>Defaults to <see cref="DatagramWritable.WhenBound"/>.</summary>
    public DatagramWritable DatagramWritable { get; init; }

    /// <summary>Defaults to <see cref="ResetAfterPeerClose.ConnectionReset"/>.</summary>
    public ResetAfterPeerClose ResetAfterPeerClose { get; init; }

    /// <summary>Defaults to <see cref="VersionGap.Formula"/>.</summary>
    public VersionGap VersionGap { get; init; }

    /// <summary>Defaults to <see cref="StartupChecks.PointersFirst"/>.</summary>
    public StartupChecks StartupChecks { get; init; }

    /// <summary>Defaults to <see cref="SocketSelection.Documented"/>.</summary>
    public SocketSelection SocketSelection { get; init; }

    /// <summary>Defaults to <see cref="OptionLengths.Strict"/>.</summary>
    public OptionLengths OptionLengths { get; init; }

    /// <summary>Defaults to <see cref="RecordOnPlainSocket.Ignored"/>.</summary>
    public RecordOnPlainSocket RecordOnPlainSocket { get; init; }

    /// <summary>Defaults to <see cref="RoutineOnPort.Allowed"/>.</summary>
    public RoutineOnPort RoutineOnPort { get; init; }

    /// <summary>Defaults to <see cref="CountOfFailedOperation.Untouched"/>.</summary>
    public CountOfFailedOperation CountOfFailedOperation { get; init; }

    /// <summary>Defaults to <see cref="CountOfControlCall.BytesReturned"/>.</summary>
    public CountOfControlCall CountOfControlCall { get; init; }
}
