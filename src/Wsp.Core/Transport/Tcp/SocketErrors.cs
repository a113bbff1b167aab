using System.Net.Sockets;
using Wsp.Spi;

namespace Wsp.Transport.Tcp;

/// <summary>Translates the errors of the machine's sockets. <see cref="SocketError"/> has native values on every system.</summary>
internal static class SocketErrors
{
    /// <summary>The error of a call.</summary>
    /// <param name="error">What the system said.</param>
    public static WsaError Of(SocketError error) => Enum.IsDefined((WsaError)error) ? (WsaError)error : WsaError.SystemCallFailure;

    /// <summary>The error a connection is broken with: one of the four a sink knows.</summary>
    /// <param name="error">What the system said when the connection was used.</param>
    public static WsaError OfBreak(SocketError error) => error switch
    {
        // A send after the reset was seen says EPIPE on Unix, which becomes Shutdown.
        SocketError.ConnectionReset or SocketError.Shutdown or SocketError.NotConnected => WsaError.ConnectionReset,
        SocketError.NetworkReset => WsaError.NetworkReset,
        SocketError.TimedOut or SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.HostDown => WsaError.TimedOut,
        _ => WsaError.ConnectionAborted,
    };
}
