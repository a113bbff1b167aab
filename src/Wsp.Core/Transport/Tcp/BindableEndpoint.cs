using System.Net.Sockets;
using Wsp.Spi;

namespace Wsp.Transport.Tcp;

/// <summary>An endpoint that owns its socket of the operating system and the reservation of the address that socket is bound to.</summary>
/// <param name="session">The session it belongs to.</param>
internal abstract class BindableEndpoint(TcpSession session) : Endpoint(session)
{
    private volatile bool _gone;

    /// <summary>Guards <see cref="Socket"/> and <see cref="Reservation"/> against a loop or an attempt that runs beside the requests.</summary>
    protected Lock Gate { get; } = new();

    /// <summary>The socket; <see langword="null"/> before it is needed and after the end.</summary>
    protected Socket? Socket { get; set; }

    /// <summary>The local address; <see langword="null"/> before one is bound and after the end.</summary>
    protected AddressTable.Reservation? Reservation { get; set; }

    /// <summary>The options its socket last got.</summary>
    protected EndpointKind Kind { get; set; }

    /// <summary>Whether it has been closed.</summary>
    protected bool Gone => _gone;

    /// <inheritdoc/>
    public override void Reset() => Close();

    /// <inheritdoc/>
    public override void Close()
    {
        AddressTable.Reservation? reservation;
        lock (Gate)
        {
            _gone = true;
            reservation = Reservation;
            Reservation = null;
            Socket?.Dispose();
            Socket = null;
        }

        Transport.Addresses.Release(reservation);
        Transport.Remove(this);
    }

    /// <summary>Makes a socket and binds it.</summary>
    /// <param name="kind">Its options.</param>
    /// <param name="address">The address.</param>
    /// <returns>What the operating system answered; WSAENETDOWN when the transport is disposed of.</returns>
    protected WsaError BindSocket(EndpointKind kind, SockAddr address)
    {
        if (Transport.IsDisposed)
            return WsaError.NetworkDown;
        WsaError error = Transport.Addresses.Bind(kind, address, out Socket? socket, out AddressTable.Reservation? reservation);
        lock (Gate)
        {
            Kind = kind;
            Socket = socket;
            Reservation = reservation;
        }

        if (socket is null || Transport.Add(this))
            return error;
        Close();
        return WsaError.NetworkDown;
    }
}
