namespace Wsp.Spi;

/// <summary>Attribute flags of WSPSocket. <see cref="None"/> makes a socket without the overlapped attribute (SOCKET-02).</summary>
[Flags]
public enum WsaSocketFlags
{
    /// <summary>No attribute.</summary>
    None = 0,

    /// <summary>WSA_FLAG_OVERLAPPED (SOCKET-15).</summary>
    Overlapped = 0x01,

    /// <summary>WSA_FLAG_MULTIPOINT_C_ROOT (SOCKET-17).</summary>
    MultipointCRoot = 0x02,

    /// <summary>WSA_FLAG_MULTIPOINT_C_LEAF (SOCKET-18).</summary>
    MultipointCLeaf = 0x04,

    /// <summary>WSA_FLAG_MULTIPOINT_D_ROOT (SOCKET-19).</summary>
    MultipointDRoot = 0x08,

    /// <summary>WSA_FLAG_MULTIPOINT_D_LEAF (SOCKET-20).</summary>
    MultipointDLeaf = 0x10,

    /// <summary>WSA_FLAG_ACCESS_SYSTEM_SECURITY, known at API level only (SOCKET-39).</summary>
    AccessSystemSecurity = 0x40,

    /// <summary>WSA_FLAG_NO_HANDLE_INHERIT, known at API level only (SOCKET-39).</summary>
    NoHandleInherit = 0x80,
}

/// <summary>Flags of sends and receives, with native values.</summary>
[Flags]
public enum MessageFlags
{
    /// <summary>No flag.</summary>
    None = 0,

    /// <summary>MSG_OOB: out-of-band data.</summary>
    OutOfBand = 0x1,

    /// <summary>MSG_PEEK: look, do not take (RECV-60).</summary>
    Peek = 0x2,

    /// <summary>MSG_DONTROUTE: may be ignored (SEND-53).</summary>
    DontRoute = 0x4,

    /// <summary>MSG_WAITALL: wait until the buffers are full.</summary>
    WaitAll = 0x8,

    /// <summary>MSG_PARTIAL: part of a message (SEND-55, RECV-64).</summary>
    Partial = 0x8000,
}

/// <summary>Network events of WSPEventSelect and WSPAsyncSelect, with native values.</summary>
[Flags]
public enum NetworkEvents
{
    /// <summary>None; as a mask it cancels a registration (EVSEL-14).</summary>
    None = 0,

    /// <summary>FD_READ: data can be read.</summary>
    Read = 1 << 0,

    /// <summary>FD_WRITE: data can be sent.</summary>
    Write = 1 << 1,

    /// <summary>FD_OOB: out-of-band data has arrived.</summary>
    OutOfBand = 1 << 2,

    /// <summary>FD_ACCEPT: a connection request is waiting.</summary>
    Accept = 1 << 3,

    /// <summary>FD_CONNECT: a connect has finished.</summary>
    Connect = 1 << 4,

    /// <summary>FD_CLOSE: the connection was closed.</summary>
    Close = 1 << 5,

    /// <summary>FD_QOS: quality of service changed.</summary>
    Qos = 1 << 6,

    /// <summary>FD_GROUP_QOS: reserved.</summary>
    GroupQos = 1 << 7,

    /// <summary>FD_ROUTING_INTERFACE_CHANGE.</summary>
    RoutingInterfaceChange = 1 << 8,

    /// <summary>FD_ADDRESS_LIST_CHANGE.</summary>
    AddressListChange = 1 << 9,
}

/// <summary>The answer of a condition function to a connection request.</summary>
public enum ConditionAnswer
{
    /// <summary>CF_ACCEPT: take the connection (ACCEPT-05).</summary>
    Accept = 0,

    /// <summary>CF_REJECT: refuse it; the call fails with WSAECONNREFUSED (ACCEPT-11).</summary>
    Reject = 1,

    /// <summary>CF_DEFER: leave it at the head of the queue; the call fails with WSATRY_AGAIN (ACCEPT-12).</summary>
    Defer = 2,
}
