namespace Wsp.Spi;

/// <summary>
/// System status words as they appear in the <c>Internal</c> member of an overlapped record. <see cref="NtStatuses"/> translates them.
/// <see cref="Pending"/> has the value of WSS_OPERATION_IN_PROGRESS (GETOVL-24).
/// </summary>
public enum NtStatus : uint
{
    /// <summary>STATUS_SUCCESS: Done.</summary>
    Success = 0x00000000,

    /// <summary>STATUS_USER_APC: An alertable wait ended for an APC.</summary>
    UserApc = 0x000000C0,

    /// <summary>STATUS_TIMEOUT: A wait ran out of time.</summary>
    Timeout = 0x00000102,

    /// <summary>STATUS_PENDING: Same number as WSS_OPERATION_IN_PROGRESS: the mark for an unfinished request in Internal.</summary>
    Pending = 0x00000103,

    /// <summary>STATUS_RECEIVE_PARTIAL: Part of a message was received.</summary>
    ReceivePartial = 0x4000000F,

    /// <summary>STATUS_RECEIVE_EXPEDITED: Expedited data was received.</summary>
    ReceiveExpedited = 0x40000010,

    /// <summary>STATUS_RECEIVE_PARTIAL_EXPEDITED: Part of an expedited message was received.</summary>
    ReceivePartialExpedited = 0x40000011,

    /// <summary>STATUS_BUFFER_OVERFLOW: Warning: data did not fit, part was delivered.</summary>
    BufferOverflow = 0x80000005,

    /// <summary>STATUS_ACCESS_VIOLATION: A buffer is not accessible.</summary>
    AccessViolation = 0xC0000005,

    /// <summary>STATUS_INVALID_HANDLE: Unknown handle.</summary>
    InvalidHandle = 0xC0000008,

    /// <summary>STATUS_INVALID_PARAMETER: Bad argument.</summary>
    InvalidParameter = 0xC000000D,

    /// <summary>STATUS_NO_MEMORY: Out of memory.</summary>
    NoMemory = 0xC0000017,

    /// <summary>STATUS_OBJECT_TYPE_MISMATCH: Handle of another kind of object.</summary>
    ObjectTypeMismatch = 0xC0000024,

    /// <summary>STATUS_SHARING_VIOLATION: Address held by someone else.</summary>
    SharingViolation = 0xC0000043,

    /// <summary>STATUS_INSUFFICIENT_RESOURCES: Kernel resources are short.</summary>
    InsufficientResources = 0xC000009A,

    /// <summary>STATUS_DEVICE_NOT_READY: Operation would have to wait.</summary>
    DeviceNotReady = 0xC00000A3,

    /// <summary>STATUS_IO_TIMEOUT: Transport time-out.</summary>
    IoTimeout = 0xC00000B5,

    /// <summary>STATUS_NOT_SUPPORTED: Request not supported.</summary>
    NotSupported = 0xC00000BB,

    /// <summary>STATUS_CANCELLED: Request was cancelled. 995 as overlapped result; a synchronous call broken off this way says WSAEINTR.</summary>
    Cancelled = 0xC0000120,

    /// <summary>STATUS_FILE_CLOSED: Object closed already.</summary>
    FileClosed = 0xC0000128,

    /// <summary>STATUS_LOCAL_DISCONNECT: This side ended the connection.</summary>
    LocalDisconnect = 0xC000013B,

    /// <summary>STATUS_REMOTE_DISCONNECT: The other side ended the connection.</summary>
    RemoteDisconnect = 0xC000013C,

    /// <summary>STATUS_INVALID_CONNECTION: No such connection.</summary>
    InvalidConnection = 0xC0000140,

    /// <summary>STATUS_INVALID_ADDRESS_COMPONENT: Part of an address is unusable.</summary>
    InvalidAddressComponent = 0xC0000207,

    /// <summary>STATUS_TOO_MANY_ADDRESSES: Address table is full.</summary>
    TooManyAddresses = 0xC0000209,

    /// <summary>STATUS_ADDRESS_ALREADY_EXISTS: Address is taken.</summary>
    AddressAlreadyExists = 0xC000020A,

    /// <summary>STATUS_CONNECTION_DISCONNECTED: Connection has been taken down.</summary>
    ConnectionDisconnected = 0xC000020C,

    /// <summary>STATUS_CONNECTION_RESET: Connection was reset by the peer.</summary>
    ConnectionReset = 0xC000020D,

    /// <summary>STATUS_CONNECTION_REFUSED: Peer refused the connection.</summary>
    ConnectionRefused = 0xC0000236,

    /// <summary>STATUS_GRACEFUL_DISCONNECT: Orderly end of the connection.</summary>
    GracefulDisconnect = 0xC0000237,

    /// <summary>STATUS_ADDRESS_ALREADY_ASSOCIATED: Endpoint has an address already.</summary>
    AddressAlreadyAssociated = 0xC0000238,

    /// <summary>STATUS_CONNECTION_INVALID: Operation on a connection that is gone.</summary>
    ConnectionInvalid = 0xC000023A,

    /// <summary>STATUS_CONNECTION_ACTIVE: Operation on a connection still in use.</summary>
    ConnectionActive = 0xC000023B,

    /// <summary>STATUS_NETWORK_UNREACHABLE: No route to the network.</summary>
    NetworkUnreachable = 0xC000023C,

    /// <summary>STATUS_HOST_UNREACHABLE: No route to the host.</summary>
    HostUnreachable = 0xC000023D,

    /// <summary>STATUS_PROTOCOL_UNREACHABLE: Peer host lacks the protocol.</summary>
    ProtocolUnreachable = 0xC000023E,

    /// <summary>STATUS_PORT_UNREACHABLE: Nobody uses the port at the peer.</summary>
    PortUnreachable = 0xC000023F,

    /// <summary>STATUS_REQUEST_ABORTED: Request was given up.</summary>
    RequestAborted = 0xC0000240,

    /// <summary>STATUS_CONNECTION_ABORTED: Connection was given up locally.</summary>
    ConnectionAborted = 0xC0000241,

    /// <summary>STATUS_TOO_MANY_PAGING_FILES: No room for another paging file.</summary>
    TooManyPagingFiles = 0xC0000097,

    /// <summary>STATUS_PAGEFILE_QUOTA: The paging file quota is used up.</summary>
    PagefileQuota = 0xC0000007,

    /// <summary>STATUS_COMMITMENT_LIMIT: The commit limit is reached.</summary>
    CommitmentLimit = 0xC000012D,

    /// <summary>STATUS_WORKING_SET_QUOTA: The working set quota is used up.</summary>
    WorkingSetQuota = 0xC00000A1,

    /// <summary>STATUS_QUOTA_EXCEEDED: A quota is used up.</summary>
    QuotaExceeded = 0xC0000044,

    /// <summary>STATUS_REMOTE_RESOURCES: The remote side is short of resources.</summary>
    RemoteResources = 0xC000013D,

    /// <summary>STATUS_CONFLICTING_ADDRESSES: The address range conflicts with another.</summary>
    ConflictingAddresses = 0xC0000018,

    /// <summary>STATUS_INVALID_ADDRESS: The address is not usable.</summary>
    InvalidAddress = 0xC0000141,

    /// <summary>STATUS_LINK_FAILED: The link has failed.</summary>
    LinkFailed = 0xC000013E,

    /// <summary>STATUS_LINK_TIMEOUT: The link has timed out.</summary>
    LinkTimeout = 0xC000013F,

    /// <summary>STATUS_TRANSACTION_ABORTED: The transaction was aborted.</summary>
    TransactionAborted = 0xC000020F,

    /// <summary>STATUS_BAD_NETWORK_PATH: The network path is not there.</summary>
    BadNetworkPath = 0xC00000BE,

    /// <summary>STATUS_INVALID_BUFFER_SIZE: The buffer has a wrong size.</summary>
    InvalidBufferSize = 0xC0000206,

    /// <summary>STATUS_BUFFER_TOO_SMALL: The buffer is too small.</summary>
    BufferTooSmall = 0xC0000023,

    /// <summary>STATUS_REQUEST_NOT_ACCEPTED: The request is not accepted now.</summary>
    RequestNotAccepted = 0xC00000D0,

    /// <summary>STATUS_INVALID_NETWORK_RESPONSE: The network gave a bad answer.</summary>
    InvalidNetworkResponse = 0xC00000C3,

    /// <summary>STATUS_NETWORK_BUSY: The network is busy.</summary>
    NetworkBusy = 0xC00000BF,

    /// <summary>STATUS_NO_SUCH_DEVICE: The device is not there.</summary>
    NoSuchDevice = 0xC000000E,

    /// <summary>STATUS_NO_SUCH_FILE: The file is not there.</summary>
    NoSuchFile = 0xC000000F,

    /// <summary>STATUS_OBJECT_PATH_NOT_FOUND: The path is not there.</summary>
    ObjectPathNotFound = 0xC000003A,

    /// <summary>STATUS_OBJECT_NAME_NOT_FOUND: The name is not there.</summary>
    ObjectNameNotFound = 0xC0000034,

    /// <summary>STATUS_UNEXPECTED_NETWORK_ERROR: The network failed in an unexpected way.</summary>
    UnexpectedNetworkError = 0xC00000C4,

    /// <summary>STATUS_REMOTE_NOT_LISTENING: Nobody listens at the remote side.</summary>
    RemoteNotListening = 0xC00000BC,

    /// <summary>STATUS_PIPE_DISCONNECTED: The direction is ended.</summary>
    PipeDisconnected = 0xC00000B0,

    /// <summary>STATUS_ACCESS_DENIED: Access is denied.</summary>
    AccessDenied = 0xC0000022,

    /// <summary>STATUS_NOT_IMPLEMENTED: The request is not implemented.</summary>
    NotImplemented = 0xC0000002,

    /// <summary>STATUS_HOST_DOWN: The host is down.</summary>
    HostDown = 0xC0000350,

    /// <summary>STATUS_HANDLES_CLOSED: Warning: the handles to the object have been closed.</summary>
    HandlesClosed = 0x8000000A,
}
