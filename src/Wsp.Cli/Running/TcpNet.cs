using System.Net;
using System.Net.Sockets;
using Wsp.Cli.Running.Peers;
using Wsp.Transport;
using Wsp.Transport.Tcp;

namespace Wsp.Cli.Running;

/// <summary>The machine's own TCP and UDP.</summary>
internal sealed class TcpNet : Net
{
    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(2);

    private readonly TcpTransport _transport = new();

    public override TransportKind Kind => TransportKind.Tcp;

    public override ITransport Transport => _transport;

    /// <summary>Asks the system for a port and lets go of it; another program may take it meanwhile, which is as good as a test on a real system gets.</summary>
    public override int UnusedPort()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }

    public override Peer NewPeer() => new TcpPeer();

    public override void SetDown(bool down) => throw new CaseTrouble("the machine's network is not to be taken down");

    public override void Dispose() => _transport.DisposeAsync().AsTask().Wait(s_farewell);
}
