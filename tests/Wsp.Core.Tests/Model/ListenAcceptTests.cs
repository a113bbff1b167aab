using System.Net.Sockets;
using Wsp.Model;
using Wsp.Specification;
using Wsp.Spi;
using Input = Wsp.Model.ProviderInput;

namespace Wsp.Core.Tests.Model;

/// <summary>WSPListen and WSPAccept on the pure model.</summary>
public class ListenAcceptTests
{
    private const int AcceptConn = 0x0002;

    // Listening

    [Fact]
    [Trait("Clause", "LISTEN-01")]
    [Trait("Clause", "LISTEN-16")]
    [Trait("Clause", "GETOPT-39")]
    public void Bound_Listen_ListensOnceTheTransportDoes()
    {
        Given given = Given.Running();
        SocketHandle s = given.Bound();
        given.Option(s, AcceptConn).Should().Be(0);

        Transition listen = given.Listen(s, 5);
        listen.The<ProviderEffect.ListenEndpoint>().Backlog.Should().Be(5);
        given.Option(s, AcceptConn).Should().Be(0);
        given.Apply(new Input.ListenAnswered { Endpoint = s }).Released(listen.Result.Call).Error.Should().Be(WsaError.Success);

        given.Option(s, AcceptConn).Should().Be(1);
    }

    [Fact]
    [Trait("Clause", "WSPListen#errors/WSAEADDRINUSE")]
    public void ListenAtTransport_Refused_LeavesTheSocketBound()
    {
        Given given = Given.Running();
        SocketHandle s = given.Bound();
        long call = given.Listen(s, 5).Result.Call;

        given.Apply(new Input.ListenAnswered { Endpoint = s, Error = WsaError.AddressAlreadyInUse }).Released(call).Error.Should().Be(WsaError.AddressAlreadyInUse);

        given.State.FindOpen(s)!.Stage.Should().Be(SocketStage.Bound);
    }

    [Fact]
    [Trait("Clause", "LISTEN-02")]
    [Trait("Clause", "LISTEN-04")]
    [Trait("Clause", "LISTEN-05")]
    [Trait("Clause", "WSPListen#errors/WSAEOPNOTSUPP")]
    [Trait("Clause", "WSPListen#errors/WSAEINVAL")]
    [Trait("Clause", "WSPListen#errors/WSAEISCONN")]
    public void WrongSocket_Listen_NamesTheReason()
    {
        Given given = Given.Running();
        given.Listen(given.Bound(stream: false), 1).Result.Error.Should().Be(WsaError.OperationNotSupported);
        given.Listen(given.Stream(), 1).Result.Error.Should().Be(WsaError.InvalidArgument);
        given.Listen(given.Connected(), 1).Result.Error.Should().Be(WsaError.IsConnected);
    }

    [Fact]
    [Trait("Clause", "WSPListen#errors/WSAEINPROGRESS")]
    public void ListenAtTransport_ListenAgain_IsInProgress()
    {
        Given given = Given.Running();
        SocketHandle s = given.Bound();
        long call = given.Listen(s, 5).Result.Call;

        given.Listen(s, 5).Result.Error.Should().Be(WsaError.InProgress);
        given.Apply(new Input.ListenAnswered { Endpoint = s }).Released(call).Error.Should().Be(WsaError.Success);
    }

    [Theory]
    [InlineData(int.MinValue, 1)]
    [InlineData(0, 1)]
    [InlineData(7, 7)]
    [InlineData(200, 200)]
    [InlineData(int.MaxValue, 200)]
    [Trait("Clause", "LISTEN-07")]
    [Trait("Clause", "LISTEN-15")]
    public void Bound_ListenWithAnyBacklog_TakesTheNearestLegalOne(int asked, int taken)
    {
        Given given = Given.Running();
        given.Listen(given.Bound(), asked).The<ProviderEffect.ListenEndpoint>().Backlog.Should().Be(taken);
    }

    [Fact]
    [Trait("Clause", "LISTEN-06")]
    [Trait("Clause", "LISTEN-09")]
    public void QueueFull_ConnectionArrives_IsRefused()
    {
        Given given = Given.Running();
        SocketHandle listener = given.Listener(backlog: 2);
        given.Arrive(listener);
        given.Arrive(listener);

        given.Error(new Input.ConnectionArrived { Listener = listener }).Should().Be(WsaError.ConnectionRefused);
        given.Accept(listener).Result.Error.Should().Be(WsaError.Success);
        given.Error(new Input.ConnectionArrived { Listener = listener }).Should().Be(WsaError.Success);
    }

    [Fact]
    [Trait("Clause", "LISTEN-12")]
    [Trait("Clause", "LISTEN-13")]
    [Trait("Clause", "LISTEN-14")]
    public void Listening_ListenWithSmallerBacklog_ResetsTheYoungestInExcess()
    {
        Given given = Given.Running();
        SocketHandle listener = given.Listener(backlog: 5);
        SocketHandle oldest = given.Arrive(listener);
        SocketHandle[] surplus = [given.Arrive(listener), given.Arrive(listener)];

        Transition again = given.Listen(listener, 1);

        again.Result.Error.Should().Be(WsaError.Success);
        again.All<ProviderEffect.ResetEndpoint>().Select(reset => reset.Endpoint).Should().Equal(surplus);
        given.Error(new Input.ConnectionArrived { Listener = listener }).Should().Be(WsaError.ConnectionRefused);
        given.Accept(listener).Result.Socket.Should().Be(oldest);
    }

    [Fact]
    [Trait("Clause", "LISTEN-13")]
    public void Listening_ListenWithLargerBacklog_AdmitsMore()
    {
        Given given = Given.Running();
        SocketHandle listener = given.Listener(backlog: 1);
        given.Arrive(listener);

        given.Listen(listener, 2).Effects.Should().BeEmpty();
        given.Error(new Input.ConnectionArrived { Listener = listener }).Should().Be(WsaError.Success);
    }

    [Fact]
    [Trait("Clause", "WSPConnect#errors/WSAECONNREFUSED")]
    public void NobodyListens_ConnectionArrives_IsRefused()
    {
        Given given = Given.Running();
        given.Error(new Input.ConnectionArrived { Listener = given.Bound() }).Should().Be(WsaError.ConnectionRefused);
        SocketHandle closed = given.Listener();
        given.Close(closed);
        given.Error(new Input.ConnectionArrived { Listener = closed }).Should().Be(WsaError.ConnectionRefused);
    }

    // Accepting

    [Fact]
    [Trait("Clause", "ACCEPT-01")]
    [Trait("Clause", "ACCEPT-03")]
    [Trait("Clause", "ACCEPT-21")]
    [Trait("Clause", "ACCEPT-22")]
    [Trait("Clause", "ACCEPT-23")]
    public void RequestsWaiting_Accept_TakesTheOldestAndReportsItsPeer()
    {
        Given given = Given.Running();
        SocketHandle listener = given.Listener();
        SocketHandle first = given.Arrive(listener);
        SocketHandle second = given.Arrive(listener);

        Transition accept = given.Accept(listener);

        accept.Result.Socket.Should().Be(first);
        accept.Result.Address.Should().Be(SockAddr.Loopback(6000));
        accept.The<ProviderEffect.AcceptEndpoint>().Endpoint.Should().Be(first);
        given.Accept(listener).Result.Socket.Should().Be(second);
        given.State.FindOpen(listener)!.Stage.Should().Be(SocketStage.Listening);
    }

    [Fact]
    [Trait("Clause", "ACCEPT-20")]
    public void AcceptedSocket_Accept_IsInvalid()
    {
        Given given = Given.Running();
        SocketHandle listener = given.Listener();
        given.Arrive(listener);
        SocketHandle accepted = given.Accept(listener).Result.Socket;

        given.Accept(accepted).Result.Error.Should().Be(WsaError.InvalidArgument);
        given.Send(accepted, 1).Result.Error.Should().Be(WsaError.Success);
    }

    [Fact]
    [Trait("Clause", "ACCEPT-18")]
    public void QueueEmptyBlocking_Accept_WaitsForArrivalsInTheOrderOfTheCalls()
    {
        Given given = Given.Running();
        SocketHandle listener = given.Listener();
        long first = given.Accept(listener).Result.Call;
        long second = given.Accept(listener, thread: Given.Other).Result.Call;

        SocketHandle arrived = given.Arrive(listener);
        given.Last.Released(first).Socket.Should().Be(arrived);
        given.Last.All<ProviderEffect.ReleaseCaller>().Should().ContainSingle();
        given.Arrive(listener);
        given.Last.All<ProviderEffect.ReleaseCaller>().Should().ContainSingle().Which.Call.Should().Be(second);
    }

    [Fact]
    [Trait("Clause", "ACCEPT-19")]
    [Trait("Clause", "WSPAccept#errors/WSAEWOULDBLOCK")]
    public void QueueEmptyNonblocking_Accept_WouldBlock()
    {
        Given given = Given.Running();
        SocketHandle listener = given.Listener();
        given.Nonblocking(listener).Accept(listener).Result.Error.Should().Be(WsaError.WouldBlock);
    }

    [Fact]
    [Trait("Clause", "WSPAccept#errors/WSAEINVAL")]
    [Trait("Clause", "WSPAccept#errors/WSAEOPNOTSUPP")]
    public void NotListening_Accept_NamesTheReason()
    {
        Given given = Given.Running();
        given.Accept(given.Bound()).Result.Error.Should().Be(WsaError.InvalidArgument);
        given.Accept(given.Bound(stream: false)).Result.Error.Should().Be(WsaError.OperationNotSupported);
    }

    [Fact]
    [Trait("Clause", "ACCEPT-25")]
    [Trait("Clause", "ACCEPT-27")]
    [Trait("Clause", "WSPAccept#errors/WSAEFAULT")]
    public void RequestWaiting_AcceptWithTooLittleRoom_IsAFaultAndKeepsTheRequest()
    {
        Given given = Given.Running();
        SocketHandle listener = given.Listener();
        given.Arrive(listener);

        given.Error(new Input.Accept { Thread = Given.Main, Socket = listener, NameLength = 15 }).Should().Be(WsaError.Fault);
        given.Error(new Input.Accept { Thread = Given.Main, Socket = listener, NameLength = null }).Should().Be(WsaError.Success);
    }

    [Fact]
    [Trait("Clause", "WSPAccept#errors/WSAEMFILE")]
    [Trait("Clause", "LISTEN-10")]
    [Trait("Clause", "LISTEN-11")]
    [Trait("Clause", "ACCEPT-56")]
    public void NoDescriptorLeft_Accept_FailsAndTheRequestIsStillThereLater()
    {
        Given given = Given.Running(settings: new ModelSettings { MaxSockets = 2 });
        SocketHandle listener = given.Listener();
        SocketHandle other = given.Stream();
        SocketHandle request = given.Arrive(listener);

        given.Accept(listener).Result.Error.Should().Be(WsaError.TooManyOpenSockets);
        given.Close(other);
        given.Accept(listener).Result.Socket.Should().Be(request);
    }

    [Fact]
    [Trait("Clause", "WSPAccept#errors/WSAECONNRESET")]
    public void PeerGoneBeforeAccept_Accept_IsResetAndTheNextOneWorks()
    {
        Given given = Given.Running();
        SocketHandle listener = given.Listener();
        given.Breaks(given.Arrive(listener));
        SocketHandle second = given.Arrive(listener);

        given.Accept(listener).Result.Error.Should().Be(WsaError.ConnectionReset);
        given.Accept(listener).Result.Socket.Should().Be(second);
    }

    [Fact]
    [Trait("Clause", "ACCEPT-06")]
    public void ListenerWithOptionsAndMode_Accept_InheritsThemAsTheyAreThen()
    {
        Given given = Given.Running();
        SocketHandle listener = given.Listener();
        given.Arrive(listener);
        given.SetOption(listener, 0x0008, 1).SetOption(listener, 0x1001, 1234).Linger(listener, 1, 9).Nonblocking(listener);

        SocketHandle accepted = given.Accept(listener).Result.Socket;

        given.Option(accepted, 0x0008).Should().Be(1);
        given.Option(accepted, 0x1001).Should().Be(1234);
        given.Option(accepted, 0x0080).Should().Be(1 | (9 << 16));
        given.Recv(accepted, 1).Result.Error.Should().Be(WsaError.WouldBlock);
        given.State.FindOpen(accepted)!.IsOverlapped.Should().BeTrue();
    }

    [Fact]
    [Trait("Clause", "ACCEPT-07")]
    [Trait("Clause", "ACCEPT-55")]
    [Trait("Clause", "EVSEL-18")]
    [Trait("Clause", "EVSEL-26")]
    public void ListenerWithEvents_Accept_InheritsTheRegistrationAndTellsThatItIsWritable()
    {
        Given given = Given.Running();
        SocketHandle listener = given.Listener();
        given.Select(listener, NetworkEvents.Accept | NetworkEvents.Write | NetworkEvents.Read);
        given.Arrive(listener);

        Transition accept = given.Accept(listener);

        accept.The<ProviderEffect.SetEvent>().EventObject.Should().Be(GivenSteps.Event);
        given.Fetch(accept.Result.Socket).Should().Be(NetworkEvents.Write);
        given.Fetch(listener).Should().Be(NetworkEvents.Accept);
    }

    [Fact]
    [Trait("Clause", "ASYNC-12")]
    [Trait("Clause", "ASYNC-24")]
    public void ListenerWithMessages_Accept_InheritsWindowAndMessage()
    {
        Given given = Given.Running();
        SocketHandle listener = given.Listener();
        given.Messages(listener, NetworkEvents.Accept | NetworkEvents.Write);
        given.Arrive(listener);

        Transition accept = given.Accept(listener);

        ProviderEffect.PostMessage message = accept.The<ProviderEffect.PostMessage>();
        (message.Window, message.Message, message.Socket, message.Event).Should().Be((new WindowHandle(8), 1025, accept.Result.Socket, NetworkEvents.Write));
    }

    [Fact]
    [Trait("Clause", "RECV-71")]
    [Trait("Clause", "EVSEL-24")]
    public void RequestWithDataAndEnd_Accept_FindsBoth()
    {
        Given given = Given.Running();
        SocketHandle listener = given.Listener();
        given.Select(listener, NetworkEvents.Accept | NetworkEvents.Read | NetworkEvents.Close);
        SocketHandle request = given.Arrive(listener);
        given.Data(request, 5);
        given.PeerFinishes(request).Told().Should().BeEmpty();

        SocketHandle accepted = given.Accept(listener).Result.Socket;

        given.Fetch(accepted).Should().Be(NetworkEvents.Read);
        given.Recv(accepted, 10).Result.Count.Should().Be(5);
        given.Fetch(accepted).Should().Be(NetworkEvents.Close);
        given.Recv(accepted, 10).Result.Error.Should().Be(WsaError.Success);
    }

    // The condition function

    [Fact]
    [Trait("Clause", "ACCEPT-02")]
    [Trait("Clause", "ACCEPT-05")]
    [Trait("Clause", "ACCEPT-30")]
    [Trait("Clause", "ACCEPT-39")]
    public void RequestWaiting_ConditionAccepts_MakesTheSocket()
    {
        Given given = Given.Running();
        SocketHandle listener = given.Listener();
        SocketHandle request = given.Arrive(listener);

        Transition question = given.Accept(listener, conditional: true);
        question.Result.Outcome.Should().Be(CallOutcome.Deciding);
        question.Result.Names.Should().Be(new ReportedNames(SockAddr.Loopback(6000), SockAddr.Loopback(5000)));
        question.Effects.Should().BeEmpty();
        given.State.FindOpen(request).Should().BeNull();

        given.Decide(question.Result.Call, ConditionAnswer.Accept).Result.Socket.Should().Be(request);
        given.State.Calls.Should().BeEmpty();
    }

    [Fact]
    [Trait("Clause", "ACCEPT-11")]
    [Trait("Clause", "WSPAccept#errors/WSAECONNREFUSED")]
    public void RequestWaiting_ConditionRejects_RefusesItAndGoesNoFurther()
    {
        Given given = Given.Running();
        SocketHandle listener = given.Listener();
        SocketHandle first = given.Arrive(listener);
        SocketHandle second = given.Arrive(listener);

        Transition decide = given.Decide(given.Accept(listener, conditional: true).Result.Call, ConditionAnswer.Reject);

        decide.Result.Error.Should().Be(WsaError.ConnectionRefused);
        decide.The<ProviderEffect.ResetEndpoint>().Endpoint.Should().Be(first);
        given.State.FindEndpoint(first).Should().BeNull();
        given.Accept(listener).Result.Socket.Should().Be(second);
    }

    [Fact]
    [Trait("Clause", "ACCEPT-12")]
    [Trait("Clause", "ACCEPT-13")]
    [Trait("Clause", "ACCEPT-14")]
    [Trait("Clause", "ACCEPT-15")]
    [Trait("Clause", "WSPAccept#errors/WSATRY_AGAIN")]
    public void RequestWaiting_ConditionDefers_LeavesItAtTheHead()
    {
        Given given = Given.Running();
        SocketHandle listener = given.Listener();
        SocketHandle request = given.Arrive(listener);

        Transition decide = given.Decide(given.Accept(listener, conditional: true).Result.Call, ConditionAnswer.Defer);

        decide.Result.Error.Should().Be(WsaError.TryAgain);
        decide.Effects.Should().BeEmpty();
        given.State.OpenSockets.Should().Be(1);
        given.Decide(given.Accept(listener, conditional: true).Result.Call, ConditionAnswer.Accept).Result.Socket.Should().Be(request);
    }

    [Fact]
    [Trait("Clause", "ACCEPT-16")]
    [Trait("Clause", "ACCEPT-17")]
    public void HeadDeferred_MoreRequestsArrive_NothingIsToldUntilTheHeadIsDecided()
    {
        Given given = Given.Running();
        SocketHandle listener = given.Listener();
        given.Select(listener, NetworkEvents.Accept);
        given.Arrive(listener);
        given.Fetch(listener).Should().Be(NetworkEvents.Accept);
        given.Decide(given.Accept(listener, conditional: true).Result.Call, ConditionAnswer.Defer).Told().Should().BeEmpty();

        given.Arrive(listener);
        given.Last.Told().Should().BeEmpty();
        given.Fetch(listener).Should().Be(NetworkEvents.None);
        Transition decide = given.Decide(given.Accept(listener, conditional: true).Result.Call, ConditionAnswer.Accept);

        decide.All<ProviderEffect.SetEvent>().Should().ContainSingle();
        given.Fetch(listener).Should().Be(NetworkEvents.Accept);
    }

    [Fact]
    [Trait("Clause", "ACCEPT-16")]
    [Trait("Clause", "ACCEPT-17")]
    [Trait("Clause", "EVSEL-21")]
    public void HeadDeferred_AcceptedWithoutCondition_LaterRequestsAreToldAgain()
    {
        Given given = Given.Running();
        SocketHandle listener = given.Listener();
        given.Select(listener, NetworkEvents.Accept);
        given.Arrive(listener);
        given.Fetch(listener);
        given.Decide(given.Accept(listener, conditional: true).Result.Call, ConditionAnswer.Defer);

        given.Accept(listener).Result.Error.Should().Be(WsaError.Success);
        given.Arrive(listener);

        given.Fetch(listener).Should().Be(NetworkEvents.Accept);
    }

    [Fact]
    [Trait("Clause", "WSPAccept#errors/WSAEINVAL")]
    public void RequestWaiting_ConditionAnswersSomethingElse_IsInvalid()
    {
        Given given = Given.Running();
        SocketHandle listener = given.Listener();
        given.Arrive(listener);

        given.Decide(given.Accept(listener, conditional: true).Result.Call, (ConditionAnswer)3).Result.Error.Should().Be(WsaError.InvalidArgument);
    }

    [Fact]
    [Trait("Clause", "ACCEPT-02")]
    [Trait("Clause", "ACCEPT-04")]
    [Trait("Clause", "ACCEPT-18")]
    public void BlockedConditionalAccept_RequestArrives_AsksOnTheThreadOfTheCall()
    {
        Given given = Given.Running();
        SocketHandle listener = given.Listener();
        long call = given.Accept(listener, conditional: true, thread: Given.Other).Result.Call;

        SocketHandle request = given.Arrive(listener);

        ProviderEffect.ReleaseCaller question = given.Last.The<ProviderEffect.ReleaseCaller>();
        (question.Call, question.Thread, question.Result.Outcome).Should().Be((call, Given.Other, CallOutcome.Deciding));
        given.Decide(call, ConditionAnswer.Accept).Result.Socket.Should().Be(request);
    }

    [Fact]
    [Trait("Clause", "CANCEL-05")]
    [Trait("Clause", "CANCEL-11")]
    [Trait("Clause", "WSPAccept#errors/WSAEINTR")]
    public void ConditionDeciding_Cancelled_AnswersInterruptedAndTheRequestStays()
    {
        Given given = Given.Running();
        SocketHandle listener = given.Listener();
        SocketHandle request = given.Arrive(listener);
        long call = given.Accept(listener, conditional: true).Result.Call;

        given.Apply(new Input.CancelBlockingCall { Thread = Given.Main }).All<ProviderEffect.ReleaseCaller>().Should().BeEmpty();
        given.Decide(call, ConditionAnswer.Accept).Result.Error.Should().Be(WsaError.Interrupted);

        given.Accept(listener).Result.Socket.Should().Be(request);
    }

    [Fact]
    [Trait("Clause", "WSPAccept#errors/WSAECONNRESET")]
    public void ConditionDeciding_PeerGoes_AcceptIsReset()
    {
        Given given = Given.Running();
        SocketHandle listener = given.Listener();
        SocketHandle request = given.Arrive(listener);
        long call = given.Accept(listener, conditional: true).Result.Call;

        given.Breaks(request);

        given.Decide(call, ConditionAnswer.Accept).Result.Error.Should().Be(WsaError.ConnectionReset);
        given.State.FindEndpoint(request).Should().BeNull();
    }

    [Theory]
    [InlineData(CancelledCallError.Interrupted, WsaError.Interrupted)]
    [InlineData(CancelledCallError.OperationAborted, WsaError.OperationAborted)]
    [InlineData(CancelledCallError.NotSocket, WsaError.NotSocket)]
    [Trait("Clause", "CLOSE-10")]
    [Trait("Clause", "CLOSE-AMB-07")]
    public void ConditionDeciding_ListenerCloses_TheCallIsCancelled(CancelledCallError reading, WsaError error)
    {
        Given given = Given.Running(new Readings { CallCancelledByClose = reading });
        SocketHandle listener = given.Listener();
        given.Arrive(listener);
        long call = given.Accept(listener, conditional: true).Result.Call;

        given.Close(listener, Given.Other);

        given.Decide(call, ConditionAnswer.Accept).Result.Error.Should().Be(error);
        given.State.Sockets.Should().BeEmpty();
    }

    [Fact]
    [Trait("Clause", "ACCEPT-22")]
    public void Listening_BreakThatNamesTheListener_ChangesNothing()
    {
        Given given = Given.Running();
        SocketHandle listener = given.Listener();
        SocketHandle request = given.Arrive(listener);

        given.Breaks(listener).Effects.Should().BeEmpty();

        given.Accept(listener).Result.Socket.Should().Be(request);
    }

    [Fact]
    [Trait("Clause", "SOCKET-37")]
    [Trait("Clause", "WSPShutdown#errors/WSAENOTCONN")]
    public void Listening_TransferOrShutdown_IsNotConnected()
    {
        Given given = Given.Running();
        SocketHandle listener = given.Listener();
        given.Send(listener, 1).Result.Error.Should().Be(WsaError.NotConnected);
        given.Recv(listener, 1).Result.Error.Should().Be(WsaError.NotConnected);
        given.Shutdown(listener, SocketShutdown.Both).Result.Error.Should().Be(WsaError.NotConnected);
    }

    [Theory]
    [InlineData(ConditionAnswer.Accept)]
    [InlineData(ConditionAnswer.Reject)]
    public void Deciding_SecondAcceptOnAnotherThread_GetsTheNextRequestAndNeverTheOneUnderDecision(ConditionAnswer answer)
    {
        Given given = Given.Running();
        SocketHandle listener = given.Listener();
        SocketHandle first = given.Arrive(listener);
        Transition asked = given.Apply(new Input.Accept { Thread = Given.Main, Socket = listener, Conditional = true });
        long second = given.Apply(new Input.Accept { Thread = Given.Other, Socket = listener }).Result.Call;
        SocketHandle next = given.Arrive(listener);
        given.State.Calls.Find(second)!.Progress.Should().Be(CallProgress.Waiting);

        Transition decided = given.Apply(new Input.Decide { Thread = Given.Main, PendingCall = asked.Result.Call, Answer = answer });

        decided.Result.Error.Should().Be(answer == ConditionAnswer.Accept ? WsaError.Success : WsaError.ConnectionRefused);
        if (answer == ConditionAnswer.Accept)
            decided.Result.Socket.Should().Be(first);
        decided.Effects.OfType<ProviderEffect.ReleaseCaller>().Should().ContainSingle(release => release.Call == second).Which.Result.Socket.Should().Be(next);
    }

    [Fact]
    [Trait("Clause", "WSPAccept#errors/WSAEINPROGRESS")]
    public void Deciding_AcceptFromInsideTheConditionFunction_IsInProgress()
    {
        Given given = Given.Running();
        SocketHandle listener = given.Listener();
        given.Arrive(listener);
        given.Apply(new Input.Accept { Thread = Given.Main, Socket = listener, Conditional = true });

        given.Error(new Input.Accept { Thread = Given.Main, Socket = listener }).Should().Be(WsaError.InProgress);
    }
}
