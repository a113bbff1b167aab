using System.Collections.Immutable;
using System.Numerics;
using Wsp.Spi;

namespace Wsp.Model;

/// <summary>How network events of a socket are told.</summary>
public enum EventTarget
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>By an event object and a record (WSPEventSelect).</summary>
    EventObject,

    /// <summary>By messages to a window (WSPAsyncSelect).</summary>
    Window,
}

/// <summary>A registration for network events and its record.</summary>
/// <threadsafety>Immutable.</threadsafety>
public sealed record EventRegistration
{
    private static readonly ImmutableArray<WsaError> s_noErrors = [.. new WsaError[10]];

    /// <summary>No registration.</summary>
    public static EventRegistration None { get; } = new();

    /// <summary>How events are told.</summary>
    public EventTarget Target { get; init; }

    /// <summary>The events asked for.</summary>
    public NetworkEvents Mask { get; init; }

    /// <summary>The event object to set.</summary>
    public EventHandle EventObject { get; init; }

    /// <summary>The window to post to.</summary>
    public WindowHandle Window { get; init; }

    /// <summary>The message to post.</summary>
    public int Message { get; init; }

    /// <summary>Events that were recorded and not yet fetched (EVSEL-02).</summary>
    public NetworkEvents Recorded { get; init; }

    /// <summary>Events that are quiet until their re-enabling function is called (EVSEL-19).</summary>
    public NetworkEvents Quiet { get; init; }

    /// <summary>The error that goes with each recorded event, by bit.</summary>
    public ImmutableArray<WsaError> Errors { get; init; } = s_noErrors;

    /// <summary>The error recorded with an event.</summary>
    /// <param name="networkEvent">Exactly one event.</param>
    public WsaError ErrorOf(NetworkEvents networkEvent) => Errors[BitOperations.TrailingZeroCount((uint)networkEvent)];

    internal EventRegistration Record(NetworkEvents networkEvent, WsaError error) => this with
    {
        Recorded = Recorded | networkEvent,
        Errors = Errors.SetItem(BitOperations.TrailingZeroCount((uint)networkEvent), error),
    };
}
