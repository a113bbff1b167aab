using System.Net.Sockets;
using Wsp.Spi;

namespace Wsp.Transport.Memory;

/// <summary>The addresses that endpoints of a host have bound, for each protocol; called under the network's lock.</summary>
internal sealed class PortTable
{
    // Where current Windows takes its ports from (BIND-15).
    private const int FirstEphemeral = 49152;
    private const int LastEphemeral = 65535;

    private readonly List<MemoryEndpoint> _bound = [];
    private int _next = FirstEphemeral;

    /// <summary>The endpoints of a protocol bound to a port, in the order of their binding.</summary>
    public IEnumerable<MemoryEndpoint> At(SocketType type, int port) => _bound.Where(endpoint => endpoint.Kind.Type == type && endpoint.Local.Port == port);

    /// <summary>Binds an endpoint.</summary>
    /// <returns>Success, or why not.</returns>
    public WsaError Bind(MemoryEndpoint endpoint, SockAddr address)
    {
        if (address.Port == 0)
        {
            if (!TryChoosePort(endpoint.Kind.Type, out int port))
                return WsaError.NoBufferSpaceAvailable;
            address = address.WithPort(port);
        }
        else
        {
            foreach (MemoryEndpoint other in At(endpoint.Kind.Type, address.Port))
            {
                WsaError verdict = AddressSharing.Decide(BoundAddress.Of(other.Kind, other.Local), BoundAddress.Of(endpoint.Kind, address));
                if (verdict != WsaError.Success)
                    return verdict;
            }
        }

        endpoint.Local = address;
        _bound.Add(endpoint);
        return WsaError.Success;
    }

    public void Release(MemoryEndpoint endpoint) => _bound.Remove(endpoint);

    private bool TryChoosePort(SocketType type, out int port)
    {
        for (int tries = FirstEphemeral; tries <= LastEphemeral; tries++)
        {
            port = _next;
            _next = _next == LastEphemeral ? FirstEphemeral : _next + 1;
            if (!At(type, port).Any())
                return true;
        }

        port = 0;
        return false;
    }
}
