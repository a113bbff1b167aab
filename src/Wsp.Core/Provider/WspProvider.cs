using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Wsp.Diagnostics;
using Wsp.Model;
using Wsp.Spi;
using Wsp.Transport;

namespace Wsp.Provider;

/// <summary>
/// A service provider ready for use: the model, made live over a transport. Every call is one step of <see cref="ProviderMachine"/> under a lock;
/// the effects of the step are carried out afterwards, outside of it and in order. Blocked calls wait on their own threads, alertably; completion
/// routines run only in alertable waits of the thread that started the operation (<see cref="WspThread"/>).
/// </summary>
/// <threadsafety>Every member may be used from any thread, also from completion routines, condition functions, blocking hooks and upcalls.</threadsafety>
public sealed partial class WspProvider : IWspProvider
{
    private const int CleanupStepsAtOnce = 256;

    // What the DLL tells applications of version 1, which reserve memory by these numbers.
    private const int LegacyMaxSockets = 32767;
    private const int LegacyMaxDatagram = 65467;

    private readonly Lock _gate = new();
    private readonly WspProviderOptions _options;
    private readonly EffectPump _pump;
    private readonly EffectRunner _runner;
    private readonly HandleBridge _handles;
    private readonly ProviderClock _clock;
    private readonly ProviderTelemetry _telemetry;
    private readonly ConcurrentDictionary<long, BlockedCaller> _callers = new();
    private readonly ConcurrentDictionary<long, OverlappedUse> _uses = new();
    private readonly Dictionary<long, IWspUpcalls> _upcallTables = [];
    private readonly IWspUpcalls _defaultUpcalls;
    private ProviderState _state;
    private volatile IWspUpcalls _upcalls;
    private long _lastRequest;
    private long _lastUpcallTable;
    private long _sequence;
    private bool _hasTimeouts;

    /// <summary>Makes a provider over a transport. It is not started.</summary>
    /// <param name="transport">The transport; it is not disposed by the provider and outlives it.</param>
    /// <param name="options">How to set it up, or null for the defaults.</param>
    public WspProvider(ITransport transport, WspProviderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(transport);
        _options = options ?? new WspProviderOptions();
        _defaultUpcalls = _options.Upcalls ?? new WspSystem();
        _upcalls = _defaultUpcalls;
        _state = ProviderState.Initial(_options.Settings with { Readings = _options.Profile.Readings, TransportOutlivesProvider = transport.OutlivesProvider });
        _handles = new HandleBridge(_options.IfsHandles, _options.CatalogEntryId);
        _telemetry = new ProviderTelemetry(_options.LoggerFactory?.CreateLogger<WspProvider>(), _options.MeterFactory, _options.TimeProvider);
        ITransportSession session = transport.Attach(new TransportSink(this));
        _runner = new EffectRunner(this, session, _handles, _callers, _uses);
        _pump = new EffectPump(RunBatch);
        _clock = new ProviderClock(_options.TimeProvider, now => Step(new ProviderInput.TimePassed { Now = now }));
    }

    /// <summary>The state at this moment: a value that will not change.</summary>
    public ProviderState State
    {
        get
        {
            lock (_gate)
                return _state;
        }
    }

    /// <summary>The default upcall table, when it is the library's own.</summary>
    public WspSystem? System => _defaultUpcalls as WspSystem;

    /// <summary>How many overlapped records the provider holds on to.</summary>
    internal int RecordsHeld => _uses.Count;

    /// <summary>The upcall table in force: the newest one given (STARTUP-33).</summary>
    internal IWspUpcalls Upcalls => _upcalls;

    /// <inheritdoc/>
    /// <remarks>Hands out the provider itself under its own types.</remarks>
    public object? GetService(Type serviceType)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceType.IsInstanceOfType(this) ? this : serviceType == typeof(IWspUpcalls) ? _upcalls : null;
    }

    /// <inheritdoc/>
    public WsaError Startup(WspVersion versionRequested, WspData? data, WsaProtocolInfo? protocolInfo, IWspUpcalls? upcalls, WspProcTable? procTable, string? client = null)
    {
        long table;
        lock (_gate)
        {
            table = ++_lastUpcallTable;
            _upcallTables[table] = upcalls ?? _defaultUpcalls;
        }

        CallResult result = Begin(
            new ProviderInput.Startup
            {
                Thread = WspThread.Current.Id,
                Version = versionRequested,
                HasPointers = data is not null && procTable is not null,
                Client = client,
                UpcallTable = table,
            },
            out _);
        if (result.Error != WsaError.Success)
        {
            lock (_gate)
                _upcallTables.Remove(table);
            return result.Error;
        }

        var versions = (NegotiatedVersions)result.Detail!;
        data!.Version = versions.Version;
        data.HighVersion = versions.HighVersion;
        data.Description = "WinSock 2.0";
        data.SystemStatus = "Running";
        bool legacy = versions.Version.Major < 2;
        data.MaxSockets = legacy ? LegacyMaxSockets : 0;
        data.MaxUdpDatagram = legacy ? LegacyMaxDatagram : 0;
        procTable!.Provider = this;
        procTable.Entries = Procedures.Table;
        return WsaError.Success;
    }

    /// <inheritdoc/>
    public WsaError Cleanup(string? client = null) =>
        Begin(new ProviderInput.Cleanup { Thread = WspThread.Current.Id, Client = client }, out _).Error;

    /// <summary>
    /// Takes steps of a final cleanup by hand, when <see cref="WspProviderOptions.AdvanceAutomatically"/> is off. The call that began the cleanup waits meanwhile.
    /// </summary>
    /// <param name="steps">The most steps, one or more.</param>
    /// <returns>What the cleanup is waiting for now; empty when it can go on or is done.</returns>
    public IReadOnlyList<CleanupWait> AdvanceCleanup(int steps = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        return Step(new ProviderInput.Advance { Steps = steps }).State.WaitingFor();
    }

    /// <summary>
    /// The process that uses the provider ends, as by a fault: without cleanup, without a word to anybody in it (CLEANUP-32). Calls that are blocked
    /// would never return natively; here they return WSAEINTR, so that their threads can end.
    /// </summary>
    public void EndProcess()
    {
        Step(new ProviderInput.ProcessEnded());
        foreach (BlockedCaller caller in _callers.Values)
            caller.Release(CallResult.Failed(WsaError.Interrupted));
        _uses.Clear();
    }

    /// <summary>Associates a socket with a completion port, as CreateIoCompletionPort does with the handle of an IFS provider.</summary>
    /// <param name="s">The socket.</param>
    /// <param name="port">The port.</param>
    /// <param name="key">The key that packets will carry.</param>
    /// <returns>Success; WSA_INVALID_HANDLE for no socket; WSA_INVALID_PARAMETER for one that has a port.</returns>
    public WsaError AssociatePort(SocketHandle s, CompletionPortHandle port, long key) =>
        Step(new ProviderInput.AssociatePort { Socket = _handles.Inner(s), Thread = WspThread.Current.Id, Port = port, PortKey = key }).Result.Error;

    /// <summary>Cancels the overlapped operations that the calling thread has pending on a socket, as CancelIo does.</summary>
    /// <param name="s">The socket.</param>
    /// <returns>Success, or WSA_INVALID_HANDLE for no socket.</returns>
    public WsaError CancelIo(SocketHandle s) => Step(new ProviderInput.CancelIo { Socket = _handles.Inner(s), Thread = WspThread.Current.Id }).Result.Error;

    /// <summary>One step of the model and its effects; for calls, returns when the effects of the step have been carried out.</summary>
    internal Transition Step(ProviderInput input)
    {
        _clock.Tell(this, input, _hasTimeouts);
        Transition transition = Take(input, out EffectPump.Batch batch);
        _pump.RunThrough(batch);
        AfterStep(transition);
        return transition;
    }

    /// <summary>News from the transport: one step whose effects are carried out by whoever is at it.</summary>
    internal Transition Post(ProviderInput input, Action<Transition>? beforeEffects = null)
    {
        _clock.Tell(this, input, _hasTimeouts);
        Transition transition = Take(input, out _, beforeEffects);
        _pump.Drain();
        AfterStep(transition);
        return transition;
    }

    /// <summary>Applies an input and leaves its effects to be carried out.</summary>
    internal Transition Take(ProviderInput input, out EffectPump.Batch batch, Action<Transition>? beforeEffects = null)
    {
        lock (_gate)
        {
            Transition transition = ProviderMachine.Apply(_state, input);
            _state = transition.State;
            if (transition.Result.Outcome == CallOutcome.Blocked)
                _callers[transition.Result.Call] = new BlockedCaller();
            if (transition.State.UpcallTable != transition.From.UpcallTable)
                UseUpcalls(transition.State.UpcallTable);
            beforeEffects?.Invoke(transition);
            batch = new EffectPump.Batch(++_sequence, input, transition);
            _pump.Enqueue(batch);
            return transition;
        }
    }

    private void AfterStep(Transition transition)
    {
        if (transition.State.TimedCalls > 0)
            _clock.WakeAt(transition.State.NextDeadline());
        if (!_options.AdvanceAutomatically || transition.State.Phase != ProviderPhase.CleaningUp)
            return;
        while (State.CanAdvance)
        {
            Take(new ProviderInput.Advance { Steps = CleanupStepsAtOnce, StopsAtStage = true }, out _);
            _pump.Drain();
        }
    }

    private void RunBatch(EffectPump.Batch batch)
    {
        _options.Observer?.Invoke(new TransitionRecord(batch.Sequence, batch.Input, batch.Transition));
        _telemetry.Observe(batch.Input, batch.Transition);
        foreach (ProviderEffect effect in batch.Effects)
        {
            try
            {
                _runner.Run(effect);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                // Upcalls and transports are foreign code; a fault of theirs must not stop the effects behind it.
                _telemetry.EffectFailed(effect, exception);
            }
        }

        _runner.LetGo(batch);
    }

    private void UseUpcalls(long table)
    {
        IWspUpcalls? chosen = _upcallTables.GetValueOrDefault(table);
        _upcallTables.Clear();
        if (chosen is null)
            return;
        _upcallTables[table] = chosen;
        _upcalls = chosen;
    }

    /// <summary>Makes a call and waits for its answer. A call that was blocked has to be ended with <see cref="End"/> when the caller's memory is written.</summary>
    private CallResult Begin(ProviderInput.Call input, out long blocked)
    {
        blocked = 0;
        CallResult result = Step(input).Result;
        if (result.Outcome != CallOutcome.Blocked)
            return result;
        blocked = result.Call;
        return WaitFor(blocked, input.Thread);
    }

    /// <summary>A blocked call is about to return on its thread: the provider touches nothing of its caller any more.</summary>
    private void End(long blocked)
    {
        if (blocked != 0)
            Step(new ProviderInput.CallReturned { PendingCall = blocked });
    }

    private CallResult WaitFor(long call, WspThreadId thread)
    {
        BlockedCaller caller = _callers[call];
        if (!caller.Released.IsSet)
        {
            _pump.StepAside();
            _upcalls.QueryBlockingCallback(_options.CatalogEntryId, out WspBlockingHook? hook, out nint context);
            if (hook is null)
                WspThread.Current.WaitThroughApcs(caller.Released, Timeout.InfiniteTimeSpan);
            else
                WaitWithHook(caller, hook, context, thread);
        }

        _callers.TryRemove(call, out _);
        return caller.Result;
    }

    /// <summary>Pseudo blocking: the hook is called over and over until the call is answered (CANCEL-25 to CANCEL-28).</summary>
    private void WaitWithHook(BlockedCaller caller, WspBlockingHook hook, nint context, WspThreadId thread)
    {
        while (!caller.Released.IsSet)
        {
            // A hook that has cancelled the call itself says no as well; then there is nothing left to cancel, and a call further up is not meant.
            if (!hook(context) && !caller.Released.IsSet)
                Step(new ProviderInput.CancelBlockingCall { Thread = thread });
            caller.Released.Wait(TimeSpan.FromMilliseconds(1));
        }
    }

    private OverlappedRequest? NewUse(WsaOverlapped? overlapped, WspCompletionRoutine? routine, ImmutableArray<WsaBuffer> buffers, SockAddrBuffer? from)
    {
        // A routine without a record has nowhere to report to: the call is synchronous (SEND-AMB-01, reading A).
        if (overlapped is null)
            return null;
        long request = Interlocked.Increment(ref _lastRequest);
        overlapped.LastRequest = request;
        _uses[request] = new OverlappedUse(request, overlapped, buffers, from, routine);
        return new OverlappedRequest(request, routine is null ? overlapped.Event.Event : EventHandle.None, routine is not null, overlapped.Event.SuppressesCompletionPort);
    }

    /// <summary>Forgets a use that started no operation: the call failed, or was synchronous in spite of its record (SEND-05, RECV-08).</summary>
    private void DropUse(OverlappedRequest? request, CallResult result)
    {
        if (request is null || result.Error == WsaError.IOPending)
            return;
        bool ended = result.Error == WsaError.Success && _uses.TryGetValue(request.Id, out OverlappedUse? use) && use.Finished;
        if (!ended)
            _uses.TryRemove(request.Id, out _);
    }

    private static WspThreadId ThreadOr(WspThreadId thread) => thread.Value == 0 ? WspThread.Current.Id : thread;
}
