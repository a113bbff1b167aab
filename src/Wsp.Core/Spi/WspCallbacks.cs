namespace Wsp.Spi;

/// <summary>A completion routine: runs on the thread that started the operation, in an alertable wait of it, once (SEND-27, SEND-29, RECV-30, RECV-32).</summary>
/// <param name="error">The final status (SEND-33).</param>
/// <param name="bytesTransferred">The number of bytes moved.</param>
/// <param name="overlapped">The record given when the operation was started.</param>
/// <param name="flags">Zero for sends (SEND-34); for receives what the flags would have been had the call finished at once (RECV-37).</param>
public delegate void WspCompletionRoutine(WsaError error, int bytesTransferred, WsaOverlapped overlapped, MessageFlags flags);

/// <summary>A condition function of WSPAccept: runs on the thread that called it (ACCEPT-04).</summary>
/// <param name="request">The connection request under decision.</param>
/// <returns>The answer; a value that is none of the three makes the accept fail with WSAEINVAL.</returns>
public delegate ConditionAnswer WspConditionFunction(ConnectionRequest request);

/// <summary>What a condition function is told about the request at the head of the queue.</summary>
/// <param name="Caller">The remote party's address, the native lpCallerId (ACCEPT-30, ACCEPT-33).</param>
/// <param name="Callee">The local address of the connection, the native lpCalleeId (ACCEPT-39).</param>
/// <param name="CallbackData">The value given to WSPAccept, passed on unread (ACCEPT-48, ACCEPT-49).</param>
public readonly record struct ConnectionRequest(SockAddr Caller, SockAddr Callee, object? CallbackData);

/// <summary>A blocking hook of the client (WPUQueryBlockingCallback).</summary>
/// <param name="context">The value the upcall gave along with the hook (WPUQueryBlockingCallback-02).</param>
/// <returns>True to keep waiting (WPUQueryBlockingCallback-06), false when the call was cancelled.</returns>
public delegate bool WspBlockingHook(nint context);

/// <summary>A user-mode APC function, the native LPWSAUSERAPC: one value, no more (SEND-32).</summary>
/// <param name="context">The value given when it was queued.</param>
public delegate void WspUserApc(object? context);
