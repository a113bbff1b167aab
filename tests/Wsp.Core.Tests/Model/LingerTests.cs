using System.Net.Sockets;
using Wsp.Model;
using Wsp.Specification;
using Wsp.Spi;
using Input = Wsp.Model.ProviderInput;

namespace Wsp.Core.Tests.Model;

/// <summary>What WSPCloseSocket does under a linger time, on the pure model.</summary>
public class LingerTests
{
    [Fact]
    [Trait("Clause", "CLOSE-26")]
    [Trait("Clause", "CLOSE-AMB-12")]
    public void LingerTime_CloseWithDataLeft_WaitsUntilItIsSent()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        given.Linger(s, 1, 5).Send(s, 30);

        Transition close = given.Close(s);
        close.Result.Outcome.Should().Be(CallOutcome.Blocked);
        given.Taken(s, 20).All<ProviderEffect.ReleaseCaller>().Should().BeEmpty();
        Transition end = given.Taken(s, 10);

        end.Released(close.Result.Call).Error.Should().Be(WsaError.Success);
        end.The<ProviderEffect.CloseEndpoint>();
        given.State.NextDeadline().Should().BeNull();
    }

    [Fact]
    [Trait("Clause", "CLOSE-26")]
    public void LingerTime_CloseWithNothingLeft_ReturnsAtOnce()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        given.Linger(s, 1, 5).Close(s).Result.Outcome.Should().Be(CallOutcome.Returned);
        given.State.Sockets.Should().BeEmpty();
    }

    [Fact]
    [Trait("Clause", "CLOSE-27")]
    [Trait("Clause", "CLOSE-28")]
    [Trait("Clause", "CLOSE-46")]
    [Trait("Clause", "CLOSE-AMB-04")]
    public void LingerTime_RunsOut_EndsTheConnectionThenReturnsSuccess()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        given.Linger(s, 1, 5).Send(s, 30);
        given.Taken(s, 10);
        long call = given.Close(s).Result.Call;

        given.Passes(4_999).Effects.Should().BeEmpty();
        Transition over = given.Passes(5_000);

        over.Effects.Select(effect => effect.GetType()).Should().Equal(typeof(ProviderEffect.ResetEndpoint), typeof(ProviderEffect.ReleaseCaller));
        over.Released(call).Error.Should().Be(WsaError.Success);
        given.State.Ledger.DiscardedFor(DiscardReason.LingerTimeout).Should().Be(20);
        given.State.Sockets.Should().BeEmpty();
    }

    [Fact]
    [Trait("Clause", "CLOSE-46")]
    public void Lingering_PeerResets_ReturnsSuccess()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        given.Linger(s, 1, 5).Send(s, 30);
        long call = given.Close(s).Result.Call;

        Transition broken = given.Breaks(s);

        broken.Released(call).Error.Should().Be(WsaError.Success);
        given.State.Ledger.DiscardedFor(DiscardReason.ConnectionBroken).Should().Be(30);
    }

    [Fact]
    [Trait("Clause", "CLOSE-AMB-17")]
    public void Lingering_CloseAgain_IsNotASocket()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        given.Linger(s, 1, 5).Send(s, 30);
        given.Close(s);

        given.Close(s, Given.Other).Result.Error.Should().Be(WsaError.NotSocket);
    }

    [Fact]
    [Trait("Clause", "CANCEL-01")]
    [Trait("Clause", "CANCEL-AMB-03")]
    public void Lingering_Cancelled_TheDataStillGoesOut()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        given.Linger(s, 1, 5).Send(s, 30);
        long call = given.Close(s).Result.Call;

        given.Apply(new Input.CancelBlockingCall { Thread = Given.Main }).Released(call).Error.Should().Be(WsaError.Interrupted);

        given.Passes(10_000).Effects.Should().BeEmpty();
        given.Taken(s, 30).The<ProviderEffect.CloseEndpoint>();
    }

    // Lingering on a nonblocking socket

    [Theory]
    [InlineData(NonblockingLinger.FailsWithDataLeft, 10, WsaError.WouldBlock)]
    [InlineData(NonblockingLinger.FailsWithDataLeft, 0, WsaError.Success)]
    [InlineData(NonblockingLinger.AlwaysFails, 10, WsaError.WouldBlock)]
    [InlineData(NonblockingLinger.AlwaysFails, 0, WsaError.WouldBlock)]
    [Trait("Clause", "CLOSE-30")]
    [Trait("Clause", "CLOSE-AMB-01")]
    [Trait("Clause", "WSPCloseSocket#errors/WSAEWOULDBLOCK")]
    public void NonblockingLinger_Close_FailsAsTheReadingSays(NonblockingLinger reading, int unsent, WsaError error)
    {
        Given given = Given.Running(new Readings { NonblockingLinger = reading });
        SocketHandle s = given.Connected();
        given.Linger(s, 1, 5).Nonblocking(s).Send(s, unsent);

        given.Close(s).Result.Error.Should().Be(error);
    }

    [Fact]
    [Trait("Clause", "CLOSE-31")]
    [Trait("Clause", "CLOSE-32")]
    [Trait("Clause", "CLOSE-33")]
    [Trait("Clause", "CLOSE-34")]
    public void NonblockingLinger_CloseFails_HandleWorksAndNothingHasBegun()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        OverlappedRequest request = given.Request(e: 8);
        given.Recv(s, 10, request);
        given.Linger(s, 1, 5).Nonblocking(s).Send(s, 30);

        given.Close(s).Effects.Should().BeEmpty();

        given.Send(s, 1).Result.Error.Should().Be(WsaError.Success);
        given.Data(s, 5).Ended(request).Error.Should().Be(WsaError.Success);
        given.Close(s).Result.Error.Should().Be(WsaError.WouldBlock);
        given.Taken(s, 31);
        given.Close(s).Result.Error.Should().Be(WsaError.Success);
    }

    [Theory]
    [InlineData("hard")]
    [InlineData("off")]
    [InlineData("dontlinger")]
    [InlineData("shutdown")]
    [InlineData("blocking")]
    [Trait("Clause", "CLOSE-34")]
    [Trait("Clause", "CLOSE-AMB-02")]
    [Trait("Clause", "SHUTDOWN-25")]
    public void NonblockingLingerFailed_Cured_CloseWorks(string cure)
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        given.Linger(s, 1, 5).Nonblocking(s).Send(s, 30);
        given.Close(s).Result.Error.Should().Be(WsaError.WouldBlock);

        switch (cure)
        {
            case "hard":
                given.Linger(s, 1, 0);
                break;
            case "off":
                given.Linger(s, 0, 5);
                break;
            case "dontlinger":
                given.SetOption(s, ~0x80, 1);
                break;
            case "shutdown":
                given.Shutdown(s, SocketShutdown.Send);
                break;
            default:
                given.Apply(new Input.Ioctl { Thread = Given.Main, Socket = s, Code = 0x8004667E, Input = new byte[4] });
                break;
        }

        Transition close = given.Close(s);
        close.Result.Error.Should().Be(WsaError.Success);
        close.The<ProviderEffect.ReleaseHandle>();
        close.All<ProviderEffect.ResetEndpoint>().Should().HaveCount(cure == "hard" ? 1 : 0);
        close.Result.Outcome.Should().Be(cure == "blocking" ? CallOutcome.Blocked : CallOutcome.Returned);
    }
}
