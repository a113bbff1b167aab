using Wsp.Model;
using Wsp.Provider;
using Wsp.Spi;

namespace Wsp.Core.Tests.Provider;

/// <summary>The WSPCleanup page, seen by a client of the live provider.</summary>
public class CleanupLiveTests
{
    [Fact]
    [Trait("Clause", "CLEANUP-08")]
    [Trait("Clause", "CLEANUP-11")]
    public void Running_CleanupWithTwoReferences_OnlyDecrements()
    {
        var rig = new Rig();
        rig.Start("second");
        (SocketHandle client, SocketHandle server) = rig.Pair();
        WsaOverlapped overlapped = rig.Overlapped(out EventHandle e);
        rig.Recv(server, new byte[10], out _, overlapped).Should().Be(WsaError.IOPending);

        rig.Provider.Cleanup().Should().Be(WsaError.Success);

        rig.Send(client, [1, 2, 3]).Should().Be(WsaError.Success);
        overlapped.Internal.Should().Be(NtStatus.Success);
        overlapped.InternalHigh.Should().Be(3);
        rig.System.IsSet(e).Should().BeTrue();
    }

    [Fact]
    [Trait("Clause", "CLEANUP-16")]
    [Trait("Clause", "CLEANUP-17")]
    [Trait("Clause", "CLEANUP-18")]
    [Trait("Clause", "CLEANUP-19")]
    public void FinalCleanup_PendingOverlappedReceives_EndWith995InSilence()
    {
        var rig = new Rig();
        (_, SocketHandle server) = rig.Pair();
        WsaOverlapped withEvent = rig.Overlapped(out EventHandle e);
        WsaOverlapped withRoutine = new();
        WsaOverlapped withNothing = new();
        int routines = 0;
        rig.Recv(server, new byte[10], out _, withEvent).Should().Be(WsaError.IOPending);
        rig.Recv(server, new byte[10], out _, withRoutine, (_, _, _, _) => routines++).Should().Be(WsaError.IOPending);
        rig.Recv(server, new byte[10], out _, withNothing).Should().Be(WsaError.IOPending);

        rig.Provider.Cleanup().Should().Be(WsaError.Success);

        foreach (WsaOverlapped record in new[] { withEvent, withRoutine, withNothing })
        {
            record.Internal.Should().Be(NtStatus.Cancelled);
            record.Internal.ToWsaError().Should().Be(WsaError.OperationAborted);
        }

        rig.System.IsSet(e).Should().BeFalse();
        WspThread.RunApcs().Should().Be(0);
        routines.Should().Be(0);
    }

    [Fact]
    [Trait("Clause", "CLEANUP-12")]
    [Trait("Clause", "CLEANUP-25")]
    public void FinalCleanup_BlockedReceiveOfAnotherThread_ReturnsInterrupted()
    {
        var rig = new Rig();
        (_, SocketHandle server) = rig.Pair();
        WsaError error = WsaError.Success;
        BlockedThread thread = rig.Blocked(() => error = rig.Recv(server, new byte[10], out _));

        rig.Provider.Cleanup().Should().Be(WsaError.Success);

        rig.Provider.State.Unloadable.Should().BeTrue();
        thread.Join();
        error.Should().Be(WsaError.Interrupted);
    }

    [Fact]
    [Trait("Clause", "CLEANUP-21")]
    [Trait("Clause", "CLEANUP-31")]
    public void FinalCleanup_OpenConnection_PeerSeesResetAndRestartWorks()
    {
        var rig = new Rig();
        var other = new Rig(network: rig.Network);
        SocketHandle listener = other.Listener(out SockAddr address);
        SocketHandle client = rig.Stream();
        rig.Provider.Connect(client, address.ToBytes()).Should().Be(WsaError.Success);
        other.Provider.Accept(listener, null, null, null, out SocketHandle server).Should().Be(WsaError.Success);

        rig.Provider.Cleanup().Should().Be(WsaError.Success);

        other.Recv(server, new byte[1], out _).Should().Be(WsaError.ConnectionReset);
        rig.Send(client, [1]).Should().Be(WsaError.NotInitialized);
        rig.Start().Should().Be(WsaError.Success);
        rig.Send(client, [1]).Should().Be(WsaError.NotSocket);
        rig.Provider.CloseSocket(rig.Stream()).Should().Be(WsaError.Success);
    }

    [Fact]
    [Trait("Clause", "CLEANUP-23")]
    [Trait("Clause", "CLEANUP-24")]
    [Trait("Clause", "CLEANUP-26")]
    public void FinalCleanup_SocketClosedBeforeWithMegabytesLeft_PeerGetsEveryByteAndAFin()
    {
        var rig = new Rig(new WspProviderOptions { Settings = ModelSettings.Default with { SendBuffer = 8 << 20 } });
        var other = new Rig(network: rig.Network);
        SocketHandle listener = other.Listener(out SockAddr address);
        SocketHandle client = rig.Stream();
        rig.Provider.Connect(client, address.ToBytes()).Should().Be(WsaError.Success);
        other.Provider.Accept(listener, null, null, null, out SocketHandle server).Should().Be(WsaError.Success);
        rig.Send(client, new byte[4 << 20]).Should().Be(WsaError.Success);
        rig.Provider.CloseSocket(client).Should().Be(WsaError.Success);
        rig.Provider.State.QueuedBytes.Should().BeGreaterThan(3 << 20);

        rig.Provider.Cleanup().Should().Be(WsaError.Success);

        rig.Provider.State.Unloadable.Should().BeTrue();
        long total = 0;
        byte[] buffer = new byte[10000];
        while (other.Recv(server, buffer, out int count) == WsaError.Success && count > 0)
            total += count;
        total.Should().Be(4 << 20);
        other.Recv(server, buffer, out int end).Should().Be(WsaError.Success);
        end.Should().Be(0);
    }
}
