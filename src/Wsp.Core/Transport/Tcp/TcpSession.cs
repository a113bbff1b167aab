using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net.Sockets;
using Wsp.Model;
using Wsp.Spi;

namespace Wsp.Transport.Tcp;

/// <summary>One provider's side of the transport: it finds endpoints by the provider's own handles, which may equal those of another provider.</summary>
/// <param name="transport">The transport.</param>
/// <param name="sink">Where to report.</param>
internal sealed class TcpSession(TcpTransport transport, ITransportSink sink) : ITransportSession
{
    private readonly ConcurrentDictionary<SocketHandle, Endpoint> _endpoints = new();

    /// <summary>The transport.</summary>
    public TcpTransport Transport { get; } = transport;

    /// <summary>Where to report.</summary>
    public ITransportSink Sink { get; } = sink;

    /// <inheritdoc/>
    public void Bind(SocketHandle endpoint, EndpointKind kind, SockAddr address)
    {
        if (kind.Type == SocketType.Stream)
            Get(endpoint, h => new StreamEndpoint(this, h))?.Bind(kind, address);
        else
            Get(endpoint, h => new DatagramEndpoint(this, h))?.Bind(kind, address);
    }

    /// <inheritdoc/>
    public void Listen(SocketHandle endpoint, int backlog) => Find<StreamEndpoint>(endpoint)?.Listen();

    /// <inheritdoc/>
    public void Connect(SocketHandle endpoint, EndpointKind kind, SockAddr remote)
    {
        if (kind.Type == SocketType.Stream)
            Get(endpoint, h => new StreamEndpoint(this, h))?.Connect(kind, remote);
        else
            Get(endpoint, h => new DatagramEndpoint(this, h))?.Connect(kind, remote);
    }

    /// <inheritdoc/>
    public void Accepted(SocketHandle endpoint)
    {
        // The system knows no half-accepted connections; data has been flowing since it arrived.
    }

    /// <inheritdoc/>
    public void Transmit(SocketHandle endpoint, ImmutableArray<Payload> data) => Find<Connection>(endpoint)?.Transmit(data);

    /// <inheritdoc/>
    public void TransmitDatagram(SocketHandle endpoint, EndpointKind kind, SockAddr to, Payload data) =>
        Get(endpoint, h => new DatagramEndpoint(this, h))?.Transmit(kind, to, data);

    /// <inheritdoc/>
    public void Consumed(SocketHandle endpoint, int count) => Find<Connection>(endpoint)?.Consumed(count);

    /// <inheritdoc/>
    public void Finish(SocketHandle endpoint) => Find<Connection>(endpoint)?.Finish();

    /// <inheritdoc/>
    public void Reset(SocketHandle endpoint)
    {
        if (_endpoints.TryRemove(endpoint, out Endpoint? found))
            found.Reset();
    }

    /// <inheritdoc/>
    public void Close(SocketHandle endpoint)
    {
        if (_endpoints.TryRemove(endpoint, out Endpoint? found))
            found.Close();
    }

    /// <inheritdoc/>
    public void HandOff(SocketHandle endpoint, ImmutableArray<Payload> rest)
    {
        if (!_endpoints.TryRemove(endpoint, out Endpoint? found))
            return;
        if (found is Connection connection)
            connection.HandOff(rest);
        else
            found.Close();
    }

    /// <summary>Whether a handle still names an endpoint.</summary>
    /// <param name="handle">The handle.</param>
    /// <param name="endpoint">The endpoint.</param>
    public bool Knows(SocketHandle handle, Endpoint endpoint) => _endpoints.TryGetValue(handle, out Endpoint? found) && ReferenceEquals(found, endpoint);

    /// <summary>Makes a handle name an endpoint that came into being by itself.</summary>
    /// <param name="handle">The handle.</param>
    /// <param name="endpoint">The endpoint.</param>
    public void Name(SocketHandle handle, Endpoint endpoint) => _endpoints[handle] = endpoint;

    /// <summary>Puts a connection in the place of the endpoint it grew from.</summary>
    /// <param name="handle">The handle.</param>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="connection">The connection.</param>
    /// <returns>Whether the endpoint was still there.</returns>
    public bool Replace(SocketHandle handle, Endpoint endpoint, Connection connection) => _endpoints.TryUpdate(handle, connection, endpoint);

    /// <summary>Makes a handle name nothing, if it still names an endpoint.</summary>
    /// <param name="handle">The handle.</param>
    /// <param name="endpoint">The endpoint.</param>
    public void Forget(SocketHandle handle, Endpoint endpoint) => _endpoints.TryRemove(new(handle, endpoint));

    private T? Find<T>(SocketHandle handle)
        where T : Endpoint => _endpoints.GetValueOrDefault(handle) as T;

    private T? Get<T>(SocketHandle handle, Func<SocketHandle, T> make)
        where T : Endpoint => _endpoints.GetOrAdd(handle, make) as T;
}
