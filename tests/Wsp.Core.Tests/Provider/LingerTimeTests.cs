using Wsp.Model;
using Wsp.Provider;
using Wsp.Spi;

namespace Wsp.Core.Tests.Provider;

/// <summary>Times that pass while calls wait, on a clock of our own.</summary>
public class LingerTimeTests
{
    [Fact]
    [Trait("Clause", "CLOSE-26")]
    [Trait("Clause", "CLOSE-27")]
    public void CloseSocket_LingeringAndThePeerDoesNotRead_EndsTheConnectionWhenTheTimeIsOver()
    {
        var time = new ManualTime();
        var rig = new Rig(new WspProviderOptions { TimeProvider = time, Settings = ModelSettings.Default with { SendBuffer = 1 << 20 } });
        (SocketHandle client, SocketHandle server) = rig.Pair();
        rig.SetLinger(client, 1, 3);
        rig.Send(client, new byte[500_000]).Should().Be(WsaError.Success);
        WsaError result = WsaError.InProgress;
        BlockedThread closer = rig.Blocked(() => result = rig.Provider.CloseSocket(client));

        time.Advance(TimeSpan.FromSeconds(2));
        closer.Ended.Should().BeFalse();
        time.Advance(TimeSpan.FromSeconds(2));

        closer.Join();
        result.Should().Be(WsaError.Success);
        rig.Recv(server, new byte[1], out _).Should().Be(WsaError.ConnectionReset);
        rig.Provider.State.Ledger.DiscardedFor(DiscardReason.LingerTimeout).Should().BeGreaterThan(0);
    }

    [Fact]
    public void Recv_WithATimeout_FailsWhenTheTimeIsOver()
    {
        var time = new ManualTime();
        var rig = new Rig(new WspProviderOptions { TimeProvider = time });
        (_, SocketHandle server) = rig.Pair();
        rig.Provider.SetSockOpt(server, 0xFFFF, 0x1006, BitConverter.GetBytes(1500), 4).Should().Be(WsaError.Success);
        WsaError result = WsaError.InProgress;
        BlockedThread receiver = rig.Blocked(() => result = rig.Recv(server, new byte[1], out _));

        time.Advance(TimeSpan.FromSeconds(1));
        receiver.Ended.Should().BeFalse();
        time.Advance(TimeSpan.FromSeconds(1));

        receiver.Join();
        result.Should().Be(WsaError.TimedOut);
    }
}
