using System.Net.Sockets;
using Wsp.Model;
using Wsp.Spi;

namespace Wsp.Transport.Memory;

/// <summary>A bound address: what a socket is on a host before it has a connection, or a datagram socket for good.</summary>
internal sealed class MemoryEndpoint(MemorySession session, SocketHandle handle, EndpointKind kind)
{
    public MemorySession Session { get; } = session;

    public SocketHandle Handle { get; } = handle;

    public EndpointKind Kind { get; } = kind;

    public SockAddr Local { get; set; }

    public bool IsListening { get; set; }

    /// <summary>Whether something sent to an address arrives here.</summary>
    public bool Covers(SockAddr destination)
    {
        if (Local.Family == destination.Family)
            return Local.IsWildcard || Local.Host == destination.Host;
        bool dualStack = Kind.Family == AddressFamily.InterNetworkV6 && !Kind.Options.Has(OptionFlags.IPv6Only);
        return dualStack && Local.IsWildcard;
    }
}
