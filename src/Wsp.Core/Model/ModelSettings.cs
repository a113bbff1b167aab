using System.Collections.Immutable;
using Wsp.Specification;
using Wsp.Spi;

namespace Wsp.Model;

/// <summary>What a model is told once, before its first input.</summary>
public sealed record ModelSettings
{
    /// <summary>The settings of a provider that behaves as documented.</summary>
    public static ModelSettings Default { get; } = new();

    /// <summary>The readings in force. Defaults to the documented ones.</summary>
    public Readings Readings { get; init; } = Profile.Documented.Readings;

    /// <summary>The versions the provider supports, ascending. Defaults to 1.0, 1.1, 2.0, 2.1 and 2.2 (STARTUP-48).</summary>
    public ImmutableArray<WspVersion> SupportedVersions { get; init; } = [new(1, 0), new(1, 1), new(2, 0), new(2, 1), new(2, 2)];

    /// <summary>The most references that may be outstanding; one more is WSAEPROCLIM. Defaults to no limit worth mentioning.</summary>
    public int MaxReferences { get; init; } = int.MaxValue;

    /// <summary>The most descriptors; one more is WSAEMFILE. Defaults to the capacity of the socket table, about 16.7 million.</summary>
    public int MaxSockets { get; init; } = Tables.SlotTable<SocketState>.Capacity;

    /// <summary>The initial SO_SNDBUF, in bytes. Defaults to 65,536.</summary>
    public int SendBuffer { get; init; } = 65536;

    /// <summary>The initial SO_RCVBUF, in bytes. Defaults to 65,536.</summary>
    public int ReceiveBuffer { get; init; } = 65536;

    /// <summary>The most bytes of one connection that are handed to the transport and not yet reported as taken. Defaults to 65,536.</summary>
    public int TransportWindow { get; init; } = 65536;

    /// <summary>The largest datagram, in bytes. Defaults to 65,507, the limit of UDP over IPv4.</summary>
    public int MaxDatagram { get; init; } = 65507;

    /// <summary>The longest accept queue, whatever backlog is asked for (LISTEN-07, LISTEN-15). Defaults to 200.</summary>
    public int MaxBacklog { get; init; } = 200;

    /// <summary>The most overlapped operations outstanding on one socket and direction; one more is WSAEWOULDBLOCK. Defaults to no limit worth mentioning.</summary>
    public int MaxOperationsPerSocket { get; init; } = int.MaxValue;

    /// <summary>Whether the transport below outlives the provider, so that data can be handed to it at cleanup (CLEANUP-26). Defaults to true.</summary>
    public bool TransportOutlivesProvider { get; init; } = true;
}
