using System.Net.Sockets;

namespace Wsp.Spi;

/// <summary>
/// The upper edge of a service provider: WSPStartup and the 30 functions of its procedure table, one member each, under their native names
/// without the prefix. Errors are returned, not thrown; a function that answers anything but success corresponds to SOCKET_ERROR with that
/// number at <c>lpErrno</c>. A <c>ref</c> parameter given as a null reference (<see cref="System.Runtime.CompilerServices.Unsafe.NullRef{T}"/>)
/// stands for a null pointer and an output that a call does not touch keeps its value.
/// <para>As a native provider hands out extension functions by GUID, <see cref="IServiceProvider.GetService"/> hands out facets by type.</para>
/// </summary>
/// <threadsafety>Every member may be called from any thread, also from inside a completion routine, a condition function or a blocking hook.</threadsafety>
public interface IWspProvider : IServiceProvider
{
    /// <summary>
    /// <c>WSPStartup</c>. Takes a reference on the provider, negotiates the version and hands over the upcall table; the newest table is the one in
    /// force. During a final cleanup the call waits for its end and then starts afresh.
    /// </summary>
    /// <remarks>Errors: WSASYSNOTREADY, WSAVERNOTSUPPORTED, WSAEINPROGRESS, WSAEPROCLIM, WSAEFAULT. Rests on STARTUP-04, STARTUP-10 to STARTUP-13,
    /// STARTUP-23 to STARTUP-27, STARTUP-32, STARTUP-33, STARTUP-47.</remarks>
    /// <param name="versionRequested">The highest version the caller can use.</param>
    /// <param name="data">Filled on success, untouched on failure; null is a null pointer.</param>
    /// <param name="protocolInfo">The protocol asked for; not looked at by a base provider beyond its catalog entry.</param>
    /// <param name="upcalls">The upcall table; null keeps the default one, which ends in this process.</param>
    /// <param name="procTable">Filled on success; null is a null pointer.</param>
    /// <param name="client">A name for the holder of this reference, kept for diagnosis only.</param>
    /// <returns>Success, or an error that changed nothing and owes no cleanup.</returns>
    WsaError Startup(WspVersion versionRequested, WspData? data, WsaProtocolInfo? protocolInfo, IWspUpcalls? upcalls, WspProcTable? procTable, string? client = null);

    /// <summary>
    /// <c>WSPCleanup</c>. Gives back one reference. Only the call that gives back the last one acts: it cancels every pending blocking and
    /// asynchronous call and every overlapped operation of the process in silence, resets and frees the sockets still open, leaves sockets closed
    /// earlier to send their data, and returns when the provider may be unloaded.
    /// </summary>
    /// <remarks>Errors: WSANOTINITIALISED, WSAENETDOWN, WSAEINVAL. Rests on CLEANUP-05 to CLEANUP-34.</remarks>
    /// <param name="client">The name of the holder that gives back its reference, kept for diagnosis only.</param>
    /// <returns>Success, or an error that changed nothing.</returns>
    WsaError Cleanup(string? client = null);

    /// <summary>
    /// <c>WSPAccept</c>. Takes the connection request at the head of a listening socket's queue.
    /// </summary>
    /// <remarks>Errors: WSAECONNREFUSED, WSAECONNRESET, WSAENETDOWN, WSAEFAULT, WSAEINTR, WSAEINPROGRESS, WSAEINVAL, WSAEMFILE, WSAENOBUFS,
    /// WSAENOTSOCK, WSAEOPNOTSUPP, WSATRY_AGAIN, WSAEWOULDBLOCK, WSAEACCES. Rests on ACCEPT-01 to ACCEPT-28.</remarks>
    /// <param name="s">The listening socket.</param>
    /// <param name="name">Receives the remote address; null, or null pointers in it, for none.</param>
    /// <param name="condition">Decides over the request, on this thread; null accepts.</param>
    /// <param name="callbackData">Handed to the condition function unread.</param>
    /// <param name="accepted">The new socket, or <see cref="SocketHandle.Invalid"/>.</param>
    /// <returns>Success, or the error.</returns>
    WsaError Accept(SocketHandle s, SockAddrBuffer? name, WspConditionFunction? condition, object? callbackData, out SocketHandle accepted);

    /// <summary>
    /// <c>WSPAddressToString</c>. Writes an address as text.
    /// </summary>
    /// <remarks>Errors: WSAEFAULT, WSAEINVAL. Rests on ADDR2STR-01 to ADDR2STR-21.</remarks>
    /// <param name="address">The native form of the address.</param>
    /// <param name="protocolInfo">The protocol; null lets the provider choose.</param>
    /// <param name="text">Receives the text with its terminating zero.</param>
    /// <param name="length">In: the capacity in characters. Out: the characters written or needed.</param>
    /// <returns>Success, or the error.</returns>
    WsaError AddressToString(ReadOnlySpan<byte> address, WsaProtocolInfo? protocolInfo, Span<char> text, ref int length);

    /// <summary>
    /// <c>WSPAsyncSelect</c>. Asks for a message to a window at network events; makes the socket nonblocking and replaces any earlier registration.
    /// </summary>
    /// <remarks>Errors: WSAENETDOWN, WSAEINVAL, WSAEINPROGRESS, WSAENOTSOCK. Rests on ASYNC-01 to ASYNC-07.</remarks>
    /// <param name="s">The socket.</param>
    /// <param name="window">The window.</param>
    /// <param name="message">The message number.</param>
    /// <param name="events">The events; none cancels.</param>
    /// <returns>Success, or the error.</returns>
    WsaError AsyncSelect(SocketHandle s, WindowHandle window, int message, NetworkEvents events);

    /// <summary>
    /// <c>WSPBind</c>. Gives a socket its local name.
    /// </summary>
    /// <remarks>Errors: WSAENETDOWN, WSAEADDRINUSE, WSAEADDRNOTAVAIL, WSAEFAULT, WSAEINPROGRESS, WSAEINVAL, WSAENOBUFS, WSAENOTSOCK. Rests on
    /// BIND-02, BIND-06, BIND-08, BIND-12, BIND-13, BIND-18, BIND-19.</remarks>
    /// <param name="s">The socket.</param>
    /// <param name="name">The native form of the address; its length is the native namelen, an empty span a null pointer.</param>
    /// <returns>Success, or the error.</returns>
    WsaError Bind(SocketHandle s, ReadOnlySpan<byte> name);

    /// <summary>
    /// <c>WSPCancelBlockingCall</c>. Cancels the blocking call outstanding on the calling thread, which can be inside one only in a blocking hook
    /// or an APC.
    /// </summary>
    /// <remarks>Errors: WSAENETDOWN, WSAEINVAL. Rests on CANCEL-01, CANCEL-02, CANCEL-05, CANCEL-11 to CANCEL-21.</remarks>
    /// <returns>Success, or the error.</returns>
    WsaError CancelBlockingCall();

    /// <summary>
    /// <c>WSPCloseSocket</c>. Closes a socket: gracefully in the background, hard, or after lingering, as its linger setting says. Pending
    /// operations end with WSA_OPERATION_ABORTED and with their completion action.
    /// </summary>
    /// <remarks>Errors: WSAENETDOWN, WSAEINPROGRESS, WSAENOTSOCK, WSAEWOULDBLOCK. Rests on CLOSE-01, CLOSE-02, CLOSE-10 to CLOSE-34.</remarks>
    /// <param name="s">The socket.</param>
    /// <returns>Success, or the error.</returns>
    WsaError CloseSocket(SocketHandle s);

    /// <summary>
    /// <c>WSPConnect</c>. Connects a stream socket, or sets or dissolves the default peer of a datagram socket.
    /// </summary>
    /// <remarks>Errors: WSAENETDOWN, WSAEADDRINUSE, WSAEINTR, WSAEINPROGRESS, WSAEALREADY, WSAEADDRNOTAVAIL, WSAEAFNOSUPPORT, WSAECONNREFUSED,
    /// WSAEFAULT, WSAEINVAL, WSAEISCONN, WSAENETUNREACH, WSAENOBUFS, WSAENOTSOCK, WSAEOPNOTSUPP, WSAEPROTONOSUPPORT, WSAETIMEDOUT, WSAEWOULDBLOCK,
    /// WSAEACCES. Rests on CONNECT-01 to CONNECT-27.</remarks>
    /// <param name="s">The socket.</param>
    /// <param name="name">The native form of the peer's address.</param>
    /// <param name="callerData">User data for the peer; not supported over TCP.</param>
    /// <param name="calleeData">Room for user data of the peer.</param>
    /// <param name="sendingQos">Flow specifications, or null.</param>
    /// <param name="groupQos">Reserved.</param>
    /// <returns>Success, or the error; WSAEWOULDBLOCK when the attempt goes on in the background.</returns>
    WsaError Connect(SocketHandle s, ReadOnlySpan<byte> name, WsaBuffer? callerData = null, WsaBuffer? calleeData = null, WsaQos? sendingQos = null, WsaQos? groupQos = null);

    /// <summary>
    /// <c>WSPDuplicateSocket</c>. Describes a socket so that a process can make another descriptor of it.
    /// </summary>
    /// <remarks>Errors: WSAENETDOWN, WSAEINVAL, WSAEINPROGRESS, WSAEMFILE, WSAENOBUFS, WSAENOTSOCK. Rests on DUP-01 to DUP-34.</remarks>
    /// <param name="s">The socket.</param>
    /// <param name="processId">The target process.</param>
    /// <param name="info">Receives the description.</param>
    /// <returns>Success, or the error.</returns>
    WsaError DuplicateSocket(SocketHandle s, int processId, ref WsaProtocolInfo? info);

    /// <summary>
    /// <c>WSPEnumNetworkEvents</c>. Copies and clears the network event record and, in the same step, resets an event object.
    /// </summary>
    /// <remarks>Errors: WSAENETDOWN, WSAEINVAL, WSAEINPROGRESS, WSAENOTSOCK. Rests on ENUMEV-01 to ENUMEV-22.</remarks>
    /// <param name="s">The socket.</param>
    /// <param name="eventObject">The event to reset, or none.</param>
    /// <param name="events">Receives the record; null is a null pointer.</param>
    /// <returns>Success, or the error.</returns>
    WsaError EnumNetworkEvents(SocketHandle s, EventHandle eventObject, WsaNetworkEvents? events);

    /// <summary>
    /// <c>WSPEventSelect</c>. Asks for an event object to be set, and a record kept, at network events; makes the socket nonblocking and replaces
    /// any earlier registration.
    /// </summary>
    /// <remarks>Errors: WSAENETDOWN, WSAEINVAL, WSAEINPROGRESS, WSAENOTSOCK. Rests on EVSEL-01 to EVSEL-32.</remarks>
    /// <param name="s">The socket.</param>
    /// <param name="eventObject">The event object; ignored with no events.</param>
    /// <param name="events">The events; none cancels.</param>
    /// <returns>Success, or the error.</returns>
    WsaError EventSelect(SocketHandle s, EventHandle eventObject, NetworkEvents events);

    /// <summary>
    /// <c>WSPGetOverlappedResult</c>. Reports the result of an overlapped operation. The native function returns TRUE where this one returns
    /// success.
    /// </summary>
    /// <remarks>Errors: WSAENETDOWN, WSAENOTSOCK, WSA_INVALID_HANDLE, WSAEINVAL, WSA_IO_INCOMPLETE. Rests on GETOVL-01 to GETOVL-20.</remarks>
    /// <param name="s">The socket the operation was started on.</param>
    /// <param name="overlapped">The record given then.</param>
    /// <param name="bytesTransferred">Receives the number of bytes moved, on success only.</param>
    /// <param name="wait">Whether to wait for the end; allowed for event notification only.</param>
    /// <param name="flags">Receives the flags that go with the completion.</param>
    /// <returns>Success, or the error of this call or of the operation.</returns>
    WsaError GetOverlappedResult(SocketHandle s, WsaOverlapped? overlapped, ref int bytesTransferred, bool wait, ref MessageFlags flags);

    /// <summary>
    /// <c>WSPGetPeerName</c>. Gives the address of the peer.
    /// </summary>
    /// <remarks>Errors: WSAENETDOWN, WSAEFAULT, WSAEINPROGRESS, WSAENOTCONN, WSAENOTSOCK. Rests on GETPEER-01 to GETPEER-11.</remarks>
    /// <param name="s">The socket.</param>
    /// <param name="name">Receives the address; null is a null pointer.</param>
    /// <returns>Success, or the error.</returns>
    WsaError GetPeerName(SocketHandle s, SockAddrBuffer? name);

    /// <summary>
    /// <c>WSPGetQOSByName</c>. Looks up a quality-of-service template.
    /// </summary>
    /// <remarks>Errors: WSAENETDOWN, WSAENOTSOCK, WSAEFAULT, WSAEINVAL. Rests on QOSNAME-01 to QOSNAME-12.</remarks>
    /// <param name="s">The socket.</param>
    /// <param name="name">The name of the template.</param>
    /// <param name="qos">Receives it.</param>
    /// <returns>Success, or the error.</returns>
    WsaError GetQOSByName(SocketHandle s, WsaBuffer name, WsaQos? qos);

    /// <summary>
    /// <c>WSPGetSockName</c>. Gives the local address.
    /// </summary>
    /// <remarks>Errors: WSAENETDOWN, WSAEFAULT, WSAEINPROGRESS, WSAENOTSOCK, WSAEINVAL. Rests on GETSOCKNAME-01 to GETSOCKNAME-15.</remarks>
    /// <param name="s">The socket.</param>
    /// <param name="name">Receives the address; null is a null pointer.</param>
    /// <returns>Success, or the error.</returns>
    WsaError GetSockName(SocketHandle s, SockAddrBuffer? name);

    /// <summary>
    /// <c>WSPGetSockOpt</c>. Reads an option.
    /// </summary>
    /// <remarks>Errors: WSAENETDOWN, WSAEFAULT, WSAEINVAL, WSAEINPROGRESS, WSAENOPROTOOPT, WSAENOTSOCK. Rests on GETOPT-01 to GETOPT-56.</remarks>
    /// <param name="s">The socket.</param>
    /// <param name="level">The option level, for instance 0xFFFF for SOL_SOCKET.</param>
    /// <param name="name">The option.</param>
    /// <param name="value">Receives the value; a default span is a null pointer.</param>
    /// <param name="length">In: the capacity in bytes as the caller states it. Out: the length of the value. A null reference is a null
    /// pointer.</param>
    /// <returns>Success, or the error.</returns>
    WsaError GetSockOpt(SocketHandle s, int level, int name, Span<byte> value, ref int length);

    /// <summary>
    /// <c>WSPIoctl</c>. Sets or reads operating parameters.
    /// </summary>
    /// <remarks>Errors: WSA_IO_PENDING, WSAEFAULT, WSAEINVAL, WSAEINPROGRESS, WSAENETDOWN, WSAENOTSOCK, WSAEOPNOTSUPP, WSAEWOULDBLOCK,
    /// WSAENOPROTOOPT, WSAENETUNREACH. Rests on IOCTL-01 to IOCTL-100.</remarks>
    /// <param name="s">The socket.</param>
    /// <param name="code">The control code.</param>
    /// <param name="input">The input.</param>
    /// <param name="output">Receives the output.</param>
    /// <param name="bytesReturned">Receives the length of the output. A null reference is a null pointer.</param>
    /// <param name="overlapped">The record of an overlapped operation, or null for a synchronous call; ignored on a socket without the overlapped
    /// attribute.</param>
    /// <param name="routine">The completion routine, or null. With one, the event of the record is ignored.</param>
    /// <param name="thread">The thread whose alertable waits run the routine; the default is the calling thread.</param>
    /// <returns>Success, WSA_IO_PENDING, or the error.</returns>
    WsaError Ioctl(SocketHandle s, uint code, ReadOnlyMemory<byte> input, Memory<byte> output, ref int bytesReturned, WsaOverlapped? overlapped = null, WspCompletionRoutine? routine = null, WspThreadId thread = default);

    /// <summary>
    /// <c>WSPJoinLeaf</c>. Joins a leaf to a multipoint session.
    /// </summary>
    /// <remarks>Errors: WSAENETDOWN, WSAEADDRINUSE, WSAEINTR, WSAEINPROGRESS, WSAEALREADY, WSAEADDRNOTAVAIL, WSAEAFNOSUPPORT, WSAECONNREFUSED,
    /// WSAEFAULT, WSAEISCONN, WSAENETUNREACH, WSAENOBUFS, WSAENOTSOCK, WSAEOPNOTSUPP, WSAEPROTONOSUPPORT, WSAETIMEDOUT. Rests on JOINLEAF-01 to
    /// JOINLEAF-48.</remarks>
    /// <param name="s">The socket.</param>
    /// <param name="name">The address of the session.</param>
    /// <param name="callerData">User data for the peer.</param>
    /// <param name="calleeData">Room for user data of the peer.</param>
    /// <param name="sendingQos">Flow specifications, or null.</param>
    /// <param name="groupQos">Reserved.</param>
    /// <param name="flags">JL_* flags.</param>
    /// <param name="leaf">The leaf socket.</param>
    /// <returns>Success, or the error.</returns>
    WsaError JoinLeaf(SocketHandle s, ReadOnlySpan<byte> name, WsaBuffer? callerData, WsaBuffer? calleeData, WsaQos? sendingQos, WsaQos? groupQos, int flags, out SocketHandle leaf);

    /// <summary>
    /// <c>WSPListen</c>. Puts a bound stream socket into the listening state.
    /// </summary>
    /// <remarks>Errors: WSAENETDOWN, WSAEADDRINUSE, WSAEINPROGRESS, WSAEINVAL, WSAEISCONN, WSAEMFILE, WSAENOBUFS, WSAENOTSOCK, WSAEOPNOTSUPP. Rests
    /// on LISTEN-01 to LISTEN-16.</remarks>
    /// <param name="s">The socket.</param>
    /// <param name="backlog">The longest queue of waiting requests; 0x7FFFFFFF for a reasonable maximum; out of range means the nearest legal
    /// value.</param>
    /// <returns>Success, or the error.</returns>
    WsaError Listen(SocketHandle s, int backlog);

    /// <summary>
    /// <c>WSPRecv</c>. Receives from a connected socket or a bound datagram socket.
    /// </summary>
    /// <remarks>Errors: WSAENETDOWN, WSAENOTCONN, WSAEINTR, WSAEINPROGRESS, WSAENETRESET, WSAEFAULT, WSAENOTSOCK, WSAEOPNOTSUPP, WSAESHUTDOWN,
    /// WSAEWOULDBLOCK, WSAEMSGSIZE, WSAEINVAL, WSAECONNABORTED, WSAECONNRESET, WSAEDISCON, WSA_IO_PENDING. Rests on RECV-01 to RECV-98.</remarks>
    /// <param name="s">The socket.</param>
    /// <param name="buffers">Filled in order.</param>
    /// <param name="bytesReceived">Receives the number of bytes, on success only. A null reference is a null pointer.</param>
    /// <param name="flags">In: MSG_PEEK, MSG_OOB, MSG_PARTIAL, MSG_WAITALL. Out: MSG_PARTIAL.</param>
    /// <param name="overlapped">The record of an overlapped operation, or null for a synchronous call; ignored on a socket without the overlapped
    /// attribute.</param>
    /// <param name="routine">The completion routine, or null. With one, the event of the record is ignored.</param>
    /// <param name="thread">The thread whose alertable waits run the routine; the default is the calling thread.</param>
    /// <returns>Success, also at the end of a stream with zero bytes; WSA_IO_PENDING; or the error.</returns>
    WsaError Recv(SocketHandle s, ReadOnlySpan<WsaBuffer> buffers, ref int bytesReceived, ref MessageFlags flags, WsaOverlapped? overlapped = null, WspCompletionRoutine? routine = null, WspThreadId thread = default);

    /// <summary>
    /// <c>WSPRecvDisconnect</c>. Ends receiving on a connected socket and fetches disconnect data, which TCP does not have.
    /// </summary>
    /// <remarks>Errors: WSAENETDOWN, WSAEFAULT, WSAENOPROTOOPT, WSAEINPROGRESS, WSAENOTCONN, WSAENOTSOCK. Rests on RECVDISC-02, RECVDISC-04,
    /// RECVDISC-13, RECVDISC-15.</remarks>
    /// <param name="s">The socket.</param>
    /// <param name="disconnectData">Room for the data, or null.</param>
    /// <returns>Success, or the error.</returns>
    WsaError RecvDisconnect(SocketHandle s, WsaBuffer? disconnectData);

    /// <summary>
    /// <c>WSPRecvFrom</c>. Receives a datagram and its source; on a stream socket it is WSPRecv.
    /// </summary>
    /// <remarks>Errors: WSAENETDOWN, WSAEFAULT, WSAEINTR, WSAEINPROGRESS, WSAEISCONN, WSAENETRESET, WSAENOTSOCK, WSAEOPNOTSUPP, WSAESHUTDOWN,
    /// WSAEWOULDBLOCK, WSAEMSGSIZE, WSAEINVAL, WSAECONNRESET, WSAEDISCON, WSA_IO_PENDING. Rests on RECVFROM-01 to RECVFROM-95.</remarks>
    /// <param name="s">The socket.</param>
    /// <param name="buffers">Filled in order.</param>
    /// <param name="bytesReceived">Receives the number of bytes, on success only. A null reference is a null pointer.</param>
    /// <param name="flags">In: MSG_PEEK, MSG_OOB, MSG_PARTIAL. Out: MSG_PARTIAL.</param>
    /// <param name="from">Receives the source address; null for none.</param>
    /// <param name="overlapped">The record of an overlapped operation, or null for a synchronous call; ignored on a socket without the overlapped
    /// attribute.</param>
    /// <param name="routine">The completion routine, or null. With one, the event of the record is ignored.</param>
    /// <param name="thread">The thread whose alertable waits run the routine; the default is the calling thread.</param>
    /// <returns>Success, WSA_IO_PENDING, or the error.</returns>
    WsaError RecvFrom(SocketHandle s, ReadOnlySpan<WsaBuffer> buffers, ref int bytesReceived, ref MessageFlags flags, SockAddrBuffer? from, WsaOverlapped? overlapped = null, WspCompletionRoutine? routine = null, WspThreadId thread = default);

    /// <summary>
    /// <c>WSPSelect</c>. Waits until a socket of the sets is ready.
    /// </summary>
    /// <remarks>Errors: WSAEFAULT, WSAENETDOWN, WSAEINVAL, WSAEINTR, WSAEINPROGRESS, WSAENOTSOCK. Rests on SELECT-01 to SELECT-34.</remarks>
    /// <param name="read">Sockets to test for reading; holds the ready ones afterwards.</param>
    /// <param name="write">Sockets to test for writing.</param>
    /// <param name="except">Sockets to test for exceptional conditions.</param>
    /// <param name="timeout">How long to wait; null for ever, zero to poll.</param>
    /// <param name="count">The number of ready entries.</param>
    /// <returns>Success, or the error.</returns>
    WsaError Select(FdSet? read, FdSet? write, FdSet? except, TimeSpan? timeout, out int count);

    /// <summary>
    /// <c>WSPSend</c>. Sends on a connected socket.
    /// </summary>
    /// <remarks>Errors: WSAENETDOWN, WSAEACCES, WSAEINPROGRESS, WSAEFAULT, WSAENETRESET, WSAENOBUFS, WSAENOTCONN, WSAENOTSOCK, WSAEOPNOTSUPP,
    /// WSAESHUTDOWN, WSAEWOULDBLOCK, WSAEMSGSIZE, WSAEINVAL, WSAECONNABORTED, WSAECONNRESET, WSA_IO_PENDING. Rests on SEND-01 to SEND-68.</remarks>
    /// <param name="s">The socket.</param>
    /// <param name="buffers">Gathered in order.</param>
    /// <param name="bytesSent">Receives the number of bytes taken, on success only. A null reference is a null pointer.</param>
    /// <param name="flags">MSG_OOB, MSG_DONTROUTE, MSG_PARTIAL.</param>
    /// <param name="overlapped">The record of an overlapped operation, or null for a synchronous call; ignored on a socket without the overlapped
    /// attribute.</param>
    /// <param name="routine">The completion routine, or null. With one, the event of the record is ignored.</param>
    /// <param name="thread">The thread whose alertable waits run the routine; the default is the calling thread.</param>
    /// <returns>Success, WSA_IO_PENDING, or the error.</returns>
    WsaError Send(SocketHandle s, ReadOnlySpan<WsaBuffer> buffers, ref int bytesSent, MessageFlags flags, WsaOverlapped? overlapped = null, WspCompletionRoutine? routine = null, WspThreadId thread = default);

    /// <summary>
    /// <c>WSPSendDisconnect</c>. Ends sending on a connected socket and starts the graceful end of the connection.
    /// </summary>
    /// <remarks>Errors: WSAENETDOWN, WSAENOPROTOOPT, WSAEINPROGRESS, WSAENOTCONN, WSAENOTSOCK, WSAEFAULT. Rests on SENDDISC-02 to
    /// SENDDISC-10.</remarks>
    /// <param name="s">The socket.</param>
    /// <param name="disconnectData">Data for the peer, which TCP does not carry, or null.</param>
    /// <returns>Success, or the error.</returns>
    WsaError SendDisconnect(SocketHandle s, WsaBuffer? disconnectData);

    /// <summary>
    /// <c>WSPSendTo</c>. Sends a datagram to an address; on a connected stream socket the address is ignored.
    /// </summary>
    /// <remarks>Errors: WSAENETDOWN, WSAEACCES, WSAEINTR, WSAEINPROGRESS, WSAEFAULT, WSAENETRESET, WSAENOBUFS, WSAENOTCONN, WSAENOTSOCK,
    /// WSAEOPNOTSUPP, WSAESHUTDOWN, WSAEWOULDBLOCK, WSAEMSGSIZE, WSAEINVAL, WSAECONNABORTED, WSAECONNRESET, WSAEADDRNOTAVAIL, WSAEAFNOSUPPORT,
    /// WSAEDESTADDRREQ, WSAENETUNREACH, WSA_IO_PENDING. Rests on SENDTO-01 to SENDTO-71.</remarks>
    /// <param name="s">The socket.</param>
    /// <param name="buffers">Gathered in order.</param>
    /// <param name="bytesSent">Receives the number of bytes taken, on success only. A null reference is a null pointer.</param>
    /// <param name="flags">MSG_OOB, MSG_DONTROUTE, MSG_PARTIAL.</param>
    /// <param name="to">The native form of the destination; empty for none.</param>
    /// <param name="overlapped">The record of an overlapped operation, or null for a synchronous call; ignored on a socket without the overlapped
    /// attribute.</param>
    /// <param name="routine">The completion routine, or null. With one, the event of the record is ignored.</param>
    /// <param name="thread">The thread whose alertable waits run the routine; the default is the calling thread.</param>
    /// <returns>Success, WSA_IO_PENDING, or the error.</returns>
    WsaError SendTo(SocketHandle s, ReadOnlySpan<WsaBuffer> buffers, ref int bytesSent, MessageFlags flags, ReadOnlySpan<byte> to, WsaOverlapped? overlapped = null, WspCompletionRoutine? routine = null, WspThreadId thread = default);

    /// <summary>
    /// <c>WSPSetSockOpt</c>. Sets an option.
    /// </summary>
    /// <remarks>Errors: WSAENETDOWN, WSAEFAULT, WSAEINPROGRESS, WSAEINVAL, WSAENETRESET, WSAENOPROTOOPT, WSAENOTCONN, WSAENOTSOCK. Rests on
    /// SETOPT-01 to SETOPT-49.</remarks>
    /// <param name="s">The socket.</param>
    /// <param name="level">The option level, for instance 0xFFFF for SOL_SOCKET.</param>
    /// <param name="name">The option.</param>
    /// <param name="value">The value; a default span is a null pointer.</param>
    /// <param name="length">The length in bytes as the caller states it.</param>
    /// <returns>Success, or the error.</returns>
    WsaError SetSockOpt(SocketHandle s, int level, int name, ReadOnlySpan<byte> value, int length);

    /// <summary>
    /// <c>WSPShutdown</c>. Ends sending, receiving or both; never waits.
    /// </summary>
    /// <remarks>Errors: WSAENETDOWN, WSAEINVAL, WSAEINPROGRESS, WSAENOTCONN, WSAENOTSOCK. Rests on SHUTDOWN-02 to SHUTDOWN-16.</remarks>
    /// <param name="s">The socket.</param>
    /// <param name="how">Which direction; another value is refused with WSAEINVAL.</param>
    /// <returns>Success, or the error.</returns>
    WsaError Shutdown(SocketHandle s, SocketShutdown how);

    /// <summary>
    /// <c>WSPSocket</c>. Creates a socket, blocking and without a local name.
    /// </summary>
    /// <remarks>Errors: WSAENETDOWN, WSAEAFNOSUPPORT, WSAEINPROGRESS, WSAEMFILE, WSAENOBUFS, WSAEPROTONOSUPPORT, WSAEPROTOTYPE, WSAESOCKTNOSUPPORT,
    /// WSAEINVAL. Rests on SOCKET-01 to SOCKET-41.</remarks>
    /// <param name="af">The address family; 0 for any, -1 for that of <paramref name="protocolInfo"/>.</param>
    /// <param name="type">The socket type; 0 for any, -1 as above.</param>
    /// <param name="protocol">The protocol; 0 for any, -1 as above.</param>
    /// <param name="protocolInfo">The protocol description, or null.</param>
    /// <param name="group">Reserved; zero.</param>
    /// <param name="flags">The attribute flags.</param>
    /// <param name="s">The new socket, or <see cref="SocketHandle.Invalid"/>.</param>
    /// <returns>Success, or the error.</returns>
    WsaError Socket(AddressFamily af, SocketType type, ProtocolType protocol, WsaProtocolInfo? protocolInfo, int group, WsaSocketFlags flags, out SocketHandle s);

    /// <summary>
    /// <c>WSPStringToAddress</c>. Reads an address from text.
    /// </summary>
    /// <remarks>Errors: WSAEFAULT, WSAEINVAL. Rests on STR2ADDR-01 to STR2ADDR-20.</remarks>
    /// <param name="text">The text.</param>
    /// <param name="family">The family it belongs to.</param>
    /// <param name="protocolInfo">The protocol; null lets the provider choose.</param>
    /// <param name="address">Receives the native form.</param>
    /// <returns>Success, or the error.</returns>
    WsaError StringToAddress(ReadOnlySpan<char> text, AddressFamily family, WsaProtocolInfo? protocolInfo, SockAddrBuffer? address);
}
