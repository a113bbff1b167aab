using Wsp.Spi;

namespace Wsp.Core.Tests.Provider;

/// <summary>Buffer arrays that are together longer than a count of bytes can tell; the same memory may stand in them several times.</summary>
public class LargeBufferTests
{
    private static readonly WsaBuffer[] s_buffers = [.. Enumerable.Repeat<WsaBuffer>(GC.AllocateUninitializedArray<byte>(1 << 28), 9)];

    [Theory]
    [InlineData(true, WsaError.NoBufferSpaceAvailable)]
    [InlineData(false, WsaError.MessageSize)]
    [Trait("Clause", "SEND-48")]
    public void MoreThanAnArrayCanHold_Send_IsRefused(bool stream, WsaError expected)
    {
        var rig = new Rig();
        SocketHandle s = stream ? rig.Pair().Client : rig.Datagram();
        int sent = -1;

        WsaError error = rig.Provider.SendTo(s, s_buffers, ref sent, MessageFlags.None, SockAddr.Loopback(9).ToBytes());

        (error, sent).Should().Be((expected, -1));
    }

    [Fact]
    [Trait("Clause", "RECV-51")]
    public void MoreThanAnArrayCanHold_Recv_TakesWhatIsThere()
    {
        var rig = new Rig();
        (SocketHandle client, SocketHandle server) = rig.Pair();
        rig.Send(client, [1, 2, 3]).Should().Be(WsaError.Success);
        int count = 0;
        MessageFlags flags = MessageFlags.None;

        WsaError error = rig.Provider.Recv(server, s_buffers, ref count, ref flags);

        (error, count).Should().Be((WsaError.Success, 3));
    }
}
