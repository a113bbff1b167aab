using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Wsp.Spi;

namespace Wsp.Provider;

/// <summary>A message that WSPAsyncSelect caused.</summary>
/// <param name="Message">The message number.</param>
/// <param name="Socket">The socket, from wParam.</param>
/// <param name="Event">The event, from the low word of lParam.</param>
/// <param name="Error">Its error, from the high word of lParam.</param>
public readonly record struct WspMessage(int Message, SocketHandle Socket, NetworkEvents Event, WsaError Error);

/// <summary>
/// The Winsock DLL and the system around a provider, in memory: event objects, message queues of windows, completion ports, APC queues, and the
/// handle table for providers without IFS handles. It is the default upcall table; a test looks at it to see what a client would see.
/// </summary>
/// <threadsafety>Safe for use from any thread.</threadsafety>
public sealed class WspSystem : IWspUpcalls, ICompletionPorts
{
    private const int HandleStep = 4;

    private readonly ConcurrentDictionary<long, EventObject> _events = new();
    private readonly ConcurrentDictionary<long, ConcurrentQueue<WspMessage>> _windows = new();
    private readonly ConcurrentDictionary<long, BlockingCollection<CompletionPacket>> _ports = new();
    private readonly ConcurrentDictionary<long, long> _socketContexts = new();
    private readonly ConcurrentDictionary<Guid, string> _providerPaths = new();
    private readonly ConcurrentDictionary<long, int> _openThreads = new();
    private long _lastHandle;

    /// <summary>The number of event objects that are not closed.</summary>
    public int OpenEvents => _events.Count;

    /// <summary>The number of socket handles made by <see cref="CreateSocketHandle"/> and not given back.</summary>
    public int OpenSocketHandles => _socketContexts.Count;

    // Events

    /// <summary>Makes an event object that is not set.</summary>
    /// <param name="manualReset">Whether it stays set until reset, rather than letting one waiter pass.</param>
    public EventHandle CreateEvent(bool manualReset)
    {
        long handle = NextHandle();
        _events[handle] = new EventObject(manualReset);
        return new EventHandle(handle);
    }

    /// <inheritdoc/>
    public WsaError CreateEvent(out EventHandle eventObject)
    {
        eventObject = CreateEvent(manualReset: true);
        return WsaError.Success;
    }

    /// <inheritdoc/>
    public WsaError CloseEvent(EventHandle eventObject) => _events.TryRemove(eventObject.Event.Value, out _) ? WsaError.Success : WsaError.InvalidHandle;

    /// <inheritdoc/>
    public WsaError SetEvent(EventHandle eventObject)
    {
        if (!_events.TryGetValue(eventObject.Event.Value, out EventObject? found))
            return WsaError.InvalidHandle;
        found.Set();
        return WsaError.Success;
    }

    /// <inheritdoc/>
    public WsaError ResetEvent(EventHandle eventObject)
    {
        if (!_events.TryGetValue(eventObject.Event.Value, out EventObject? found))
            return WsaError.InvalidHandle;
        found.Reset();
        return WsaError.Success;
    }

    /// <summary>Tells whether an event is set, without letting a waiter pass.</summary>
    /// <param name="eventObject">The event.</param>
    public bool IsSet(EventHandle eventObject) => _events.TryGetValue(eventObject.Event.Value, out EventObject? found) && found.IsSet;

    /// <summary>Waits for an event; a success resets an event that is not manual-reset.</summary>
    /// <param name="eventObject">The event.</param>
    /// <param name="timeout">How long at most; zero to look only.</param>
    /// <returns>Whether it was set.</returns>
    public bool WaitForEvent(EventHandle eventObject, TimeSpan timeout) =>
        _events.TryGetValue(eventObject.Event.Value, out EventObject? found) && found.Wait(timeout);

    // Windows

    /// <summary>Makes a message queue that stands for a window.</summary>
    public WindowHandle CreateWindow()
    {
        long handle = NextHandle();
        _windows[handle] = new();
        return new WindowHandle(handle);
    }

    /// <summary>Takes the next message of a window.</summary>
    /// <param name="window">The window.</param>
    /// <param name="message">The message.</param>
    /// <returns>Whether there was one.</returns>
    public bool TryGetMessage(WindowHandle window, out WspMessage message)
    {
        message = default;
        return _windows.TryGetValue(window.Value, out ConcurrentQueue<WspMessage>? queue) && queue.TryDequeue(out message);
    }

    /// <inheritdoc/>
    public bool PostMessage(WindowHandle window, int message, long wParam, long lParam)
    {
        if (!_windows.TryGetValue(window.Value, out ConcurrentQueue<WspMessage>? queue))
            return false;
        queue.Enqueue(new(message, new SocketHandle(wParam), (NetworkEvents)(lParam & 0xFFFF), (WsaError)(int)(lParam >> 16)));
        return true;
    }

    // Completion ports

    /// <summary>Makes a completion port. Associate sockets with it through <c>WspProvider.AssociatePort</c>.</summary>
    public CompletionPortHandle CreateCompletionPort()
    {
        long handle = NextHandle();
        _ports[handle] = new(new ConcurrentQueue<CompletionPacket>());
        return new CompletionPortHandle(handle);
    }

    /// <inheritdoc/>
    public void Post(CompletionPortHandle port, CompletionPacket packet)
    {
        if (_ports.TryGetValue(port.Value, out BlockingCollection<CompletionPacket>? queue))
            queue.Add(packet);
    }

    /// <summary>Takes the next packet of a port.</summary>
    /// <param name="port">The port.</param>
    /// <param name="timeout">How long to wait at most; zero to look only.</param>
    /// <param name="packet">The packet.</param>
    /// <returns>Whether there was one.</returns>
    public bool TryDequeue(CompletionPortHandle port, TimeSpan timeout, [NotNullWhen(true)] out CompletionPacket? packet)
    {
        packet = null;
        return _ports.TryGetValue(port.Value, out BlockingCollection<CompletionPacket>? queue) && queue.TryTake(out packet, timeout);
    }

    // Socket handles

    /// <inheritdoc/>
    public WsaError CreateSocketHandle(int catalogEntryId, long context, out SocketHandle s)
    {
        s = new SocketHandle(NextHandle());
        _socketContexts[s.Value] = context;
        return WsaError.Success;
    }

    /// <inheritdoc/>
    public WsaError CloseSocketHandle(SocketHandle s) => _socketContexts.TryRemove(s.Value, out _) ? WsaError.Success : WsaError.NotSocket;

    /// <inheritdoc/>
    public WsaError QuerySocketHandleContext(SocketHandle s, out long context) => _socketContexts.TryGetValue(s.Value, out context) ? WsaError.Success : WsaError.NotSocket;

    /// <inheritdoc/>
    public WsaError ModifyIfsHandle(int catalogEntryId, SocketHandle proposedHandle, out SocketHandle s)
    {
        s = proposedHandle;
        return WsaError.Success;
    }

    /// <inheritdoc/>
    public bool FDIsSet(SocketHandle s, FdSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        return set.Contains(s);
    }

    // Threads

    /// <inheritdoc/>
    public WsaError OpenCurrentThread(out WspThreadId threadId)
    {
        threadId = WspThread.Current.Id;
        _openThreads.AddOrUpdate(threadId.Value, 1, (_, count) => count + 1);
        return WsaError.Success;
    }

    /// <inheritdoc/>
    public WsaError CloseThread(WspThreadId threadId)
    {
        if (!_openThreads.TryGetValue(threadId.Value, out int count) || count == 0)
            return WsaError.InvalidArgument;
        _openThreads[threadId.Value] = count - 1;
        return WsaError.Success;
    }

    /// <inheritdoc/>
    public WsaError QueueApc(WspThreadId threadId, WspUserApc function, object? context)
    {
        if (WspThread.Find(threadId) is not { } thread)
            return WsaError.InvalidArgument;
        thread.QueueApc(function, context);
        return WsaError.Success;
    }

    /// <summary>Installs the blocking hook of the calling thread, as WSASetBlockingHook did for applications of version 1.1.</summary>
    /// <param name="hook">The hook, or null to take it away.</param>
    /// <param name="context">The value to hand to it.</param>
    public static void SetBlockingHook(WspBlockingHook? hook, nint context = 0) => WspThread.Current.BlockingHook = hook is null ? null : (hook, context);

    /// <inheritdoc/>
    public WsaError QueryBlockingCallback(int catalogEntryId, out WspBlockingHook? hook, out nint context)
    {
        hook = WspThread.Current.BlockingHook?.Hook;
        context = WspThread.Current.BlockingHook?.Context ?? 0;
        return WsaError.Success;
    }

    // The rest

    /// <summary>Records the path of a provider, as its installation does.</summary>
    /// <param name="providerId">The provider.</param>
    /// <param name="path">The path, references to the environment unresolved.</param>
    public void RegisterProviderPath(Guid providerId, string path) => _providerPaths[providerId] = path;

    /// <inheritdoc/>
    public WsaError GetProviderPath(Guid providerId, out string path)
    {
        bool known = _providerPaths.TryGetValue(providerId, out string? found);
        path = found ?? "";
        return known ? WsaError.Success : WsaError.InvalidArgument;
    }

    /// <inheritdoc/>
    public WsaError CompleteOverlappedRequest(SocketHandle s, WsaOverlapped overlapped, WsaError error, int bytesTransferred)
    {
        ArgumentNullException.ThrowIfNull(overlapped);
        overlapped.InternalHigh = bytesTransferred;
        overlapped.Internal = error.ToNtStatus();
        return overlapped.Event.IsNone ? WsaError.Success : SetEvent(overlapped.Event);
    }

    private long NextHandle() => Interlocked.Add(ref _lastHandle, HandleStep);

    private sealed class EventObject(bool manualReset)
    {
        private readonly Lock _gate = new();
        private readonly ManualResetEventSlim _set = new();

        public bool IsSet => _set.IsSet;

        public void Set() => _set.Set();

        public void Reset() => _set.Reset();

        public bool Wait(TimeSpan timeout)
        {
            if (manualReset)
                return _set.Wait(timeout);
            while (_set.Wait(timeout))
            {
                lock (_gate)
                {
                    if (_set.IsSet)
                    {
                        _set.Reset();
                        return true;
                    }
                }
            }

            return false;
        }
    }
}
