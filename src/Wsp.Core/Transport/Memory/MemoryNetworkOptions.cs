namespace Wsp.Transport.Memory;

/// <summary>How a <see cref="MemoryNetwork"/> behaves. The defaults make a perfect network that delivers at once.</summary>
public sealed record MemoryNetworkOptions
{
    /// <summary>How long everything takes from one host to another, or to itself. Defaults to zero.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>The most that a datagram may take longer than <see cref="Latency"/>; datagrams overtake each other by it. Defaults to zero.</summary>
    public TimeSpan DatagramJitter { get; init; }

    /// <summary>The share of datagrams that get lost, 0 to 1. Defaults to 0.</summary>
    public double DatagramLoss { get; init; }

    /// <summary>The seed of loss and jitter: the same seed gives the same network. Defaults to 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>
    /// Whether what is due happens at once, on the thread that caused it. When false, <see cref="MemoryNetwork.Step"/> and its kin make it happen.
    /// Defaults to true.
    /// </summary>
    public bool AutoRun { get; init; } = true;

    /// <summary>The clock that drives latency. Defaults to none: time passes by <see cref="MemoryNetwork.Advance"/> only.</summary>
    public TimeProvider? TimeProvider { get; init; }
}
