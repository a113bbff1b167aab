using System.Collections.Immutable;
using Wsp.Spi;

namespace Wsp.Model;

/// <summary>How a call stands after a transition.</summary>
public enum CallOutcome
{
    /// <summary>It has returned.</summary>
    Returned,

    /// <summary>It waits; <see cref="CallResult.Call"/> names it, and an effect will release it.</summary>
    Blocked,

    /// <summary>Its condition function is to be asked about a request; <see cref="ProviderInput.Decide"/> brings the answer.</summary>
    Deciding,

    /// <summary>The input was no call, or one that had no effect.</summary>
    None,
}

/// <summary>What a call returns, or that it does not return yet.</summary>
public readonly struct CallResult
{
    /// <summary>How the call stands.</summary>
    public CallOutcome Outcome { get; init; }

    /// <summary>The error; meaningful when it has returned.</summary>
    public WsaError Error { get; init; }

    /// <summary>The key of a blocked call.</summary>
    public long Call { get; init; }

    /// <summary>The number of bytes moved, an option length, a count.</summary>
    public int Count { get; init; }

    /// <summary>Whether a failed call reports <see cref="Count"/> all the same.</summary>
    public bool CountsOnError { get; init; }

    /// <summary>The socket made or accepted.</summary>
    public SocketHandle Socket { get; init; }

    /// <summary>Addresses to report, if any.</summary>
    public ReportedNames? Names { get; init; }

    /// <summary>The first address to report, or none.</summary>
    public SockAddr Address => Names?.First ?? default;

    /// <summary>Flags to report.</summary>
    public MessageFlags Flags { get; init; }

    /// <summary>Data to copy to the caller.</summary>
    public ImmutableArray<Payload> Data { get; init; }

    /// <summary>Something only one function reports: negotiated versions, a network event record.</summary>
    public object? Detail { get; init; }

    /// <summary>A call that has returned success.</summary>
    public static CallResult Ok => default;

    /// <summary>A call that has failed.</summary>
    /// <param name="error">The error.</param>
    public static CallResult Failed(WsaError error) => new() { Error = error };

    /// <summary>A call that waits.</summary>
    /// <param name="call">Its key.</param>
    public static CallResult Blocked(long call) => new() { Outcome = CallOutcome.Blocked, Call = call };

    /// <summary>No call.</summary>
    public static CallResult None => new() { Outcome = CallOutcome.None };

    /// <summary>Outcome, error and count on one line.</summary>
    public override string ToString() => Outcome switch
    {
        CallOutcome.Blocked => $"waits as call {Call & 0xFFFFFF}",
        CallOutcome.Deciding => "condition function is asked",
        CallOutcome.None => "done",
        _ when Error != WsaError.Success => Error.Describe(),
        _ when Socket.Value > 0 => $"success, socket {Socket}",
        _ when Count != 0 => $"success, {Count}",
        _ => "success",
    };
}

/// <summary>Addresses a call reports.</summary>
/// <param name="First">The name asked for, the peer, or the source.</param>
/// <param name="Second">The local address, for a condition function.</param>
public sealed record ReportedNames(SockAddr First, SockAddr Second = default)
{
    internal static ReportedNames? Of(SockAddr name) => name.IsNone ? null : new(name);
}

/// <summary>The versions WSPStartup agreed on.</summary>
/// <param name="Version">The version in force.</param>
/// <param name="HighVersion">The provider's highest version.</param>
public sealed record NegotiatedVersions(WspVersion Version, WspVersion HighVersion);
