using System.Collections.Immutable;
using System.Net.Sockets;
using Wsp.Model;
using Wsp.Spi;

namespace Wsp.Transport;

/// <summary>
/// The lower edge of a provider: a part of the transport stack. It outlives every provider attached to it, unless it says otherwise, and is never
/// disposed by one.
/// </summary>
public interface ITransport
{
    /// <summary>
    /// Whether the transport goes on sending what it was handed after a provider has gone (CLEANUP-26). If not, a final cleanup waits until everything is sent.
    /// </summary>
    bool OutlivesProvider { get; }

    /// <summary>Attaches a provider.</summary>
    /// <param name="sink">Where the transport reports what happens on the provider's endpoints.</param>
    /// <returns>The provider's own side of the transport.</returns>
    ITransportSession Attach(ITransportSink sink);
}

/// <summary>
/// What a provider asks of its transport. Endpoints are named by the handle their socket had, also after that handle is closed; an endpoint comes
/// into being with the first request that names it. Requests come one after another, never while the provider holds a lock. Answers go to the
/// sink, during the request or later. A request about an endpoint the transport does not know, or knows no longer, is ignored.
/// </summary>
public interface ITransportSession
{
    /// <summary>Binds an endpoint; answered by <see cref="ITransportSink.BindAnswered"/>.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="kind">Family, type and the options that decide over sharing an address.</param>
    /// <param name="address">The address asked for; wildcard and port zero let the transport choose (BIND-12, BIND-13).</param>
    void Bind(SocketHandle endpoint, EndpointKind kind, SockAddr address);

    /// <summary>Listens on a bound endpoint; answered by <see cref="ITransportSink.ListenAnswered"/>.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="backlog">The longest queue; the provider keeps the queue and refuses what is too much.</param>
    void Listen(SocketHandle endpoint, int backlog);

    /// <summary>
    /// Connects a stream endpoint; answered by <see cref="ITransportSink.ConnectAnswered"/>. For a datagram endpoint it only chooses a local address, if
    /// there is none, which is reported by <see cref="ITransportSink.AddressAssigned"/>; the provider filters by peer itself.
    /// </summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="kind">Family, type and options.</param>
    /// <param name="remote">The peer.</param>
    void Connect(SocketHandle endpoint, EndpointKind kind, SockAddr remote);

    /// <summary>A connection reported by <see cref="ITransportSink.ConnectionArrived"/> was accepted by the client. Data may flow before that.</summary>
    /// <param name="endpoint">The endpoint.</param>
    void Accepted(SocketHandle endpoint);

    /// <summary>Sends stream data, behind all data given before; progress is reported by <see cref="ITransportSink.BytesTaken"/>.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="data">The data; nobody changes it any more.</param>
    void Transmit(SocketHandle endpoint, ImmutableArray<Payload> data);

    /// <summary>Sends a datagram; an endpoint without a local address gets one, reported by <see cref="ITransportSink.AddressAssigned"/>.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="kind">Family, type and options.</param>
    /// <param name="to">The destination.</param>
    /// <param name="data">The content.</param>
    void TransmitDatagram(SocketHandle endpoint, EndpointKind kind, SockAddr to, Payload data);

    /// <summary>The client has taken received stream data: that much more may be delivered.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="count">Bytes.</param>
    void Consumed(SocketHandle endpoint, int count);

    /// <summary>Ends our side of a stream in good order behind the data given before: a FIN.</summary>
    /// <param name="endpoint">The endpoint.</param>
    void Finish(SocketHandle endpoint);

    /// <summary>Ends a connection at once, unsent data and all: an RST. The endpoint is gone, and nothing more is reported of it.</summary>
    /// <param name="endpoint">The endpoint.</param>
    void Reset(SocketHandle endpoint);

    /// <summary>The provider is done with an endpoint. What the transport still has to send goes out in good order; nothing more is reported of it.</summary>
    /// <param name="endpoint">The endpoint.</param>
    void Close(SocketHandle endpoint);

    /// <summary>
    /// Takes over a closed connection for good: the rest of its data, behind what is on its way, then a FIN. Nothing more is reported of it. Only asked
    /// of a transport that outlives the provider.
    /// </summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="rest">The data not given before.</param>
    void HandOff(SocketHandle endpoint, ImmutableArray<Payload> rest);
}

/// <summary>What a transport has to know of a socket to make an endpoint for it.</summary>
/// <param name="Family">The address family.</param>
/// <param name="Type">Stream or datagram.</param>
/// <param name="Options">The socket's options at the time.</param>
public readonly record struct EndpointKind(AddressFamily Family, SocketType Type, SocketOptions Options)
{
    /// <summary>What a socket asks for.</summary>
    /// <param name="socket">The socket.</param>
    public static EndpointKind Of(SocketState socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        return new(socket.Family, socket.Type, socket.Options);
    }
}

/// <summary>
/// Where a transport reports. Reports about one endpoint come in the order in which things happened to it. A report may make the provider send
/// requests before it returns, so a transport must not hold a lock of its own while reporting.
/// </summary>
/// <threadsafety>Reports may come from any thread.</threadsafety>
public interface ITransportSink
{
    /// <summary>A bind is done.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="error">Success, WSAEADDRINUSE, WSAEADDRNOTAVAIL, WSAEACCES or another error.</param>
    /// <param name="local">The address bound.</param>
    void BindAnswered(SocketHandle endpoint, WsaError error, SockAddr local);

    /// <summary>The transport chose a local address for an endpoint that had none.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="local">The address.</param>
    void AddressAssigned(SocketHandle endpoint, SockAddr local);

    /// <summary>A listen is done.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="error">Success or the error.</param>
    void ListenAnswered(SocketHandle endpoint, WsaError error);

    /// <summary>A connection attempt has ended.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="error">Success, WSAECONNREFUSED, WSAETIMEDOUT, WSAENETUNREACH or another error.</param>
    /// <param name="local">The local address, also when the attempt failed and one was chosen.</param>
    /// <param name="remote">The peer's address.</param>
    void ConnectAnswered(SocketHandle endpoint, WsaError error, SockAddr local, SockAddr remote);

    /// <summary>A connection has arrived at a listening endpoint.</summary>
    /// <param name="listener">The listening endpoint.</param>
    /// <param name="local">The local address.</param>
    /// <param name="remote">The peer's address.</param>
    /// <param name="named">Called with the name of the new endpoint before any request about it is made; must only note it.</param>
    /// <returns>Success, or WSAECONNREFUSED: the connection is to be refused, and there is no endpoint.</returns>
    WsaError ConnectionArrived(SocketHandle listener, SockAddr local, SockAddr remote, Action<SocketHandle> named);

    /// <summary>Stream data has arrived. A transport delivers no more than SO_RCVBUF bytes beyond what was consumed.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="data">The data; nobody may change it any more.</param>
    void DataArrived(SocketHandle endpoint, Payload data);

    /// <summary>A datagram has arrived.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="from">Its source.</param>
    /// <param name="data">Its content.</param>
    void DatagramArrived(SocketHandle endpoint, SockAddr from, Payload data);

    /// <summary>Data given to <see cref="ITransportSession.Transmit"/> has been taken by the network, or by a buffer that survives the provider.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="count">Bytes.</param>
    void BytesTaken(SocketHandle endpoint, int count);

    /// <summary>The peer has ended its side in good order.</summary>
    /// <param name="endpoint">The endpoint.</param>
    void PeerFinished(SocketHandle endpoint);

    /// <summary>A connection was reset or broken; nothing more is reported of it.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="error">WSAECONNRESET, WSAECONNABORTED, WSAENETRESET or WSAETIMEDOUT.</param>
    void ConnectionBroken(SocketHandle endpoint, WsaError error);

    /// <summary>The network is out of order.</summary>
    void NetworkDown();

    /// <summary>The network is in order again.</summary>
    void NetworkUp();
}
