using System.Net.Sockets;
using Wsp.Spi;

namespace Wsp.Transport.Tcp;

/// <summary>A stream endpoint that is no connection: fresh, bound, listening or connecting.</summary>
/// <param name="session">The session.</param>
/// <param name="handle">Its name.</param>
/// <threadsafety>Requests come one after another; the accept loop and connects run beside them.</threadsafety>
internal sealed class StreamEndpoint(TcpSession session, SocketHandle handle) : BindableEndpoint(session)
{
    /// <summary>How long to wait when the system has no room for another connection.</summary>
    private static readonly TimeSpan s_shortage = TimeSpan.FromMilliseconds(100);

    private bool _listening;
    private volatile bool _connecting;

    /// <summary>Binds.</summary>
    /// <param name="kind">Its options.</param>
    /// <param name="address">The address.</param>
    public void Bind(EndpointKind kind, SockAddr address)
    {
        WsaError error = WsaError.InvalidArgument;
        if (Reservation is null && !_connecting)
            error = BindSocket(kind, address);
        Session.Sink.BindAnswered(handle, error, error == WsaError.Success ? Reservation!.Address.Address : default);
    }

    /// <summary>Listens.</summary>
    public void Listen()
    {
        WsaError error = WsaError.Success;
        try
        {
            if (Socket is { } socket)
                socket.Listen(Transport.Options.Backlog);
            else
                error = WsaError.InvalidArgument;
        }
        catch (SocketException e)
        {
            error = SocketErrors.Of(e.SocketErrorCode);
        }
        catch (ObjectDisposedException)
        {
            error = WsaError.NetworkDown;
        }

        Session.Sink.ListenAnswered(handle, error);

        // The answer may have made the provider close the endpoint, and another one only changes the queue.
        if (error != WsaError.Success || _listening || Gone)
            return;
        _listening = true;
        ThreadPool.UnsafeQueueUserWorkItem(static endpoint => endpoint.AcceptLoop(), this, preferLocal: false);
    }

    /// <summary>Connects; on success a <see cref="Connection"/> takes this endpoint's place.</summary>
    /// <param name="kind">Its options.</param>
    /// <param name="remote">The peer.</param>
    public void Connect(EndpointKind kind, SockAddr remote)
    {
        if (_connecting)
            return;
        _connecting = true;
        WsaError error = Prepare(kind, remote, out Socket? socket);
        if (socket is null)
            Fail(error, remote);
        else
            ThreadPool.UnsafeQueueUserWorkItem(_ => Attempt(socket, kind, remote), null);
    }

    /// <inheritdoc/>
    public override void Abandon()
    {
        bool connecting = _connecting;
        Close();
        if (!connecting)
            Session.Forget(handle, this);
    }

    private WsaError Prepare(EndpointKind kind, SockAddr remote, out Socket? socket)
    {
        socket = null;
        if (Transport.IsDisposed)
            return WsaError.NetworkDown;
        if (remote.Family != kind.Family)
            return WsaError.AddressFamilyNotSupported;

        // Some systems take these for the machine itself, or try; Winsock does not.
        if (remote.Port == 0 || remote.IsWildcard)
            return WsaError.AddressNotAvailable;
        try
        {
            Socket? made = Socket;
            if (made is not null)
            {
                SocketSetup.Apply(made, kind);
            }
            else if (Reservation is not null)
            {
                WsaError error = Transport.Addresses.BindAgain(kind, Reservation, out made);
                if (made is null)
                    return error;
            }
            else
            {
                made = SocketSetup.Create(kind);
            }

            lock (Gate)
                Socket = made;
            if (!Transport.Add(this))
                return WsaError.NetworkDown;
            socket = made;
            return WsaError.Success;
        }
        catch (SocketException e)
        {
            return SocketErrors.Of(e.SocketErrorCode);
        }
    }

    // "async void" on purpose: what it expects it catches, and an exception thrown by a sink is a fault that must not pass unseen.
    private async void Attempt(Socket socket, EndpointKind kind, SockAddr remote)
    {
        WsaError error = WsaError.Success;
        try
        {
            await socket.ConnectAsync(remote.ToIPEndPoint()).ConfigureAwait(false);
        }
        catch (SocketException e) when (e.SocketErrorCode != SocketError.OperationAborted)
        {
            error = SocketErrors.Of(e.SocketErrorCode);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Closed under the attempt: the provider did not wait, or the transport is disposed of.
            error = WsaError.ConnectionAborted;
        }

        if (error == WsaError.Success)
            Establish(socket, kind, remote);
        else
            Fail(error, remote);
    }

    private void Fail(WsaError error, SockAddr remote)
    {
        SockAddr local;
        lock (Gate)
        {
            // A socket that failed to connect is of no more use; another attempt gets a new one, at the same address.
            local = Reservation?.Address.Address ?? default;
            Socket?.Dispose();
            Socket = null;
            _connecting = false;
        }

        if (Reservation is null)
            Transport.Remove(this);
        if (Session.Knows(handle, this))
            Session.Sink.ConnectAnswered(handle, error, local, remote);
    }

    private void Establish(Socket socket, EndpointKind kind, SockAddr remote)
    {
        AddressTable.Reservation? reservation;
        lock (Gate)
        {
            reservation = Gone ? null : Reservation;
            if (!Gone)
            {
                // The socket and its address belong to the connection now.
                Reservation = null;
                Socket = null;
            }
        }

        var connection = new Connection(Session, socket, kind, remote, reservation);
        connection.Name(handle);
        Transport.Remove(this);
        if (Session.Replace(handle, this, connection))
            connection.Start(answer: true);
        else
            connection.Reset();
    }

    // "async void" on purpose: what it expects it catches, and an exception thrown by a sink is a fault that must not pass unseen.
    private async void AcceptLoop()
    {
        while (Socket is { } listener)
        {
            Socket accepted;
            try
            {
                accepted = await listener.AcceptAsync().ConfigureAwait(false);
            }
            catch (SocketException e) when (!Gone && e.SocketErrorCode != SocketError.OperationAborted)
            {
                // A connection that died in the queue is no matter. Without descriptors or memory trying again at once would only burn time.
                if (e.SocketErrorCode is not (SocketError.ConnectionReset or SocketError.ConnectionAborted))
                    await Task.Delay(s_shortage, Transport.Options.TimeProvider).ConfigureAwait(false);
                continue;
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }

            if (Gone)
            {
                SocketSetup.Abort(accepted);
                return;
            }

            Offer(accepted);
        }
    }

    private void Offer(Socket accepted)
    {
        SocketSetup.Apply(accepted, Kind);
        var connection = new Connection(Session, accepted, Kind, default, reservation: null);
        bool named = false;
        WsaError answer = Session.Sink.ConnectionArrived(handle, connection.Local, connection.Remote, name =>
        {
            named = true;
            connection.Name(name);
            Session.Name(name, connection);
        });
        if (answer == WsaError.Success && named)
            connection.Start(answer: false);
        else
            connection.Reset();
    }
}
