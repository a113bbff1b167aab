using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Wsp.Model.Tables;
using Wsp.Specification;
using Wsp.Spi;

namespace Wsp.Model;

/// <summary>
/// One transition in the making: the next state, still open to change, and what has been decided so far. Rules change the draft; when the last one
/// has run it is closed and the state in it never changes again.
/// </summary>
internal sealed class Draft
{
    private readonly ProviderState _from;
    private ProviderEffect[] _effects = [];
    private int _effectCount;
    private List<Rule>? _furtherRules;

    public Draft(ProviderState from)
    {
        _from = from;
        State = from.Clone();
    }

    public ProviderState State { get; }

    public EditToken Token { get; } = new();

    public CallResult Result { get; set; }

    public Readings Readings => State.Settings.Readings;

    public Transition Close(Rule rule)
    {
        ImmutableArray<Rule> rules = _furtherRules is null ? rule.Alone : [rule, .. _furtherRules];
        if (_effects.Length != _effectCount)
            Array.Resize(ref _effects, _effectCount);
        return new(_from, State, Result, ImmutableCollectionsMarshal.AsImmutableArray(_effects), rules);
    }

    public void Emit(ProviderEffect effect)
    {
        // Most steps have one effect or two, a cleanup in one go has as many as there are sockets.
        if (_effectCount == _effects.Length)
            Array.Resize(ref _effects, _effectCount == 0 ? 1 : _effectCount * 2);
        _effects[_effectCount++] = effect;
    }

    /// <summary>Notes a rule that was applied beside the deciding one.</summary>
    public void Also(Rule rule)
    {
        _furtherRules ??= [];
        if (_furtherRules.Count == 0 || !_furtherRules.Contains(rule))
            _furtherRules.Add(rule);
    }

    public Rule Fail(WsaError error, Rule rule)
    {
        Result = CallResult.Failed(error);
        return rule;
    }

    public Rule Succeed(Rule rule)
    {
        Result = CallResult.Ok;
        return rule;
    }

    public Rule NoCall(Rule rule)
    {
        Result = CallResult.None;
        return rule;
    }

    // Sockets

    public SocketState? Open(SocketHandle handle) => State.FindOpen(handle);

    public SocketState? Endpoint(SocketHandle endpoint) => State.FindEndpoint(endpoint);

    /// <summary>Gives a socket that this transition may change, and puts it into the table.</summary>
    public SocketState Edit(SocketState socket)
    {
        SocketState editable = socket.EditableBy(Token);
        if (!ReferenceEquals(editable, socket))
            State.Sockets = State.Sockets.Replace(editable, Token);
        return editable;
    }

    public void Add(SocketState socket)
    {
        State.Sockets = State.Sockets.Add(socket, Token);
        if (socket.Phase == SocketPhase.Open)
            State.OpenSockets++;
    }

    public void Remove(SocketState socket)
    {
        State.Sockets = State.Sockets.Remove(socket.Key, Token);
        if (socket.Phase == SocketPhase.Open)
            State.OpenSockets--;
    }

    // Bytes

    public void Discard(SocketState socket, DiscardReason reason)
    {
        long bytes = socket.QueuedBytes;
        if (bytes == 0)
            return;
        State.Ledger = State.Ledger.Discard(reason, bytes);
        State.QueuedBytes -= bytes;
        socket.Unsent = default;
        socket.InFlight = 0;
    }

    // Blocked calls

    /// <summary>Blocks the calling thread: adds the call to the table and makes that the result.</summary>
    public void Block(PendingCall call)
    {
        State.Calls = State.Calls.Add(call, Token);
        if (call.Deadline > 0)
            State.TimedCalls++;
        if (call.Kind == CallKind.GetOverlappedResult)
            State.ResultWaits++;
        Result = CallResult.Blocked(call.Key);
    }

    /// <summary>The deadline of a time-out given in milliseconds, zero for none.</summary>
    public long DeadlineIn(long milliseconds) => milliseconds == 0 ? 0 : Math.Max(State.Now, 0) + (milliseconds * 1000);

    /// <summary>Whether a call is still waiting; one that was cancelled during a cleanup can still be in a socket's queue.</summary>
    public bool IsWaiting(PendingCall call) => call.IsOverlapped
        ? State.Operations.Find(call.Key) is not null
        : State.Calls.Find(call.Key) is { Progress: not CallProgress.Leaving };

    /// <summary>Answers a blocked call. It stays in the table until it has returned on its thread.</summary>
    public void Release(PendingCall call, CallResult result, Rule because)
    {
        if (State.Calls.Find(call.Key) is not { Progress: not CallProgress.Leaving } waiting)
            return;
        bool deciding = waiting.Progress == CallProgress.Deciding;
        PendingCall leaving = waiting.EditableBy(Token);
        leaving.Progress = CallProgress.Leaving;
        leaving.Answer = result;
        State.Calls = State.Calls.Replace(leaving, Token);
        if (call.Deadline > 0)
            State.TimedCalls--;
        if (call.Kind == CallKind.GetOverlappedResult)
            State.ResultWaits--;

        // A call that is asking its condition function is not waiting: it learns its answer when it brings the function's.
        if (!deciding)
            Emit(new ProviderEffect.ReleaseCaller { Call = call.Key, Thread = call.Thread, Result = result, Because = because });
    }
}
