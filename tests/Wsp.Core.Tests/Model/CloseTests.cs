using System.Net.Sockets;
using Wsp.Model;
using Wsp.Specification;
using Wsp.Spi;
using Input = Wsp.Model.ProviderInput;

namespace Wsp.Core.Tests.Model;

/// <summary>The WSPCloseSocket page on the pure model.</summary>
public class CloseTests
{
    // The descriptor

    [Fact]
    [Trait("Clause", "CLOSE-01")]
    [Trait("Clause", "CLOSE-02")]
    [Trait("Clause", "CLOSE-35")]
    [Trait("Clause", "WSPCloseSocket#errors/WSAENOTSOCK")]
    public void Open_Close_ReleasesTheDescriptor()
    {
        Given given = Given.Running();
        SocketHandle s = given.Stream();

        given.Close(s).The<ProviderEffect.ReleaseHandle>().Socket.Should().Be(s);

        given.Close(s).Result.Error.Should().Be(WsaError.NotSocket);
        given.Effects.Should().BeEmpty();
    }

    [Fact]
    [Trait("Clause", "CLOSE-05")]
    public void BoundOrListening_Close_GivesTheEndpointBack()
    {
        Given given = Given.Running();
        foreach (SocketHandle s in new[] { given.Bound(), given.Listener(), given.Bound(stream: false), given.WithPeer() })
            given.Close(s).The<ProviderEffect.CloseEndpoint>().Endpoint.Should().Be(s);
        given.Close(given.Stream()).All<ProviderEffect.CloseEndpoint>().Should().BeEmpty();
    }

    [Fact]
    [Trait("Clause", "CLOSE-10")]
    public void Connecting_Close_GivesTheAttemptUp()
    {
        Given given = Given.Running();
        SocketHandle s = given.Stream();
        long call = given.Connect(s).Result.Call;

        Transition close = given.Close(s, Given.Other);

        close.Released(call).Error.Should().Be(WsaError.Interrupted);
        close.The<ProviderEffect.ResetEndpoint>().Endpoint.Should().Be(s);
        given.Answers(s).Effects.Should().BeEmpty();
    }

    [Fact]
    [Trait("Clause", "CLOSE-05")]
    public void RequestsWaiting_CloseOfTheListener_ResetsThem()
    {
        Given given = Given.Running();
        SocketHandle listener = given.Listener();
        SocketHandle[] waiting = [given.Arrive(listener), given.Arrive(listener)];

        Transition close = given.Close(listener);

        close.All<ProviderEffect.ResetEndpoint>().Select(reset => reset.Endpoint).Should().Equal(waiting);
        given.State.Sockets.Should().BeEmpty();
    }

    // Graceful

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Clause", "CLOSE-08")]
    [Trait("Clause", "CLOSE-16")]
    [Trait("Clause", "CLOSE-17")]
    [Trait("Clause", "CLOSE-18")]
    [Trait("Clause", "CLOSE-19")]
    [Trait("Clause", "CLOSE-20")]
    [Trait("Clause", "CLOSE-36")]
    [Trait("Clause", "CLOSE-AMB-09")]
    [Trait("Clause", "SEND-68")]
    public void DataUnsent_DefaultClose_SendsEverythingInTheBackground(bool nonblocking)
    {
        Given given = Given.Running(settings: new ModelSettings { TransportWindow = 10 });
        SocketHandle s = given.Connected();
        given.Send(s, 25);
        if (nonblocking)
            given.Nonblocking(s);

        Transition close = given.Close(s);
        close.Result.Outcome.Should().Be(CallOutcome.Returned);
        close.Result.Error.Should().Be(WsaError.Success);
        close.Effects.Should().ContainSingle().Which.Should().BeOfType<ProviderEffect.ReleaseHandle>();

        given.Taken(s, 10).The<ProviderEffect.Transmit>().Data.Sum(run => run.Length).Should().Be(10);
        given.Taken(s, 10).Effects.Select(effect => effect.GetType()).Should().Equal(typeof(ProviderEffect.Transmit), typeof(ProviderEffect.FinishEndpoint));
        given.Taken(s, 5).The<ProviderEffect.CloseEndpoint>().Endpoint.Should().Be(s);
        given.State.Sockets.Should().BeEmpty();
        given.State.Ledger.Delivered.Should().Be(25);
    }

    [Fact]
    [Trait("Clause", "CLOSE-36")]
    public void NothingUnsent_DefaultClose_EndsInGoodOrderAtOnce()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();

        given.Close(s).Effects.Select(effect => effect.GetType())
            .Should().Equal(typeof(ProviderEffect.ReleaseHandle), typeof(ProviderEffect.FinishEndpoint), typeof(ProviderEffect.CloseEndpoint));
    }

    [Fact]
    [Trait("Clause", "CLOSE-36")]
    public void SendingShutDown_Close_EndsOnlyOnce()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        given.Shutdown(s, SocketShutdown.Send);

        given.Close(s).All<ProviderEffect.FinishEndpoint>().Should().BeEmpty();
    }

    [Fact]
    [Trait("Clause", "CLOSE-08")]
    public void ClosedInTheBackground_PeerResets_TheRestIsDiscardedForThatReason()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        given.Send(s, 30);
        given.Close(s);

        given.Breaks(s);

        given.State.Ledger.DiscardedFor(DiscardReason.ConnectionBroken).Should().Be(30);
        given.State.Sockets.Should().BeEmpty();
    }

    [Fact]
    [Trait("Clause", "CLOSE-15")]
    [Trait("Clause", "CLOSE-11")]
    [Trait("Clause", "ASYNC-36")]
    [Trait("Clause", "EVSEL-16")]
    public void EventsSelected_CloseAndPeerEnds_NothingIsTold()
    {
        Given given = Given.Running();
        foreach (bool window in new[] { false, true })
        {
            SocketHandle s = given.Connected();
            given.Send(s, 10);
            _ = window ? given.Messages(s, (NetworkEvents)0x3F) : given.Select(s, (NetworkEvents)0x3F);

            given.Close(s).Told().Should().BeEmpty();
            given.Data(s, 5).Told().Should().BeEmpty();
            given.PeerFinishes(s).Told().Should().BeEmpty();
            given.Breaks(s).Told().Should().BeEmpty();
        }
    }

    [Theory]
    [InlineData(UnreadDataAtClose.Ignored)]
    [InlineData(UnreadDataAtClose.Resets)]
    [Trait("Clause", "CLOSE-AMB-15")]
    public void DataUnread_Close_DoesAsTheReadingSays(UnreadDataAtClose reading)
    {
        Given given = Given.Running(new Readings { UnreadDataAtClose = reading });
        SocketHandle s = given.Connected();
        given.Send(s, 30);
        given.Data(s, 5);
        bool resets = reading == UnreadDataAtClose.Resets;

        Transition close = given.Close(s);

        close.All<ProviderEffect.ResetEndpoint>().Should().HaveCount(resets ? 1 : 0);
        close.All<ProviderEffect.FinishEndpoint>().Should().HaveCount(resets ? 0 : 1);
        given.State.Ledger.DiscardedFor(DiscardReason.UnreadData).Should().Be(resets ? 30 : 0);
        given.State.QueuedBytes.Should().Be(resets ? 0 : 30);
    }

    // Hard

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Clause", "CLOSE-22")]
    [Trait("Clause", "CLOSE-23")]
    [Trait("Clause", "CLOSE-24")]
    [Trait("Clause", "CLOSE-25")]
    [Trait("Clause", "CLOSE-42")]
    public void LingerOfZero_Close_ResetsAndThrowsUnsentDataAway(bool nonblocking)
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        given.Linger(s, 1, 0).Send(s, 30);
        if (nonblocking)
            given.Nonblocking(s);

        Transition close = given.Close(s);

        close.Result.Error.Should().Be(WsaError.Success);
        close.Result.Outcome.Should().Be(CallOutcome.Returned);
        close.The<ProviderEffect.ResetEndpoint>().Endpoint.Should().Be(s);
        close.All<ProviderEffect.FinishEndpoint>().Should().BeEmpty();
        given.State.Ledger.DiscardedFor(DiscardReason.HardClose).Should().Be(30);
        given.State.Sockets.Should().BeEmpty();
    }

    [Fact]
    [Trait("Clause", "CLOSE-24")]
    public void LingerOfZeroAndBroken_Close_ResetsNothing()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        given.Linger(s, 1, 0).Breaks(s);

        given.Close(s).All<ProviderEffect.ResetEndpoint>().Should().BeEmpty();
    }

    // What is pending

    [Theory]
    [InlineData("event")]
    [InlineData("routine")]
    [InlineData("port")]
    [InlineData("nothing")]
    [Trait("Clause", "CLOSE-12")]
    [Trait("Clause", "CLOSE-13")]
    [Trait("Clause", "CLOSE-14")]
    [Trait("Clause", "SEND-42")]
    [Trait("Clause", "SENDTO-45")]
    [Trait("Clause", "RECV-45")]
    [Trait("Clause", "RECVFROM-45")]
    public void OperationsPending_Close_EndsEachWith995AndItsIndication(string indication)
    {
        Given given = Given.Running();
        SocketHandle stream = given.Full();
        SocketHandle datagram = given.Bound(stream: false);
        if (indication == "port")
            given.Port(stream).Port(datagram);
        OverlappedRequest Next() => given.Request(e: indication == "event" ? 8 : 0, routine: indication == "routine");
        OverlappedRequest[] pending = [Next(), Next(), Next(), Next()];
        given.Recv(stream, 10, pending[0], Given.Other);
        given.Send(stream, 10, pending[1], Given.Third);
        given.Apply(new Input.SendTo { Thread = Given.Other, Socket = stream, Data = Payload.OfLength(1), Overlapped = pending[2] });
        given.RecvFrom(datagram, 10, overlapped: pending[3]);

        List<ProviderEffect> effects = [.. given.Close(stream).Effects, .. given.Close(datagram).Effects];

        effects.OfType<ProviderEffect.FinishOverlapped>().Should().OnlyContain(end => end.Error == WsaError.OperationAborted)
            .And.HaveCount(4);
        List<ProviderEffect> told = [.. effects.Where(effect => effect.Group == EffectGroup.Notification)];
        IEnumerable<long> requests = told.Select(effect => effect switch
        {
            ProviderEffect.SetEvent set when indication == "event" => set.Request,
            ProviderEffect.QueueRoutine routine when indication == "routine" => routine.Request,
            ProviderEffect.PostCompletion packet when indication == "port" && packet.Error == WsaError.OperationAborted => packet.Request,
            _ => 0,
        });
        requests.Should().BeEquivalentTo(indication == "nothing" ? [] : pending.Select(request => request.Id));
        given.State.Operations.Should().BeEmpty();
    }

    [Fact]
    [Trait("Clause", "SEND-27")]
    [Trait("Clause", "RECV-30")]
    [Trait("Clause", "CLOSE-13")]
    public void RoutinesPending_Close_RunOnTheThreadsThatStartedThem()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        given.Recv(s, 10, given.Request(routine: true), Given.Other);
        given.Recv(s, 10, given.Request(routine: true), Given.Third);

        given.Close(s).All<ProviderEffect.QueueRoutine>().Select(routine => routine.Thread).Should().Equal(Given.Other, Given.Third);
    }

    [Theory]
    [InlineData(CancelledCallError.Interrupted, WsaError.Interrupted)]
    [InlineData(CancelledCallError.OperationAborted, WsaError.OperationAborted)]
    [InlineData(CancelledCallError.NotSocket, WsaError.NotSocket)]
    [Trait("Clause", "CLOSE-10")]
    [Trait("Clause", "CLOSE-AMB-07")]
    public void CallsBlocked_CloseByAnotherThread_ReleasesThemAsTheReadingSays(CancelledCallError reading, WsaError error)
    {
        Given given = Given.Running(new Readings { CallCancelledByClose = reading });
        SocketHandle stream = given.Full();
        SocketHandle listener = given.Listener();
        SocketHandle binding = given.Stream();
        long[] onStream = [given.Recv(stream, 10).Result.Call, given.Send(stream, 10, thread: Given.Other).Result.Call];
        long accept = given.Accept(listener).Result.Call;
        long bind = given.Apply(new Input.Bind { Thread = Given.Main, Socket = binding, Address = SockAddr.Loopback(0) }).Result.Call;

        Transition close = given.Close(stream, Given.Third);

        foreach (long call in onStream)
            close.Released(call).Error.Should().Be(error);
        given.Close(listener, Given.Third).Released(accept).Error.Should().Be(error);
        given.Close(binding, Given.Third).Released(bind).Error.Should().Be(error);
    }

    [Fact]
    [Trait("Clause", "CLOSE-10")]
    [Trait("Clause", "GETOVL-08")]
    public void ResultAwaited_Close_ReleasesTheWaiterWithTheOperationsEnd()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        OverlappedRequest request = given.Request(e: 8);
        given.Recv(s, 10, request);
        long wait = given.Apply(new Input.GetOverlappedResult { Thread = Given.Other, Socket = s, Request = request.Id, Status = NtStatus.Pending, Wait = true }).Result.Call;

        given.Close(s).Released(wait).Error.Should().Be(WsaError.OperationAborted);
    }

    [Theory]
    [InlineData(PendingSendsAtClose.Cancelled)]
    [InlineData(PendingSendsAtClose.Sent)]
    [Trait("Clause", "CLOSE-AMB-11")]
    public void SendPending_GracefulClose_CancelsOrSendsAsTheReadingSays(PendingSendsAtClose reading)
    {
        Given given = Given.Running(new Readings { PendingSendsAtClose = reading });
        SocketHandle s = given.Full();
        OverlappedRequest request = given.Request(e: 8);
        given.Send(s, 10, request);

        Transition close = given.Close(s);
        Transition taken = given.Taken(s, 65_536);

        if (reading == PendingSendsAtClose.Cancelled)
        {
            close.Ended(request).Error.Should().Be(WsaError.OperationAborted);
            given.State.Ledger.Delivered.Should().Be(65_536);
        }
        else
        {
            close.All<ProviderEffect.FinishOverlapped>().Should().BeEmpty();
            taken.Ended(request).Count.Should().Be(10);
            taken.The<ProviderEffect.SetEvent>().Request.Should().Be(request.Id);
            given.Taken(s, 10);
            given.State.Ledger.Delivered.Should().Be(65_546);
        }

        given.State.Sockets.Should().BeEmpty();
    }

    [Fact]
    [Trait("Clause", "CLOSE-12")]
    [Trait("Clause", "CLOSE-14")]
    [Trait("Clause", "CLOSE-AMB-11")]
    public void SendPendingThatWouldBeSent_HardClose_EndsItAllTheSame()
    {
        Given given = Given.Running(new Readings { PendingSendsAtClose = PendingSendsAtClose.Sent, UnreadDataAtClose = UnreadDataAtClose.Resets });
        SocketHandle hard = given.Full();
        given.Linger(hard, 1, 0);
        SocketHandle unread = given.Full();
        given.Data(unread, 5);

        foreach (SocketHandle s in new[] { hard, unread })
        {
            OverlappedRequest request = given.Request(e: 8);
            given.Send(s, 10, request);

            Transition close = given.Close(s);

            close.Ended(request).Error.Should().Be(WsaError.OperationAborted);
            close.The<ProviderEffect.SetEvent>().Request.Should().Be(request.Id);
        }

        given.State.Operations.Should().BeEmpty();
    }

    [Fact]
    [Trait("Clause", "CLOSE-10")]
    [Trait("Clause", "CLOSE-AMB-11")]
    public void SendBlockedWherePendingOnesAreSent_Close_StillCancelsTheBlockedOne()
    {
        Given given = Given.Running(new Readings { PendingSendsAtClose = PendingSendsAtClose.Sent });
        SocketHandle s = given.Full();
        OverlappedRequest request = given.Request();
        given.Send(s, 10, request);
        long call = given.Send(s, 10, thread: Given.Other).Result.Call;

        given.Close(s).Released(call).Error.Should().Be(WsaError.Interrupted);

        given.Taken(s, 65_536).Ended(request).Error.Should().Be(WsaError.Success);
    }

    [Fact]
    [Trait("Clause", "CLOSE-41")]
    [Trait("Clause", "CANCEL-14")]
    public void OperationCancelledBefore_Close_Works()
    {
        Given given = Given.Running();
        SocketHandle s = given.Full();
        given.Send(s, 1);
        given.Apply(new Input.CancelBlockingCall { Thread = Given.Main });

        given.Close(s).Result.Error.Should().Be(WsaError.Success);
        given.State.FindOpen(s).Should().BeNull();
    }

    [Fact]
    [Trait("Clause", "CLOSE-AMB-14")]
    public void DatagramSocket_Close_NeverWaits()
    {
        Given given = Given.Running();
        SocketHandle s = given.WithPeer();
        given.Datagram(s, 5, port: 80);

        Transition close = given.Close(s);

        close.Result.Outcome.Should().Be(CallOutcome.Returned);
        close.All<ProviderEffect.ResetEndpoint>().Should().BeEmpty();
        given.State.Sockets.Should().BeEmpty();
    }

    [Fact]
    [Trait("Clause", "CLOSE-08")]
    public void ClosedInTheBackground_DataArrives_IsTakenOffTheTransportAndIgnored()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        given.Send(s, 30);
        given.Close(s);

        given.Data(s, 7).The<ProviderEffect.Consumed>().Count.Should().Be(7);

        given.State.QueuedBytes.Should().Be(30);
    }
}
