using Wsp.Cli.Running.Peers;
using Wsp.Transport;
using Wsp.Transport.Memory;

namespace Wsp.Cli.Running;

/// <summary>The network of one case: the transport below the provider, and who is outside of it.</summary>
internal abstract class Net : IDisposable
{
    public abstract TransportKind Kind { get; }

    public abstract ITransport Transport { get; }

    /// <summary>A port that nobody uses.</summary>
    public abstract int UnusedPort();

    public abstract Peer NewPeer();

    public abstract void SetDown(bool down);

    public abstract void Dispose();

    public static Net Create(TransportKind kind) => kind == TransportKind.Memory ? new MemoryNet() : new TcpNet();
}

/// <summary>A network in memory. Everything happens at once, on the thread that causes it.</summary>
internal sealed class MemoryNet : Net
{
    // Below the ports that the network hands out by itself.
    private const int FirstPort = 20001;

    private readonly MemoryNetwork _network = new();
    private int _lastPort = FirstPort;

    public override TransportKind Kind => TransportKind.Memory;

    public override ITransport Transport => _network.Local;

    public override int UnusedPort() => _lastPort++;

    public override Peer NewPeer() => new MemoryPeer(_network.Local);

    public override void SetDown(bool down)
    {
        if (down)
            _network.Local.TakeDown();
        else
            _network.Local.BringUp();
    }

    public override void Dispose()
    {
    }
}
