using System.Net;
using System.Net.Sockets;
using Wsp.Model;
using Wsp.Spi;

namespace Wsp.Transport.Tcp;

/// <summary>A datagram endpoint.</summary>
/// <param name="session">The session.</param>
/// <param name="handle">Its name.</param>
/// <threadsafety>Requests come one after another; the receive loop runs beside them.</threadsafety>
internal sealed class DatagramEndpoint(TcpSession session, SocketHandle handle) : BindableEndpoint(session)
{
    private const int LargestDatagram = 65536;

    /// <summary>How long to wait after an error that is not about one datagram.</summary>
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);


    /// <summary>Binds.</summary>
    /// <param name="kind">Its options.</param>
    /// <param name="address">The address.</param>
    public void Bind(EndpointKind kind, SockAddr address)
    {
        WsaError error = Socket is null ? BindSocket(kind, address) : WsaError.InvalidArgument;
        Session.Sink.BindAnswered(handle, error, error == WsaError.Success ? Reservation!.Address.Address : default);
        if (error == WsaError.Success)
            StartReceiving();
    }

    /// <summary>Sees to it that there is a local address. The system's socket is not connected: the provider filters, and may change its mind.</summary>
    /// <param name="kind">Its options.</param>
    /// <param name="remote">The peer.</param>
    public void Connect(EndpointKind kind, SockAddr remote) => EnsureBound(kind, remote);

    /// <summary>Sends a datagram. As ever with datagrams, nobody is told what becomes of it.</summary>
    /// <param name="kind">Its options.</param>
    /// <param name="to">The destination.</param>
    /// <param name="data">The content; when only its length is known, zeroes go out.</param>
    public void Transmit(EndpointKind kind, SockAddr to, Payload data)
    {
        if (to.Family != kind.Family)
            return;
        EnsureBound(kind, default);
        if (Socket is not { } socket)
            return;
        if (kind.Options.Has(OptionFlags.Broadcast) != Kind.Options.Has(OptionFlags.Broadcast))
        {
            SocketSetup.Apply(socket, kind);
            Kind = kind;
        }

        _ = SendAsync(socket, data.Bytes.IsEmpty ? new byte[data.Length] : data.Bytes, to);
    }

    /// <inheritdoc/>
    public override void Abandon()
    {
        Close();
        Session.Forget(handle, this);
    }

    // The sends of a socket are queued by the runtime in the order in which they begin, so none has to wait for the one before.
    private static async Task SendAsync(Socket socket, ReadOnlyMemory<byte> data, SockAddr to)
    {
        try
        {
            await socket.SendToAsync(data, SocketFlags.None, to.ToIPEndPoint()).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Lost, as datagrams may be.
        }
    }

    private void EnsureBound(EndpointKind kind, SockAddr remote)
    {
        if (Socket is not null || BindSocket(kind, SockAddr.Any(kind.Family)) != WsaError.Success)
            return;
        SockAddr bound = Reservation!.Address.Address;
        SockAddr routed = remote.Family == kind.Family ? RouteTo(remote) : default;

        // The socket stays at the wildcard, so that every peer can be reached later; the client of a connected one sees the address its peer sees.
        Session.Sink.AddressAssigned(handle, routed.IsNone ? bound : routed.WithPort(bound.Port));
        StartReceiving();
    }

    /// <summary>The local address the system would use towards a peer; none if it has no way there.</summary>
    private static SockAddr RouteTo(SockAddr remote)
    {
        try
        {
            using var probe = new Socket(remote.Family, SocketType.Dgram, ProtocolType.Udp);
            if (remote.Family == AddressFamily.InterNetworkV6)
                probe.DualMode = true;
            probe.Connect(remote.ToIPEndPoint());
            return SocketSetup.LocalOf(probe);
        }
        catch (SocketException)
        {
            return default;
        }
    }

    /// <summary>Starts only after the address was reported: nothing may arrive at an endpoint before it has one.</summary>
    private void StartReceiving()
    {
        if (Socket is { } socket)
            ThreadPool.UnsafeQueueUserWorkItem(_ => ReceiveLoop(socket), null);
    }

    // "async void" on purpose: what it expects it catches, and an exception thrown by a sink is a fault that must not pass unseen.
    private async void ReceiveLoop(Socket socket)
    {
        byte[] buffer = new byte[LargestDatagram];
        var any = new IPEndPoint(socket.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, 0);
        while (!Gone)
        {
            SocketReceiveFromResult got;
            try
            {
                got = await socket.ReceiveFromAsync(buffer, SocketFlags.None, any).ConfigureAwait(false);
            }
            catch (SocketException e) when (!Gone && e.SocketErrorCode != SocketError.OperationAborted)
            {
                // Word of an earlier datagram that nobody wanted, and a datagram too large for anything, concern no receiver.
                if (e.SocketErrorCode is not (SocketError.ConnectionReset or SocketError.ConnectionRefused or SocketError.MessageSize))
                    await Task.Delay(s_pause, Transport.Options.TimeProvider).ConfigureAwait(false);
                continue;
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }

            if (!Gone)
                Session.Sink.DatagramArrived(handle, SockAddr.From((IPEndPoint)got.RemoteEndPoint), new(buffer.AsSpan(0, got.ReceivedBytes).ToArray()));
        }
    }
}
