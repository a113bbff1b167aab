using System.Collections.Concurrent;
using System.Diagnostics;
using Wsp.Spi;

namespace Wsp.Provider;

/// <summary>
/// A thread as the system sees it: a queue of user-mode APCs, which run only in the thread's alertable waits, in the order they were queued.
/// Blocking provider calls that have to wait do so alertably, as native ones do (CLOSE-52, SHUTDOWN-26).
/// </summary>
/// <threadsafety>Anyone may queue; only the thread itself runs and waits.</threadsafety>
public sealed class WspThread
{
    private static readonly ConcurrentDictionary<long, WspThread> s_threads = new();
    private static long s_lastId;

    [ThreadStatic]
    private static WspThread? s_current;

    // Lives as long as its thread: the runtime lets go of it when the thread has ended.
    [ThreadStatic]
    private static Lifetime? s_lifetime;

    private readonly Lock _gate = new();
    private readonly Queue<(WspUserApc Function, object? Context)> _apcs = new();
    private readonly List<ManualResetEventSlim> _waits = [];

    private WspThread() => Id = new WspThreadId(Interlocked.Increment(ref s_lastId));

    /// <summary>The calling thread; made when a thread is first asked for.</summary>
    public static WspThread Current
    {
        get
        {
            if (s_current is { } current)
                return current;
            var made = new WspThread();
            s_threads[made.Id.Value] = made;
            s_lifetime = new Lifetime(made.Id);
            return s_current = made;
        }
    }

    /// <summary>The number the thread has in calls of the interface.</summary>
    public WspThreadId Id { get; }

    /// <summary>The number of APCs that wait for an alertable wait.</summary>
    public int PendingApcs
    {
        get
        {
            lock (_gate)
                return _apcs.Count;
        }
    }

    /// <summary>The blocking hook of the thread, if one is installed (WPUQueryBlockingCallback-03).</summary>
    internal (WspBlockingHook Hook, nint Context)? BlockingHook { get; set; }

    /// <summary>Finds a thread by its number.</summary>
    /// <param name="id">The number.</param>
    /// <returns>The thread, or null when it never made itself known or has ended.</returns>
    public static WspThread? Find(WspThreadId id) => s_threads.GetValueOrDefault(id.Value);

    /// <summary>Forgets the calling thread, as its end does: what is queued to it will never run. A later use makes a new one.</summary>
    public static void End()
    {
        if (s_current is not { } current)
            return;
        s_threads.TryRemove(current.Id.Value, out _);
        s_current = null;
    }

    /// <summary>Queues an APC to this thread (WPUQueueApc-01).</summary>
    /// <param name="function">What to run.</param>
    /// <param name="context">The value to hand to it.</param>
    public void QueueApc(WspUserApc function, object? context)
    {
        ArgumentNullException.ThrowIfNull(function);
        lock (_gate)
        {
            _apcs.Enqueue((function, context));
            foreach (ManualResetEventSlim wait in _waits)
                wait.Set();
        }
    }

    /// <summary>An alertable wait of the calling thread that does not last: runs what is queued, and what that queues.</summary>
    /// <returns>The number of APCs run.</returns>
    public static int RunApcs()
    {
        WspThread thread = Current;
        int count = 0;
        while (thread.TryDequeue(out WspUserApc? function, out object? context))
        {
            function(context);
            count++;
        }

        return count;
    }

    /// <summary>An alertable wait of the calling thread, as SleepEx: returns after APCs have run, or when the time is over.</summary>
    /// <param name="timeout">How long at most; <see cref="Timeout.InfiniteTimeSpan"/> for ever.</param>
    /// <returns>Whether APCs have run.</returns>
    public static bool SleepAlertable(TimeSpan timeout)
    {
        using var never = new ManualResetEventSlim();
        return Current.Wait(never, timeout, alertable: true) == WaitEnd.ApcsRun;
    }

    /// <summary>Waits until something is set, running APCs on the way.</summary>
    /// <returns>Whether it was set; false when the time is over.</returns>
    internal bool WaitThroughApcs(ManualResetEventSlim signal, TimeSpan timeout)
    {
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            TimeSpan left = timeout == Timeout.InfiniteTimeSpan ? timeout : timeout - Stopwatch.GetElapsedTime(start);
            if (timeout != Timeout.InfiniteTimeSpan && left <= TimeSpan.Zero)
                return signal.IsSet;
            if (Wait(signal, left, alertable: true) is var end && end != WaitEnd.ApcsRun)
                return end == WaitEnd.Signaled;
        }
    }

    internal WaitEnd Wait(ManualResetEventSlim signal, TimeSpan timeout, bool alertable)
    {
        if (!alertable)
            return signal.Wait(timeout) ? WaitEnd.Signaled : WaitEnd.TimedOut;
        if (signal.IsSet)
            return WaitEnd.Signaled;
        using var apc = new ManualResetEventSlim();
        lock (_gate)
        {
            if (_apcs.Count > 0)
                apc.Set();
            _waits.Add(apc);
        }

        int index;
        try
        {
            index = WaitHandle.WaitAny([apc.WaitHandle, signal.WaitHandle], timeout);
        }
        finally
        {
            lock (_gate)
                _waits.Remove(apc);
        }

        if (index == 0)
        {
            RunApcs();
            return WaitEnd.ApcsRun;
        }

        return index == 1 ? WaitEnd.Signaled : WaitEnd.TimedOut;
    }

    /// <summary>Sees to it that a thread that ended without a word is forgotten.</summary>
    private sealed class Lifetime(WspThreadId id)
    {
        ~Lifetime() => s_threads.TryRemove(id.Value, out _);
    }

    private bool TryDequeue([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out WspUserApc? function, out object? context)
    {
        lock (_gate)
        {
            if (_apcs.TryDequeue(out var next))
            {
                (function, context) = next;
                return true;
            }
        }

        function = null;
        context = null;
        return false;
    }
}

/// <summary>How a wait ended.</summary>
internal enum WaitEnd
{
    Signaled,
    ApcsRun,
    TimedOut,
}
