namespace Wsp.Spi;

/// <summary>
/// The error numbers a service provider hands back, with their native values. Members are spelled as
/// <see cref="System.Net.Sockets.SocketError"/> spells them where it has them; <see cref="WsaErrors.Describe"/> gives native name and number.
/// A function that answers anything but <see cref="Success"/> corresponds to SOCKET_ERROR with that number at <c>lpErrno</c> (CLEANUP-36, CLEANUP-37).
/// </summary>
public enum WsaError
{
    /// <summary>No error.</summary>
    Success = 0,

    /// <summary>WSA_INVALID_HANDLE: An event object handle passed in is no good.</summary>
    InvalidHandle = 6,

    /// <summary>WSA_NOT_ENOUGH_MEMORY: A system service behind the call ran out of memory.</summary>
    NotEnoughMemory = 8,

    /// <summary>WSA_INVALID_PARAMETER: A system service behind the call rejected an argument.</summary>
    InvalidParameter = 87,

    /// <summary>WSA_OPERATION_ABORTED: An overlapped request was called off because its socket was closed or its send queue was flushed with SIO_FLUSH.</summary>
    OperationAborted = 995,

    /// <summary>WSA_IO_INCOMPLETE: The overlapped request asked about has not finished; typical answer when results are polled without waiting.</summary>
    IOIncomplete = 996,

    /// <summary>WSA_IO_PENDING: The overlapped request was accepted and will finish later, with an indication to follow.</summary>
    IOPending = 997,

    /// <summary>WSAEINTR: A blocking call was broken off by a cancel request.</summary>
    Interrupted = 10004,

    /// <summary>WSAEBADF: The number given does not denote an open file.</summary>
    BadDescriptor = 10009,

    /// <summary>WSAEACCES: The socket may not be used in that way: for instance a broadcast send without SO_BROADCAST, or a bind to an address someone else holds exclusively.</summary>
    AccessDenied = 10013,

    /// <summary>WSAEFAULT: A pointer argument is unusable, or a buffer length is too small for what has to be stored or read.</summary>
    Fault = 10014,

    /// <summary>WSAEINVAL: An argument has an unacceptable value, or the socket is in the wrong state for the call (such as accepting on a socket that does not listen).</summary>
    InvalidArgument = 10022,

    /// <summary>WSAEMFILE: No further socket can be opened; a limit on handles (overall, per process or per thread) was hit.</summary>
    TooManyOpenSockets = 10024,

    /// <summary>WSAEWOULDBLOCK: A nonblocking socket cannot do the operation right now; try again later. Normal result of starting a connect on a nonblocking stream socket.</summary>
    WouldBlock = 10035,

    /// <summary>WSAEINPROGRESS: A blocking operation is already under way in this task or thread, and only one is allowed at a time.</summary>
    InProgress = 10036,

    /// <summary>WSAEALREADY: The same kind of operation is already running on a nonblocking socket (a second connect), or an asynchronous lookup being cancelled is already over.</summary>
    AlreadyInProgress = 10037,

    /// <summary>WSAENOTSOCK: The handle is not a socket, or a member of a descriptor set is not.</summary>
    NotSocket = 10038,

    /// <summary>WSAEDESTADDRREQ: A destination address is needed but was not given.</summary>
    DestinationAddressRequired = 10039,

    /// <summary>WSAEMSGSIZE: A datagram to send exceeds a size limit, or a datagram received did not fit the buffer.</summary>
    MessageSize = 10040,

    /// <summary>WSAEPROTOTYPE: The protocol asked for does not suit the socket type.</summary>
    ProtocolType = 10041,

    /// <summary>WSAENOPROTOOPT: A socket option or its level is unknown or not supported.</summary>
    ProtocolOption = 10042,

    /// <summary>WSAEPROTONOSUPPORT: The protocol asked for is not installed or not implemented.</summary>
    ProtocolNotSupported = 10043,

    /// <summary>WSAESOCKTNOSUPPORT: The socket type is not available in this address family.</summary>
    SocketNotSupported = 10044,

    /// <summary>WSAEOPNOTSUPP: The object does not support the operation, such as accepting on a datagram socket.</summary>
    OperationNotSupported = 10045,

    /// <summary>WSAEPFNOSUPPORT: The protocol family is not installed or not implemented.</summary>
    ProtocolFamilyNotSupported = 10046,

    /// <summary>WSAEAFNOSUPPORT: The address family does not fit the protocol or the socket.</summary>
    AddressFamilyNotSupported = 10047,

    /// <summary>WSAEADDRINUSE: The local address and port are taken. With a wildcard bind the report can come later, when the address becomes fixed by connect, listen or a leaf join.</summary>
    AddressAlreadyInUse = 10048,

    /// <summary>WSAEADDRNOTAVAIL: The address is not usable here: not local in a bind, or an impossible remote address or port (zero, for example).</summary>
    AddressNotAvailable = 10049,

    /// <summary>WSAENETDOWN: The network subsystem, interface or local network has failed.</summary>
    NetworkDown = 10050,

    /// <summary>WSAENETUNREACH: No route to the target network is known.</summary>
    NetworkUnreachable = 10051,

    /// <summary>WSAENETRESET: Keep-alive found the connection broken while an operation was running; also given when SO_KEEPALIVE is set on a connection that has failed already.</summary>
    NetworkReset = 10052,

    /// <summary>WSAECONNABORTED: The local host itself gave up an established connection, for example after a transmission time-out or a protocol error.</summary>
    ConnectionAborted = 10053,

    /// <summary>WSAECONNRESET: The peer closed the connection by force.</summary>
    ConnectionReset = 10054,

    /// <summary>WSAENOBUFS: Buffer space is short or a queue is full.</summary>
    NoBufferSpaceAvailable = 10055,

    /// <summary>WSAEISCONN: The socket is connected already.</summary>
    IsConnected = 10056,

    /// <summary>WSAENOTCONN: The socket is not connected, and no address was given for the send.</summary>
    NotConnected = 10057,

    /// <summary>WSAESHUTDOWN: That direction of the socket has been shut down before.</summary>
    Shutdown = 10058,

    /// <summary>WSAETOOMANYREFS: The limit on references to one system object is exceeded.</summary>
    TooManyReferences = 10059,

    /// <summary>WSAETIMEDOUT: The peer did not answer in time, during connect or later.</summary>
    TimedOut = 10060,

    /// <summary>WSAECONNREFUSED: The target host turned the connection down, usually because nothing listens there.</summary>
    ConnectionRefused = 10061,

    /// <summary>WSAELOOP: A name cannot be translated.</summary>
    TooManySymbolicLinks = 10062,

    /// <summary>WSAENAMETOOLONG: A name, whole or in part, exceeds its length limit.</summary>
    NameTooLong = 10063,

    /// <summary>WSAEHOSTDOWN: The target host is down.</summary>
    HostDown = 10064,

    /// <summary>WSAEHOSTUNREACH: No route to the target host is known.</summary>
    HostUnreachable = 10065,

    /// <summary>WSAENOTEMPTY: A directory to be removed still has content.</summary>
    DirectoryNotEmpty = 10066,

    /// <summary>WSAEPROCLIM: The number of applications that may use the implementation at once is reached; a possible result of start-up.</summary>
    ProcessLimit = 10067,

    /// <summary>WSAEUSERS: A user quota is used up.</summary>
    UserQuotaExceeded = 10068,

    /// <summary>WSAEDQUOT: A disk quota is used up.</summary>
    DiskQuotaExceeded = 10069,

    /// <summary>WSAESTALE: A file handle reference has gone stale.</summary>
    StaleHandle = 10070,

    /// <summary>WSAEREMOTE: The item is not local.</summary>
    RemoteItem = 10071,

    /// <summary>WSASYSNOTREADY: The system below is not able to offer network service at the moment.</summary>
    SystemNotReady = 10091,

    /// <summary>WSAVERNOTSUPPORTED: The version asked for is not offered.</summary>
    VersionNotSupported = 10092,

    /// <summary>WSANOTINITIALISED: No successful start-up precedes the call, or clean-up was called too often.</summary>
    NotInitialized = 10093,

    /// <summary>WSAEDISCON: The peer has begun an orderly shutdown; reported by receive calls.</summary>
    Disconnecting = 10101,

    /// <summary>WSAENOMORE: A lookup has no more results.</summary>
    NoMore = 10102,

    /// <summary>WSAECANCELLED: A lookup was ended from another call while it was still running.</summary>
    Cancelled = 10103,

    /// <summary>WSAEINVALIDPROCTABLE: A provider handed over an unusable dispatch table, usually one with a null entry.</summary>
    InvalidProcedureTable = 10104,

    /// <summary>WSAEINVALIDPROVIDER: The provider is not acceptable: a catalog query found no such entry, or the provider reported an unsuitable version.</summary>
    InvalidProvider = 10105,

    /// <summary>WSAEPROVIDERFAILEDINIT: The provider DLL could not be loaded, or its WSPStartup or NSPStartup failed.</summary>
    ProviderFailedInitialization = 10106,

    /// <summary>WSASYSCALLFAILURE: A system call failed that should not fail, or a provider signalled failure without giving an error number.</summary>
    SystemCallFailure = 10107,

    /// <summary>WSASERVICE_NOT_FOUND: The service is not known in the name space asked.</summary>
    ServiceNotFound = 10108,

    /// <summary>WSATYPE_NOT_FOUND: The service class is not known.</summary>
    TypeNotFound = 10109,

    /// <summary>WSA_E_NO_MORE: A lookup has no more results.</summary>
    NoMoreResults = 10110,

    /// <summary>WSA_E_CANCELLED: A lookup was ended from another call while it was still running.</summary>
    LookupCancelled = 10111,

    /// <summary>WSAEREFUSED: A database query was turned down.</summary>
    QueryRefused = 10112,

    /// <summary>WSAHOST_NOT_FOUND: The name is not known in the database searched.</summary>
    HostNotFound = 11001,

    /// <summary>WSATRY_AGAIN: A name server gave no authoritative answer; a later try may work.</summary>
    TryAgain = 11002,

    /// <summary>WSANO_RECOVERY: A lookup failed for good, for instance because database files are missing or a server reported a severe fault.</summary>
    NoRecovery = 11003,

    /// <summary>WSANO_DATA: The name exists but has no data of the kind asked for.</summary>
    NoData = 11004,
}
