using Wsp.Model;
using Wsp.Spi;
using Input = Wsp.Model.ProviderInput;

namespace Wsp.Core.Tests.Model;

/// <summary>WSPCancelBlockingCall on the pure model.</summary>
public class CancelBlockingCallTests
{
    [Fact]
    [Trait("Clause", "CANCEL-02")]
    [Trait("Clause", "WSPCancelBlockingCall#errors/WSAEINVAL")]
    public void NothingBlocked_Cancel_IsInvalid()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        given.Recv(s, 10, given.Request());

        Cancel(given).Result.Error.Should().Be(WsaError.InvalidArgument);
        given.Effects.Should().BeEmpty();
    }

    [Fact]
    [Trait("Clause", "CANCEL-01")]
    [Trait("Clause", "CANCEL-AMB-01")]
    public void AnotherThreadBlocked_Cancel_IsInvalid()
    {
        Given given = Given.Running();
        long call = given.Recv(given.Connected(), 10, thread: Given.Other).Result.Call;

        Cancel(given).Result.Error.Should().Be(WsaError.InvalidArgument);
        Cancel(given, Given.Other).Released(call).Error.Should().Be(WsaError.Interrupted);
    }

    [Fact]
    [Trait("Clause", "CANCEL-20")]
    [Trait("Clause", "CANCEL-21")]
    [Trait("Clause", "CANCEL-AMB-02")]
    public void CallReleasedButNotReturned_Cancel_IsInvalidAndTheCallKeepsItsResult()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        long call = given.Recv(s, 10).Result.Call;
        given.Data(s, 5).Released(call).Count.Should().Be(5);

        Cancel(given).Result.Error.Should().Be(WsaError.InvalidArgument);
        given.Effects.Should().BeEmpty();
    }

    [Theory]
    [InlineData("recv")]
    [InlineData("recvfrom")]
    [InlineData("send")]
    [InlineData("accept")]
    [InlineData("connect")]
    [InlineData("bind")]
    [InlineData("listen")]
    [InlineData("result")]
    [Trait("Clause", "CANCEL-01")]
    [Trait("Clause", "CANCEL-05")]
    [Trait("Clause", "CANCEL-22")]
    [Trait("Clause", "CANCEL-AMB-03")]
    [Trait("Clause", "SEND-AMB-07")]
    [Trait("Clause", "WSPRecv#errors/WSAEINTR")]
    [Trait("Clause", "WSPConnect#errors/WSAEINTR")]
    public void Blocked_Cancel_EndsTheCallWithInterrupted(string kind)
    {
        Given given = Given.Running();
        long call = Block(given, kind);

        Transition cancel = Cancel(given);

        cancel.Result.Error.Should().Be(WsaError.Success);
        cancel.Released(call).Error.Should().Be(WsaError.Interrupted);
        Cancel(given).Result.Error.Should().Be(WsaError.InvalidArgument);
    }

    [Fact]
    [Trait("Clause", "CANCEL-01")]
    public void TwoBlockedOnOneThread_Cancel_EndsTheNewest()
    {
        Given given = Given.Running();
        long outer = given.Recv(given.Connected(), 10).Result.Call;
        long inner = given.Recv(given.Connected(), 10).Result.Call;

        Cancel(given).The<ProviderEffect.ReleaseCaller>().Call.Should().Be(inner);
        Cancel(given).The<ProviderEffect.ReleaseCaller>().Call.Should().Be(outer);
    }

    [Fact]
    [Trait("Clause", "CANCEL-11")]
    [Trait("Clause", "CANCEL-12")]
    public void AcceptBlocked_Cancelled_TheListenerIsUnharmed()
    {
        Given given = Given.Running();
        SocketHandle listener = given.Listener();
        given.Accept(listener);

        Cancel(given).Effects.Should().ContainSingle();

        SocketHandle arrived = given.Arrive(listener);
        given.Last.All<ProviderEffect.ReleaseCaller>().Should().BeEmpty();
        given.Accept(listener).Result.Socket.Should().Be(arrived);
    }

    [Fact]
    [Trait("Clause", "CANCEL-15")]
    [Trait("Clause", "CANCEL-AMB-04")]
    public void RecvBlocked_Cancelled_LaterDataIsNotLost()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        given.Recv(s, 10);

        Cancel(given).All<ProviderEffect.ResetEndpoint>().Should().BeEmpty();

        given.Data(s, 5);
        given.Recv(s, 10).Result.Count.Should().Be(5);
        given.Send(s, 1).Result.Error.Should().Be(WsaError.Success);
    }

    [Fact]
    [Trait("Clause", "CANCEL-08")]
    [Trait("Clause", "CANCEL-13")]
    public void ConnectBlocked_Cancelled_GivesTheAttemptUp()
    {
        Given given = Given.Running();
        SocketHandle s = given.Stream();
        given.Connect(s);

        Cancel(given).The<ProviderEffect.ResetEndpoint>().Endpoint.Should().Be(s);

        given.Answers(s).Effects.Should().BeEmpty();
        given.Send(s, 1).Result.Error.Should().Be(WsaError.ConnectionAborted);
        given.Close(s).Result.Error.Should().Be(WsaError.Success);
    }

    [Fact]
    [Trait("Clause", "CANCEL-18")]
    [Trait("Clause", "CANCEL-19")]
    [Trait("Clause", "CANCEL-AMB-04")]
    public void SendPartlyAccepted_Cancelled_ResetsTheConnection()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        OverlappedRequest pending = given.Request(e: 8);
        given.Recv(s, 1, pending);
        given.Send(s, 100_000).Result.Outcome.Should().Be(CallOutcome.Blocked);

        Transition cancel = Cancel(given);

        cancel.The<ProviderEffect.ResetEndpoint>().Endpoint.Should().Be(s);
        cancel.Ended(pending).Error.Should().Be(WsaError.ConnectionAborted);
        given.State.Ledger.DiscardedFor(DiscardReason.StreamHarmed).Should().Be(65_536);
        given.Send(s, 1).Result.Error.Should().Be(WsaError.ConnectionAborted);
        given.Recv(s, 1).Result.Error.Should().Be(WsaError.ConnectionAborted);
        given.Shutdown(s, System.Net.Sockets.SocketShutdown.Both).Result.Error.Should().Be(WsaError.ConnectionAborted);
        given.Close(s).Result.Error.Should().Be(WsaError.Success);
    }

    [Fact]
    [Trait("Clause", "CANCEL-18")]
    [Trait("Clause", "CANCEL-AMB-04")]
    public void SendNotBegun_Cancelled_LeavesTheStreamWhole()
    {
        Given given = Given.Running();
        SocketHandle s = given.Full();
        given.Send(s, 10);

        Cancel(given).All<ProviderEffect.ResetEndpoint>().Should().BeEmpty();
        given.Taken(s, 65_536).All<ProviderEffect.Transmit>().Should().BeEmpty();

        given.Send(s, 1).Result.Error.Should().Be(WsaError.Success);
        given.State.Ledger.Accepted.Should().Be(65_537);
    }

    [Fact]
    [Trait("Clause", "CANCEL-AMB-05")]
    public void RecvCancelled_Close_StillSendsTheRest()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        given.Send(s, 30);
        given.Recv(s, 10);
        Cancel(given);

        given.Close(s).All<ProviderEffect.ResetEndpoint>().Should().BeEmpty();

        given.Taken(s, 30);
        given.State.Ledger.Delivered.Should().Be(30);
    }

    [Fact]
    [Trait("Clause", "CANCEL-01")]
    [Trait("Clause", "GETOVL-08")]
    public void ResultAwaited_Cancelled_TheOperationGoesOn()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        OverlappedRequest request = given.Request(e: 8);
        given.Recv(s, 10, request);
        given.Apply(new Input.GetOverlappedResult { Thread = Given.Main, Socket = s, Request = request.Id, Status = NtStatus.Pending, Wait = true });

        Cancel(given);

        Transition arrived = given.Data(s, 5);
        arrived.Ended(request).Count.Should().Be(5);
        arrived.All<ProviderEffect.ReleaseCaller>().Should().BeEmpty();
    }

    private static Transition Cancel(Given given, WspThreadId thread = default) =>
        given.Apply(new Input.CancelBlockingCall { Thread = thread.Value == 0 ? Given.Main : thread });

    private static long Block(Given given, string kind)
    {
        switch (kind)
        {
            case "recv":
                return given.Recv(given.Connected(), 1).Result.Call;
            case "recvfrom":
                return given.RecvFrom(given.Bound(stream: false), 1).Result.Call;
            case "send":
                return given.Send(given.Full(), 1).Result.Call;
            case "accept":
                return given.Accept(given.Listener()).Result.Call;
            case "connect":
                return given.Connect(given.Stream()).Result.Call;
            case "bind":
                return given.Apply(new Input.Bind { Thread = Given.Main, Socket = given.Stream(), Address = SockAddr.Loopback(0) }).Result.Call;
            case "listen":
                return given.Listen(given.Bound(), 1).Result.Call;
            default:
                SocketHandle s = given.Connected();
                OverlappedRequest request = given.Request();
                given.Recv(s, 1, request);
                return given.Apply(new Input.GetOverlappedResult { Thread = Given.Main, Socket = s, Request = request.Id, Status = NtStatus.Pending, Wait = true }).Result.Call;
        }
    }
}
