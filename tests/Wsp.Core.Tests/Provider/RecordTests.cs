using System.Net.Sockets;
using Wsp.Provider;
using Wsp.Spi;

namespace Wsp.Core.Tests.Provider;

/// <summary>The provider holds on to a client's records and buffers only as long as an operation needs them.</summary>
public class RecordTests
{
    [Theory]
    [InlineData(WsaSocketFlags.None)]
    [InlineData(WsaSocketFlags.Overlapped)]
    public void CallsThatFinishAtOnceOrFail_LeaveNoRecordBehind(WsaSocketFlags flags)
    {
        var rig = new Rig();
        SocketHandle listener = rig.Listener(out SockAddr address);
        rig.Provider.Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp, null, 0, flags, out SocketHandle client).Should().Be(WsaError.Success);
        rig.Recv(client, new byte[1], out _, new WsaOverlapped()).Should().Be(WsaError.NotConnected);
        rig.Provider.Connect(client, address.ToBytes()).Should().Be(WsaError.Success);
        rig.Provider.Accept(listener, null, null, null, out SocketHandle server).Should().Be(WsaError.Success);
        rig.Send(server, [1]).Should().Be(WsaError.Success);

        rig.Send(client, [1], new WsaOverlapped()).Should().Be(WsaError.Success);
        rig.Recv(client, new byte[1], out int count, new WsaOverlapped()).Should().Be(WsaError.Success);

        count.Should().Be(1);
        rig.Provider.RecordsHeld.Should().Be(0);
    }

    [Fact]
    public void PendingOperationWithRoutine_IsHeldUntilTheRoutineHasRun()
    {
        var rig = new Rig();
        (SocketHandle client, SocketHandle server) = rig.Pair();
        rig.Recv(server, new byte[1], out _, new WsaOverlapped(), (_, _, _, _) => { }).Should().Be(WsaError.IOPending);
        rig.Send(client, [1]);
        rig.Provider.RecordsHeld.Should().Be(1);

        WspThread.RunApcs().Should().Be(1);

        rig.Provider.RecordsHeld.Should().Be(0);
    }
}
