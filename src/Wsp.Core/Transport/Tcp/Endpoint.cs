namespace Wsp.Transport.Tcp;

/// <summary>Something a session knows by a handle: a stream endpoint without a connection, a connection, or a datagram endpoint.</summary>
/// <param name="session">The session it belongs to.</param>
internal abstract class Endpoint(TcpSession session)
{
    /// <summary>The session it belongs to.</summary>
    protected TcpSession Session { get; } = session;

    /// <summary>The transport it belongs to.</summary>
    protected TcpTransport Transport => Session.Transport;

    /// <summary>Ends it at once and silently; a connection by a reset.</summary>
    public abstract void Reset();

    /// <summary>Ends it in good order and silently.</summary>
    public abstract void Close();

    /// <summary>Ends it at once because the transport is disposed of; the provider learns of it as far as it is waiting for something.</summary>
    public abstract void Abandon();
}
