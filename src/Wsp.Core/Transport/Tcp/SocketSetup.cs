using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Wsp.Model;
using Wsp.Spi;

namespace Wsp.Transport.Tcp;

/// <summary>Makes sockets of the machine, gives them the options of a modelled socket, and ends them.</summary>
internal static class SocketSetup
{
    /// <summary>Buffer sizes below this are left to the system: it would round them up anyhow, and the provider keeps to the small size by itself.</summary>
    private const int SmallestSystemBuffer = 4096;

    private const int LinuxSocketLevel = 1;
    private const int LinuxReuseAddress = 2;
    private const int LinuxReusePort = 15;

    /// <summary>SIO_UDP_CONNRESET.</summary>
    private const int UdpConnectionReset = unchecked((int)0x9800000C);

    /// <summary>Makes a socket.</summary>
    /// <param name="kind">What it is for.</param>
    /// <exception cref="SocketException">The system has none.</exception>
    public static Socket Create(EndpointKind kind)
    {
        bool stream = kind.Type == SocketType.Stream;
        var socket = new Socket(kind.Family, kind.Type, stream ? ProtocolType.Tcp : ProtocolType.Udp);
        if (kind.Family == AddressFamily.InterNetworkV6)
            socket.DualMode = !kind.Options.Has(OptionFlags.IPv6Only);
        if (!stream && OperatingSystem.IsWindows())
            Try(() => socket.IOControl(UdpConnectionReset, new byte[sizeof(int)], null));
        Apply(socket, kind);
        return socket;
    }

    /// <summary>Sets the options that need no particular moment.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="kind">The options.</param>
    public static void Apply(Socket socket, EndpointKind kind)
    {
        SocketOptions options = kind.Options;
        if (options.SendBuffer >= SmallestSystemBuffer)
            Try(() => socket.SendBufferSize = options.SendBuffer);
        if (options.ReceiveBuffer >= SmallestSystemBuffer)
            Try(() => socket.ReceiveBufferSize = options.ReceiveBuffer);
        Try(() => socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.DontRoute, options.Has(OptionFlags.DontRoute)));
        if (kind.Type != SocketType.Stream)
        {
            Try(() => socket.EnableBroadcast = options.Has(OptionFlags.Broadcast));
            return;
        }

        Try(() => socket.NoDelay = options.Has(OptionFlags.NoDelay));
        Try(() => socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, options.Has(OptionFlags.KeepAlive)));
        Try(() => socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.OutOfBandInline, options.Has(OptionFlags.OutOfBandInline)));
    }

    /// <summary>Binds so that the system applies Winsock's rules of sharing, or at least does not stand in their way.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="wanted">The address and the sharing asked for.</param>
    /// <param name="shared">Whether the address table found that it may share its address with another endpoint of this transport.</param>
    /// <exception cref="SocketException">The system refuses.</exception>
    public static void Bind(Socket socket, BoundAddress wanted, bool shared)
    {
        if (OperatingSystem.IsWindows())
        {
            if (wanted.Exclusive)
                socket.ExclusiveAddressUse = true;
            else if (wanted.ReuseAddress)
                socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        }

        // Windows lets a port be bound again while old connections of it are in TIME_WAIT; Linux does so only if old and new have SO_REUSEADDR. Where
        // the system chooses the port it comes after the bind, or the system might choose a port that is shared.
        bool restartable = socket.SocketType == SocketType.Stream && OperatingSystem.IsLinux();
        if (restartable && wanted.Address.Port != 0)
            SetLinuxOption(socket, LinuxReuseAddress);
        if (shared)
            AllowSharing(socket);
        socket.Bind(wanted.Address.ToIPEndPoint());
        if (restartable && wanted.Address.Port == 0)
            SetLinuxOption(socket, LinuxReuseAddress);
    }

    /// <summary>Lets the system share the port of a socket, bound or not. Windows needs nothing: there the rules are the system's own.</summary>
    /// <param name="socket">The socket.</param>
    public static void AllowSharing(Socket socket)
    {
        if (OperatingSystem.IsLinux())
            SetLinuxOption(socket, LinuxReusePort);
    }

    /// <summary>The address a socket has at our end; none when it has no address.</summary>
    /// <param name="socket">The socket.</param>
    public static SockAddr LocalOf(Socket socket) => AddressOf(static s => s.LocalEndPoint, socket);

    /// <summary>The address of the peer of a socket; none when it has no peer.</summary>
    /// <param name="socket">The socket.</param>
    public static SockAddr RemoteOf(Socket socket) => AddressOf(static s => s.RemoteEndPoint, socket);

    /// <summary>Closes a socket with a reset, whatever it still has to send or has not read.</summary>
    /// <param name="socket">The socket.</param>
    public static void Abort(Socket socket)
    {
        Try(() => socket.LingerState = new LingerOption(true, 0));
        socket.Dispose();
    }

    private static SockAddr AddressOf(Func<Socket, EndPoint?> of, Socket socket)
    {
        try
        {
            return of(socket) is IPEndPoint address ? SockAddr.From(address) : default;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return default;
        }
    }

    private static void SetLinuxOption(Socket socket, int name)
    {
        Span<byte> on = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(on, 1);
        Try(socket, on, name);

        static void Try(Socket socket, ReadOnlySpan<byte> value, int name)
        {
            try
            {
                socket.SetRawSocketOption(LinuxSocketLevel, name, value);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // The bind that follows will tell.
            }
        }
    }

    /// <summary>Options are wishes: a system that does not know one, or a socket that is gone already, is no reason to fail.</summary>
    private static void Try(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // See above.
        }
    }
}
