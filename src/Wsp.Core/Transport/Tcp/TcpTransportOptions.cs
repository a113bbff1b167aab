namespace Wsp.Transport.Tcp;

/// <summary>How a <see cref="TcpTransport"/> uses the machine's sockets.</summary>
public sealed record TcpTransportOptions
{
    /// <summary>
    /// The queue the system keeps for a listening endpoint, 1024 by default. It is meant to be generous: the provider keeps the queue its client asked for
    /// and refuses what is too much; the system may cut the number down.
    /// </summary>
    public int Backlog { get; init; } = 1024;

    /// <summary>
    /// How long a closed connection is kept for its peer's end once everything was given to the system, 30 seconds by default. During that time what the
    /// peer sends is read and thrown away: with unread data the system would answer the close with a reset, and the peer could lose what it has not read.
    /// </summary>
    public TimeSpan DrainTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Where <see cref="DrainTime"/> and the transport's other time-outs come from; the system's clock by default.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
