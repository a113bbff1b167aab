using System.Collections.Concurrent;
using System.Diagnostics;
using Wsp.Cli.Running.Peers;
using Wsp.Model;
using Wsp.Provider;
using Wsp.Specification;
using Wsp.Spi;

namespace Wsp.Cli.Running;

/// <summary>Everything one case works with: a provider, the system and the network around it, helper threads, and the things the case has named.</summary>
internal sealed class World : IDisposable
{
    private readonly object _news = new();
    private readonly ConcurrentDictionary<string, object> _named = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _ports = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<SocketHandle, int> _lastPorts = new();
    private readonly ConcurrentDictionary<string, object> _memos = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<RoutineCall> _routineCalls = new();
    private readonly ConcurrentQueue<TransitionRecord> _records = new();
    private readonly bool _keepRecords;

    public World(Profile profile, TransportKind transport, bool keepRecords)
    {
        _keepRecords = keepRecords;
        Net = Net.Create(transport);
        Provider = new WspProvider(Net.Transport, new WspProviderOptions { Profile = profile, Upcalls = System, Observer = Observe });
    }

    public WspProvider Provider { get; }

    public WspSystem System { get; } = new();

    public Net Net { get; }

    public bool IsMemory => Net.Kind == TransportKind.Memory;

    public ConcurrentDictionary<string, StepThread> Threads { get; } = new(StringComparer.Ordinal);

    public ConcurrentDictionary<string, BackgroundCall> Background { get; } = new(StringComparer.Ordinal);

    /// <summary>How often each queued call has run.</summary>
    public ConcurrentDictionary<string, int> ApcRuns { get; } = new(StringComparer.Ordinal);

    /// <summary>How many bytes of the pattern each socket has sent.</summary>
    public ConcurrentDictionary<SocketHandle, long> PatternSent { get; } = new();

    // Names

    public void Name(IReadOnlyList<string> names, IReadOnlyList<object> made)
    {
        for (int i = 0; i < Math.Min(names.Count, made.Count); i++)
            _named[names[i]] = made[i];
    }

    public T Get<T>(string name) => _named.GetValueOrDefault(name) switch
    {
        T found => found,
        null => throw new CaseTrouble($"\"{name}\" was not made: the step that should have made it failed or has not returned"),
        var other => throw new CaseTrouble($"\"{name}\" is {Describe(other)}, where {typeof(T).Name} is wanted"),
    };

    public object? Find(string name) => _named.GetValueOrDefault(name);

    /// <summary>The name a case gave to something, or its value.</summary>
    public string NameOf(object value)
    {
        foreach ((string name, object named) in _named)
        {
            if (named.Equals(value) || (named is OverlappedRecord record && ReferenceEquals(record.Native, value)))
                return name;
        }

        return value.ToString() ?? "";
    }

    /// <summary>What the case calls the same thing in all its steps: the first value seen.</summary>
    public object Memo(string word, object value) => _memos.GetOrAdd(word, value);

    // Ports

    /// <summary>The port that goes by a letter of the case.</summary>
    public int FreePort(string letter) => _ports.GetOrAdd(letter, _ => Net.UnusedPort());

    /// <summary>The local port of a socket, also after it was closed.</summary>
    public int PortOf(string name)
    {
        SocketHandle handle = Get<SocketHandle>(name);
        Remember(handle);
        return _lastPorts.TryGetValue(handle, out int port) ? port : throw new CaseTrouble($"the socket \"{name}\" has no local port");
    }

    /// <summary>Keeps the port of a socket that is about to be closed.</summary>
    public void Remember(SocketHandle handle)
    {
        if (Provider.State.FindOpen(handle) is { Local.Port: > 0 } socket)
            _lastPorts[handle] = socket.Local.Port;
    }

    // Completion routines

    public WspCompletionRoutine Routine(string name) => (error, bytes, overlapped, _) =>
        _routineCalls.Enqueue(new RoutineCall(name, error, bytes, NameOf(overlapped), WspThread.Current.Id));

    /// <summary>Takes the routine calls made since the last time.</summary>
    public IReadOnlyList<RoutineCall> TakeRoutineCalls()
    {
        var calls = new List<RoutineCall>();
        while (_routineCalls.TryDequeue(out RoutineCall? call))
            calls.Add(call);
        return calls;
    }

    public int RoutineCallsWaiting => _routineCalls.Count;

    // Transitions

    /// <summary>Takes the transitions that happened since the last time.</summary>
    public IReadOnlyList<TransitionRecord> TakeRecords()
    {
        var records = new List<TransitionRecord>();
        while (_records.TryDequeue(out TransitionRecord? record))
            records.Add(record);
        return records;
    }

    /// <summary>Waits until something is so that transitions, or helper threads, make so.</summary>
    public bool WaitUntil(Func<bool> condition, TimeSpan timeout)
    {
        long start = Stopwatch.GetTimestamp();
        lock (_news)
        {
            while (!condition())
            {
                TimeSpan left = timeout == Timeout.InfiniteTimeSpan ? timeout : timeout - Stopwatch.GetElapsedTime(start);
                if (left <= TimeSpan.Zero && timeout != Timeout.InfiniteTimeSpan)
                    return false;
                Monitor.Wait(_news, left);
            }
        }

        return true;
    }

    /// <summary>Tells those who wait that something has changed.</summary>
    public void Pulse()
    {
        lock (_news)
            Monitor.PulseAll(_news);
    }

    /// <summary>Whether a thread is inside a call that waits.</summary>
    public bool IsBlocked(WspThreadId thread) => Provider.State.Calls.Any(call => call.Thread == thread && call.Progress == CallProgress.Waiting);

    /// <summary>What a hung case is most likely waiting for.</summary>
    public string DescribeWaits()
    {
        ProviderState state = Provider.State;
        IEnumerable<string> waits = state.WaitingFor().Select(wait => wait.ToString())
            .Concat(state.Calls.Where(call => call.Progress == CallProgress.Waiting).Select(call => $"WSP{call.Kind} on {NameOf(call.Socket)} is blocked"));
        string text = string.Join("; ", waits.Distinct());
        return text.Length == 0 ? "no call of the provider is blocked" : text;
    }

    public void Dispose()
    {
        Provider.EndProcess();
        foreach (Peer peer in _named.Values.OfType<Peer>())
            peer.Dispose();
        foreach (StepThread thread in Threads.Values)
            thread.Dispose();
        Net.Dispose();
    }

    private static string Describe(object value) => value switch
    {
        SocketHandle => "a socket",
        EventHandle => "an event",
        OverlappedRecord => "an overlapped record",
        CompletionPortHandle => "a completion port",
        WindowHandle => "a window",
        Peer => "a peer",
        _ => "something else",
    };

    private void Observe(TransitionRecord record)
    {
        if (_keepRecords)
            _records.Enqueue(record);
        Pulse();
    }
}

/// <summary>One call of a completion routine.</summary>
internal sealed record RoutineCall(string Routine, WsaError Error, int Bytes, string Overlapped, WspThreadId Thread);
