namespace Wsp.Spi;

/// <summary>Flow specifications of a connection, the native QOS: one per direction, kept as the bytes they travel in.</summary>
public sealed class WsaQos
{
    /// <summary>The specification of the sending direction.</summary>
    public ReadOnlyMemory<byte> SendingFlow { get; init; }

    /// <summary>The specification of the receiving direction.</summary>
    public ReadOnlyMemory<byte> ReceivingFlow { get; init; }

    /// <summary>Data only the provider understands.</summary>
    public ReadOnlyMemory<byte> ProviderSpecific { get; init; }
}
