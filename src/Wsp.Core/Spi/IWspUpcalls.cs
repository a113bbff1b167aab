namespace Wsp.Spi;

/// <summary>
/// What a provider may ask of the Winsock DLL: the 15 entries of the native WSPUPCALLTABLE, under their names without the prefix, and
/// WPUCompleteOverlappedRequest, which is exported beside the table (STARTUP-35). The newest table handed to WSPStartup is the one in force
/// (STARTUP-33). Where the native function answers FALSE or SOCKET_ERROR, these return the error.
/// </summary>
/// <threadsafety>Called by the provider on any thread, never while it holds a lock of its own.</threadsafety>
public interface IWspUpcalls
{
    /// <summary><c>WPUCloseEvent</c>: closes an event object. Answers WSA_INVALID_HANDLE for no event (WPUCloseEvent-01, WPUCloseEvent-02).</summary>
    /// <param name="eventObject">The event.</param>
    WsaError CloseEvent(EventHandle eventObject);

    /// <summary><c>WPUCloseSocketHandle</c>: takes a handle made by <see cref="CreateSocketHandle"/> back. Answers WSAENOTSOCK for any other (WPUCloseSocketHandle-01, WPUCloseSocketHandle-02).</summary>
    /// <param name="s">The handle.</param>
    WsaError CloseSocketHandle(SocketHandle s);

    /// <summary><c>WPUCreateEvent</c>: makes a manual-reset event that is not set (WPUCreateEvent-01, WPUCreateEvent-02).</summary>
    /// <param name="eventObject">The event, or none.</param>
    WsaError CreateEvent(out EventHandle eventObject);

    /// <summary><c>WPUCreateSocketHandle</c>: makes the handle of a provider without IFS handles (WPUCreateSocketHandle-01, WPUCreateSocketHandle-02).</summary>
    /// <param name="catalogEntryId">The provider's catalog entry.</param>
    /// <param name="context">A value to keep with the handle.</param>
    /// <param name="s">The handle, or <see cref="SocketHandle.Invalid"/>.</param>
    WsaError CreateSocketHandle(int catalogEntryId, long context, out SocketHandle s);

    /// <summary><c>WPUFDIsSet</c>: tells whether a socket is in a set (WPUFDIsSet-01).</summary>
    /// <param name="s">The socket.</param>
    /// <param name="set">The set.</param>
    bool FDIsSet(SocketHandle s, FdSet set);

    /// <summary><c>WPUGetProviderPath</c>: gives the path recorded for a provider; references to the environment are not resolved (WPUGetProviderPath-01, WPUGetProviderPath-03).</summary>
    /// <param name="providerId">The provider.</param>
    /// <param name="path">The path, or an empty text.</param>
    WsaError GetProviderPath(Guid providerId, out string path);

    /// <summary><c>WPUModifyIFSHandle</c>: gives the handle to show to the client in place of an IFS handle (WPUModifyIFSHandle-01 to WPUModifyIFSHandle-03).</summary>
    /// <param name="catalogEntryId">The provider's catalog entry.</param>
    /// <param name="proposedHandle">The system's handle.</param>
    /// <param name="s">The handle to use from now on.</param>
    WsaError ModifyIfsHandle(int catalogEntryId, SocketHandle proposedHandle, out SocketHandle s);

    /// <summary><c>WPUOpenCurrentThread</c>: makes a record of the calling thread (WPUOpenCurrentThread-01).</summary>
    /// <param name="threadId">The record.</param>
    WsaError OpenCurrentThread(out WspThreadId threadId);

    /// <summary><c>WPUCloseThread</c>: gives such a record back (WPUCloseThread-01 to WPUCloseThread-03).</summary>
    /// <param name="threadId">The record.</param>
    WsaError CloseThread(WspThreadId threadId);

    /// <summary><c>WPUPostMessage</c>: posts a message to a window (WPUPostMessage-01, WPUPostMessage-02).</summary>
    /// <param name="window">The window.</param>
    /// <param name="message">The message number.</param>
    /// <param name="wParam">The socket.</param>
    /// <param name="lParam">The event in the low word, its error in the high word.</param>
    /// <returns>Whether the message was posted.</returns>
    bool PostMessage(WindowHandle window, int message, long wParam, long lParam);

    /// <summary><c>WPUQueryBlockingCallback</c>: gives the blocking hook of the calling thread (WPUQueryBlockingCallback-01 to WPUQueryBlockingCallback-04).</summary>
    /// <param name="catalogEntryId">The provider's catalog entry.</param>
    /// <param name="hook">The hook, or null to wait on the system's own objects.</param>
    /// <param name="context">The value to hand to the hook.</param>
    WsaError QueryBlockingCallback(int catalogEntryId, out WspBlockingHook? hook, out nint context);

    /// <summary><c>WPUQuerySocketHandleContext</c>: gives the value kept with a handle (WPUQuerySocketHandleContext-01).</summary>
    /// <param name="s">A handle made by <see cref="CreateSocketHandle"/>.</param>
    /// <param name="context">The value.</param>
    WsaError QuerySocketHandleContext(SocketHandle s, out long context);

    /// <summary><c>WPUQueueApc</c>: queues a function to a thread, to run in one of its alertable waits (WPUQueueApc-01, WPUQueueApc-02).</summary>
    /// <param name="threadId">The thread.</param>
    /// <param name="function">The function; the provider's own, never the client's routine (WPUQueueApc-05).</param>
    /// <param name="context">The value to hand to it.</param>
    WsaError QueueApc(WspThreadId threadId, WspUserApc function, object? context);

    /// <summary><c>WPUResetEvent</c>: clears an event (WPUResetEvent-01).</summary>
    /// <param name="eventObject">The event.</param>
    WsaError ResetEvent(EventHandle eventObject);

    /// <summary><c>WPUSetEvent</c>: sets an event (WPUSetEvent-01).</summary>
    /// <param name="eventObject">The event.</param>
    WsaError SetEvent(EventHandle eventObject);

    /// <summary>
    /// <c>WPUCompleteOverlappedRequest</c>: writes byte count and status of a finished operation, in that order, and queues a packet to the port of the
    /// handle or else sets the event (GETOVL-26, GETOVL-27, GETOVL-33). Only for operations without a completion routine (GETOVL-31).
    /// </summary>
    /// <param name="s">The socket.</param>
    /// <param name="overlapped">The record.</param>
    /// <param name="error">The final status.</param>
    /// <param name="bytesTransferred">The number of bytes moved.</param>
    WsaError CompleteOverlappedRequest(SocketHandle s, WsaOverlapped overlapped, WsaError error, int bytesTransferred);
}
