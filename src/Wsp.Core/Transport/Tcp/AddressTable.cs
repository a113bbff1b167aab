using System.Net.Sockets;
using Wsp.Spi;

namespace Wsp.Transport.Tcp;

/// <summary>
/// The local addresses the endpoints of one transport are bound to. It decides among them by Winsock's rules, which differ from those of other
/// systems; against the rest of the machine the system decides.
/// </summary>
/// <threadsafety>All members may be used from any thread. The lock is held while the system binds, never while a sink is called.</threadsafety>
internal sealed class AddressTable
{
    /// <summary>How often the system is asked for a free port before its choices, all of them in use by the table, count as a refusal.</summary>
    private const int PortTries = 16;

    private readonly Lock _gate = new();
    private readonly Dictionary<(SocketType Type, ushort Port), List<Reservation>> _reservations = [];

    /// <summary>Makes a socket and binds it.</summary>
    /// <param name="kind">What kind of socket.</param>
    /// <param name="address">The address asked for.</param>
    /// <param name="socket">The bound socket.</param>
    /// <param name="reservation">Its place in the table, to be released when the address is free.</param>
    /// <returns>Success or the error.</returns>
    public WsaError Bind(EndpointKind kind, SockAddr address, out Socket? socket, out Reservation? reservation)
    {
        socket = null;
        reservation = null;
        if (address.Family != kind.Family)
            return WsaError.Fault;
        lock (_gate)
        {
            var error = WsaError.AddressAlreadyInUse;
            for (int tries = address.Port == 0 ? PortTries : 1; tries > 0; tries--)
            {
                error = BindOnce(kind, address, out socket, out reservation);
                if (error != WsaError.AddressAlreadyInUse)
                    break;
            }

            return error;
        }
    }

    /// <summary>Makes another socket for an address that is reserved, after the first one was used up.</summary>
    /// <param name="kind">What kind of socket.</param>
    /// <param name="reservation">The reservation.</param>
    /// <param name="socket">The bound socket.</param>
    /// <returns>Success or the error.</returns>
    public WsaError BindAgain(EndpointKind kind, Reservation reservation, out Socket? socket)
    {
        lock (_gate)
        {
            WsaError error = Open(kind, reservation.Address, reservation.Shared, out socket);
            if (socket is not null)
                reservation.Socket = socket;
            return error;
        }
    }

    /// <summary>Frees an address.</summary>
    /// <param name="reservation">The reservation; nothing happens when it was released before.</param>
    public void Release(Reservation? reservation)
    {
        if (reservation is null)
            return;
        lock (_gate)
        {
            (SocketType, ushort) key = (reservation.Type, reservation.Address.Address.Port);
            if (_reservations.TryGetValue(key, out List<Reservation>? list) && list.Remove(reservation) && list.Count == 0)
                _reservations.Remove(key);
        }
    }

    private static WsaError Open(EndpointKind kind, BoundAddress wanted, bool shared, out Socket? socket)
    {
        socket = null;
        try
        {
            socket = SocketSetup.Create(kind);
            SocketSetup.Bind(socket, wanted, shared);
            return WsaError.Success;
        }
        catch (SocketException e)
        {
            socket?.Dispose();
            socket = null;
            return SocketErrors.Of(e.SocketErrorCode);
        }
    }

    private WsaError BindOnce(EndpointKind kind, SockAddr address, out Socket? socket, out Reservation? reservation)
    {
        socket = null;
        reservation = null;
        var wanted = BoundAddress.Of(kind, address);
        WsaError error = Decide(kind.Type, wanted, out bool shared);
        if (error != WsaError.Success)
            return error;
        if (shared)
            ShareAll(kind.Type, wanted);
        error = Open(kind, wanted, shared, out Socket? made);
        if (made is null)
            return error;
        wanted = wanted with { Address = SocketSetup.LocalOf(made) };
        if (address.Port == 0 && Decide(kind.Type, wanted, out _) != WsaError.Success)
        {
            made.Dispose();
            return WsaError.AddressAlreadyInUse;
        }

        socket = made;
        reservation = new(kind.Type, wanted, made, shared);
        (SocketType, ushort) key = (kind.Type, wanted.Address.Port);
        if (!_reservations.TryGetValue(key, out List<Reservation>? list))
            _reservations[key] = list = [];
        list.Add(reservation);
        return WsaError.Success;
    }

    private WsaError Decide(SocketType type, BoundAddress wanted, out bool shared)
    {
        shared = false;
        if (wanted.Address.Port == 0 || !_reservations.TryGetValue((type, wanted.Address.Port), out List<Reservation>? list))
            return WsaError.Success;
        foreach (Reservation first in list)
        {
            WsaError error = AddressSharing.Decide(first.Address, wanted);
            if (error != WsaError.Success)
                return error;
            shared |= AddressSharing.Overlap(first.Address, wanted);
        }

        return WsaError.Success;
    }

    /// <summary>The system lets a port be shared only if all who share it agree, those who came first included.</summary>
    private void ShareAll(SocketType type, BoundAddress wanted)
    {
        foreach (Reservation first in _reservations[(type, wanted.Address.Port)])
        {
            if (first.Shared || !AddressSharing.Overlap(first.Address, wanted))
                continue;
            first.Shared = true;
            SocketSetup.AllowSharing(first.Socket);
        }
    }

    /// <summary>One endpoint's claim to a local address.</summary>
    /// <param name="type">Stream or datagram; the two have ports of their own.</param>
    /// <param name="address">The address.</param>
    /// <param name="socket">The socket bound to it.</param>
    /// <param name="shared">Whether the system was told that the port is shared.</param>
    internal sealed class Reservation(SocketType type, BoundAddress address, Socket socket, bool shared)
    {
        /// <summary>Stream or datagram.</summary>
        public SocketType Type { get; } = type;

        /// <summary>The address.</summary>
        public BoundAddress Address { get; } = address;

        /// <summary>The socket bound to it.</summary>
        public Socket Socket { get; set; } = socket;

        /// <summary>Whether the system was told that the port is shared.</summary>
        public bool Shared { get; set; } = shared;
    }
}
