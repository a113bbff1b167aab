using Wsp.Model;
using Wsp.Specification;
using Wsp.Spi;
using Input = Wsp.Model.ProviderInput;

namespace Wsp.Core.Tests.Model;

/// <summary>Overlapped operations and WSPGetOverlappedResult on the pure model.</summary>
public class OverlappedTests
{
    // Starting and finishing

    [Fact]
    [Trait("Clause", "RECV-11")]
    [Trait("Clause", "RECV-15")]
    [Trait("Clause", "SEND-08")]
    [Trait("Clause", "SEND-12")]
    [Trait("Clause", "GETOVL-13")]
    [Trait("Clause", "GETOVL-14")]
    [Trait("Clause", "GETOVL-24")]
    public void CannotFinishAtOnce_OverlappedCall_IsPendingWhateverTheMode()
    {
        Given given = Given.Running();
        SocketHandle s = given.Full();
        given.Nonblocking(s);

        foreach (Transition start in new[] { given.Recv(s, 10, given.Request(e: 8)), given.Send(s, 10, given.Request(e: 8)) })
        {
            start.Result.Error.Should().Be(WsaError.IOPending);
            start.All<ProviderEffect.BeginOverlapped>().Should().ContainSingle();
            start.The<ProviderEffect.ResetEvent>().EventObject.Should().Be(new EventHandle(8));
            start.Told().Should().BeEmpty();
        }

        given.State.Operations.Count.Should().Be(2);
    }

    [Fact]
    [Trait("Clause", "SEND-23")]
    [Trait("Clause", "RECV-26")]
    [Trait("Clause", "RECVFROM-26")]
    public void RoutineGiven_TheWholeOperation_LeavesTheEventAlone()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();

        given.Recv(s, 10, given.Request(e: 8, routine: true)).All<ProviderEffect.ResetEvent>().Should().BeEmpty();
        Transition arrived = given.Data(s, 5);

        arrived.All<ProviderEffect.SetEvent>().Should().BeEmpty();
        arrived.All<ProviderEffect.QueueRoutine>().Should().ContainSingle();
    }

    [Theory]
    [InlineData("event")]
    [InlineData("routine")]
    [InlineData("port")]
    [InlineData("nothing")]
    [Trait("Clause", "SEND-09")]
    [Trait("Clause", "SEND-10")]
    [Trait("Clause", "SEND-11")]
    [Trait("Clause", "RECV-12")]
    [Trait("Clause", "RECV-13")]
    [Trait("Clause", "RECV-14")]
    public void CanFinishAtOnce_OverlappedCall_GivesItsIndicationWithinTheCall(string indication)
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        if (indication == "port")
            given.Port(s);
        given.Data(s, 5);

        foreach (bool send in new[] { true, false })
        {
            OverlappedRequest request = given.Request(e: indication == "event" ? 8 : 0, routine: indication == "routine");
            Transition call = send ? given.Send(s, 5, request, Given.Other) : given.Recv(s, 10, request, Given.Other);

            (call.Result.Error, call.Result.Count).Should().Be((WsaError.Success, 5));
            (call.Ended(request).AtOnce, call.Ended(request).Count).Should().Be((true, 5));
            CheckIndication(call, request, indication);
        }

        given.State.Operations.Should().BeEmpty();
    }

    [Theory]
    [InlineData("event")]
    [InlineData("routine")]
    [InlineData("port")]
    [InlineData("nothing")]
    [Trait("Clause", "SEND-06")]
    [Trait("Clause", "SEND-21")]
    [Trait("Clause", "RECV-09")]
    [Trait("Clause", "RECV-24")]
    [Trait("Clause", "GETOVL-15")]
    [Trait("Clause", "GETOVL-33")]
    public void Pending_Finishes_GivesItsIndicationOnce(string indication)
    {
        Given given = Given.Running();
        SocketHandle s = given.Full();
        if (indication == "port")
            given.Port(s);
        OverlappedRequest Next() => given.Request(e: indication == "event" ? 8 : 0, routine: indication == "routine");
        OverlappedRequest recv = Next();
        OverlappedRequest send = Next();
        given.Recv(s, 10, recv, Given.Other);
        given.Send(s, 5, send, Given.Other);

        Transition arrived = given.Data(s, 5);
        Transition taken = given.Taken(s, 5);

        (arrived.Ended(recv).Error, arrived.Ended(recv).Count, arrived.Ended(recv).AtOnce).Should().Be((WsaError.Success, 5, false));
        CheckIndication(arrived, recv, indication);
        taken.Ended(send).Count.Should().Be(5);
        CheckIndication(taken, send, indication);
        given.Data(s, 5).All<ProviderEffect.FinishOverlapped>().Should().BeEmpty();
    }

    [Fact]
    [Trait("Clause", "GETOVL-33")]
    public void PortAndEvent_Finishes_GivesBothUnlessThePacketIsSuppressed()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        given.Port(s);
        given.Recv(s, 10, given.Request(e: 8));
        given.Recv(s, 10, given.Request(e: 8) with { SuppressPort = true });

        given.Data(s, 5).Told().Select(effect => effect.GetType()).Should().Equal(typeof(ProviderEffect.SetEvent), typeof(ProviderEffect.PostCompletion));
        given.Data(s, 5).Told().Select(effect => effect.GetType()).Should().Equal(typeof(ProviderEffect.SetEvent));
    }

    [Fact]
    [Trait("Clause", "GETOVL-33")]
    public void SocketOfAPort_AssociateAgain_IsRefused()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        given.Port(s);

        given.Error(new Input.AssociatePort { Thread = Given.Main, Socket = s, Port = new CompletionPortHandle(16) }).Should().Be(WsaError.InvalidParameter);

        given.Recv(s, 1, given.Request());
        given.Data(s, 1).The<ProviderEffect.PostCompletion>().Port.Should().Be(new CompletionPortHandle(12));
    }

    [Fact]
    [Trait("Clause", "SEND-06")]
    [Trait("Clause", "SEND-AMB-12")]
    public void SendPending_RoomComesInParts_FinishesWithAllBytes()
    {
        Given given = Given.Running(settings: new ModelSettings { SendBuffer = 10 });
        SocketHandle s = given.Connected();
        OverlappedRequest request = given.Request(e: 8);
        given.Send(s, 25, request);

        given.Taken(s, 10).Told().Should().BeEmpty();
        given.Taken(s, 10).Ended(request).Count.Should().Be(25);
    }

    [Fact]
    [Trait("Clause", "SEND-13")]
    [Trait("Clause", "RECV-16")]
    public void Refused_OverlappedCall_IndicatesNothing()
    {
        Given given = Given.Running();
        SocketHandle s = given.Stream();

        given.Send(s, 1, given.Request(e: 8)).Result.Error.Should().Be(WsaError.NotConnected);
        given.Effects.Should().BeEmpty();
        given.Recv(s, 1, given.Request(routine: true)).Result.Error.Should().Be(WsaError.NotConnected);
        given.Effects.Should().BeEmpty();
        given.State.Operations.Should().BeEmpty();
    }

    [Fact]
    [Trait("Clause", "SEND-AMB-13")]
    [Trait("Clause", "RECVFROM-AMB-21")]
    [Trait("Clause", "WSPSend#errors/WSAEWOULDBLOCK")]
    public void AsManyOperationsAsAllowed_OneMore_WouldBlock()
    {
        Given given = Given.Running(settings: new ModelSettings { MaxOperationsPerSocket = 1 });
        SocketHandle s = given.Full();
        OverlappedRequest first = given.Request();
        given.Recv(s, 1, first).Result.Error.Should().Be(WsaError.IOPending);

        given.Recv(s, 1, given.Request()).Result.Error.Should().Be(WsaError.WouldBlock);
        given.Send(s, 1, given.Request()).Result.Error.Should().Be(WsaError.IOPending);
        given.Send(s, 1, given.Request()).Result.Error.Should().Be(WsaError.WouldBlock);
        given.Data(s, 1).Ended(first);
        given.Recv(s, 1, given.Request()).Result.Error.Should().Be(WsaError.IOPending);
    }

    // Readings

    [Theory]
    [InlineData(RoutineOnPort.Allowed, WsaError.IOPending, WsaError.Success)]
    [InlineData(RoutineOnPort.Refused, WsaError.InvalidArgument, WsaError.InvalidArgument)]
    [Trait("Clause", "SEND-13")]
    [Trait("Clause", "RECV-16")]
    public void SocketOfAPort_CallWithRoutine_IsTakenAsTheReadingSays(RoutineOnPort reading, WsaError pending, WsaError atOnce)
    {
        Given given = Given.Running(new Readings { RoutineOnPort = reading });
        SocketHandle s = given.Connected();
        given.Recv(s, 1, given.Request(routine: true)).Result.Error.Should().Be(WsaError.IOPending);
        given.Port(s);

        given.Recv(s, 1, given.Request(routine: true)).Result.Error.Should().Be(pending);
        given.Send(s, 1, given.Request(routine: true)).Result.Error.Should().Be(atOnce);
        given.Last.All<ProviderEffect.PostCompletion>().Should().BeEmpty();
        given.Recv(s, 1, given.Request()).Result.Error.Should().Be(WsaError.IOPending);
    }

    [Theory]
    [InlineData(RecordOnPlainSocket.Ignored, 0)]
    [InlineData(RecordOnPlainSocket.Written, 1)]
    [Trait("Clause", "SEND-05")]
    [Trait("Clause", "RECV-08")]
    [Trait("Clause", "SENDTO-08")]
    [Trait("Clause", "SOCKET-02")]
    [Trait("Clause", "SEND-AMB-02")]
    [Trait("Clause", "RECV-AMB-02")]
    public void PlainSocket_CallWithRecord_IsSynchronousAndTheReadingDecidesOverTheRecord(RecordOnPlainSocket reading, int writes)
    {
        Given given = Given.Running(new Readings { RecordOnPlainSocket = reading });
        SocketHandle s = given.PlainConnected();
        given.Data(s, 5);

        foreach (Transition call in new[] { given.Send(s, 5, given.Request(e: 8)), given.Recv(s, 10, given.Request(routine: true)) })
        {
            (call.Result.Outcome, call.Result.Error, call.Result.Count).Should().Be((CallOutcome.Returned, WsaError.Success, 5));
            call.All<ProviderEffect.FinishOverlapped>().Should().HaveCount(writes);
            call.Told().Should().BeEmpty();
        }
    }

    [Fact]
    [Trait("Clause", "RECV-08")]
    [Trait("Clause", "SEND-05")]
    public void PlainSocketThatCannotFinish_CallWithRecord_BlocksOrWouldBlock()
    {
        Given given = Given.Running();
        SocketHandle s = given.PlainConnected();

        given.Recv(s, 10, given.Request(e: 8)).Result.Outcome.Should().Be(CallOutcome.Blocked);
        given.Nonblocking(s).Recv(s, 10, given.Request(e: 8)).Result.Error.Should().Be(WsaError.WouldBlock);
        given.State.Operations.Should().BeEmpty();
    }

    // Asking

    [Fact]
    [Trait("Clause", "GETOVL-02")]
    [Trait("Clause", "GETOVL-03")]
    [Trait("Clause", "GETOVL-16")]
    [Trait("Clause", "GETOVL-19")]
    [Trait("Clause", "GETOVL-AMB-01")]
    public void Finished_GetResult_ReportsCountAndFlags()
    {
        Given given = Given.Running();
        Input.GetOverlappedResult ask = Ask(given.Connected(), 1) with { Status = NtStatus.Success, Count = 5, Flags = MessageFlags.Partial };

        foreach (bool wait in new[] { true, false })
        {
            CallResult result = given.Apply(ask with { Wait = wait }).Result;
            (result.Outcome, result.Error, result.Count, result.Flags).Should().Be((CallOutcome.Returned, WsaError.Success, 5, MessageFlags.Partial));
        }
    }

    [Theory]
    [InlineData(NtStatus.ConnectionReset, WsaError.ConnectionReset)]
    [InlineData(NtStatus.Cancelled, WsaError.OperationAborted)]
    [Trait("Clause", "GETOVL-04")]
    [Trait("Clause", "GETOVL-06")]
    [Trait("Clause", "GETOVL-AMB-02")]
    public void FinishedWithError_GetResult_ReportsTheErrorWithoutCount(NtStatus status, WsaError error)
    {
        Given given = Given.Running();
        CallResult result = given.Apply(Ask(given.Connected(), 1) with { Status = status, Count = 5 }).Result;

        (result.Error, result.Count, result.CountsOnError).Should().Be((error, 0, false));
    }

    [Fact]
    public void FinishedWithError_GetResultByReading_ReportsTheCountToo()
    {
        Given given = Given.Running(new Readings { CountOfFailedOperation = CountOfFailedOperation.Written });
        CallResult result = given.Apply(Ask(given.Connected(), 1) with { Status = NtStatus.ConnectionReset, Count = 5 }).Result;

        (result.Error, result.Count, result.CountsOnError).Should().Be((WsaError.ConnectionReset, 5, true));
    }

    [Theory]
    [InlineData(CountOfControlCall.BytesReturned, 4)]
    [InlineData(CountOfControlCall.Zero, 0)]
    public void Connected_ControlCallFinishedAtOnceByReading_RecordHoldsTheCountOfTheReading(CountOfControlCall reading, int count)
    {
        Given given = Given.Running(new Readings { CountOfControlCall = reading });
        SocketHandle s = given.Connected();
        Transition control = given.Apply(new Input.Ioctl { Thread = Given.Main, Socket = s, Code = 0x4004667F, OutputLength = 4, Overlapped = given.Request(e: 8) });

        control.Result.Count.Should().Be(4);
        control.Effects.OfType<ProviderEffect.FinishOverlapped>().Should().ContainSingle().Which.Count.Should().Be(count);
    }

    [Fact]
    [Trait("Clause", "GETOVL-07")]
    [Trait("Clause", "WSPGetOverlappedResult#errors/WSA_IO_INCOMPLETE")]
    public void Pending_GetResultWithoutWaiting_IsIncomplete()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        OverlappedRequest request = given.Request(e: 8);
        given.Recv(s, 10, request);

        given.Error(Ask(s, request.Id)).Should().Be(WsaError.IOIncomplete);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Clause", "GETOVL-08")]
    [Trait("Clause", "GETOVL-11")]
    public void Pending_GetResultWaiting_ReturnsWhenTheOperationHasFinished(bool breaks)
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        OverlappedRequest request = given.Request(e: 8);
        OverlappedRequest later = given.Request(e: 8);
        given.Recv(s, 10, request);
        given.Recv(s, 10, later);
        long call = given.Apply(Ask(s, request.Id) with { Wait = true, Thread = Given.Other }).Result.Call;

        Transition end = breaks ? given.Breaks(s) : given.Data(s, 5);

        CallResult result = end.Released(call);
        (result.Error, result.Count).Should().Be(breaks ? (WsaError.ConnectionReset, 0) : (WsaError.Success, 5));
    }

    [Fact]
    [Trait("Clause", "GETOVL-08")]
    public void Pending_GetResultWaiting_IsNotReleasedByAnotherOperation()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        OverlappedRequest first = given.Request();
        OverlappedRequest second = given.Request();
        given.Recv(s, 1, first);
        given.Recv(s, 1, second);
        given.Apply(Ask(s, second.Id) with { Wait = true });

        given.Data(s, 1).All<ProviderEffect.ReleaseCaller>().Should().BeEmpty();
        given.Data(s, 1).All<ProviderEffect.ReleaseCaller>().Should().ContainSingle();
    }

    [Fact]
    [Trait("Clause", "WSPGetOverlappedResult#errors/WSAEINVAL")]
    [Trait("Clause", "WSPGetOverlappedResult#errors/WSAENOTSOCK")]
    [Trait("Clause", "GETOVL-01")]
    [Trait("Clause", "GETOVL-AMB-06")]
    public void WrongArguments_GetResult_NamesTheReason()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();

        given.Error(Ask(s, 0) with { RecordMissing = true }).Should().Be(WsaError.InvalidArgument);
        given.Error(Ask(s, 99) with { Wait = true }).Should().Be(WsaError.IOIncomplete);
        given.Close(s);
        given.Error(Ask(s, 1) with { Status = NtStatus.Success }).Should().Be(WsaError.NotSocket);
    }

    // Cancelling by thread

    [Fact]
    [Trait("Clause", "SEND-39")]
    [Trait("Clause", "RECV-42")]
    [Trait("Clause", "GETOVL-20")]
    public void OperationsOfTwoThreads_CancelIo_EndsThoseOfTheCallerWithTheirIndication()
    {
        Given given = Given.Running();
        SocketHandle s = given.Full();
        OverlappedRequest mine = given.Request(e: 8);
        OverlappedRequest others = given.Request(e: 8);
        OverlappedRequest mySend = given.Request(e: 8);
        given.Recv(s, 10, mine);
        given.Recv(s, 10, others, Given.Other);
        given.Send(s, 10, mySend);

        Transition cancel = given.Apply(new Input.CancelIo { Thread = Given.Main, Socket = s });

        cancel.Result.Error.Should().Be(WsaError.Success);
        cancel.All<ProviderEffect.FinishOverlapped>().Select(end => (end.Request, end.Error))
            .Should().Equal((mine.Id, WsaError.OperationAborted), (mySend.Id, WsaError.OperationAborted));
        cancel.All<ProviderEffect.SetEvent>().Should().HaveCount(2);
        given.Data(s, 5).Ended(others).Count.Should().Be(5);
    }

    [Fact]
    [Trait("Clause", "RECV-42")]
    public void OperationOfAnotherThreadOnly_CancelIo_DoesNothing()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        given.Recv(s, 10, given.Request(e: 8), Given.Other);
        given.Recv(s, 10);

        Transition cancel = given.Apply(new Input.CancelIo { Thread = Given.Main, Socket = s });

        cancel.Result.Error.Should().Be(WsaError.Success);
        cancel.Effects.Should().BeEmpty();
    }

    private static Input.GetOverlappedResult Ask(SocketHandle s, long request) => new() { Thread = Given.Main, Socket = s, Request = request, Status = NtStatus.Pending };

    private static void CheckIndication(Transition transition, OverlappedRequest request, string indication)
    {
        switch (indication)
        {
            case "event":
                ProviderEffect.SetEvent set = transition.Told().Should().ContainSingle().Which.Should().BeOfType<ProviderEffect.SetEvent>().Subject;
                (set.EventObject, set.Request).Should().Be((new EventHandle(8), request.Id));
                break;
            case "routine":
                ProviderEffect.QueueRoutine routine = transition.Told().Should().ContainSingle().Which.Should().BeOfType<ProviderEffect.QueueRoutine>().Subject;
                (routine.Request, routine.Thread).Should().Be((request.Id, Given.Other));
                break;
            case "port":
                ProviderEffect.PostCompletion packet = transition.Told().Should().ContainSingle().Which.Should().BeOfType<ProviderEffect.PostCompletion>().Subject;
                (packet.Port, packet.PortKey, packet.Request, packet.Error, packet.Count).Should().Be((new CompletionPortHandle(12), 7, request.Id, WsaError.Success, 5));
                break;
            default:
                transition.Told().Should().BeEmpty();
                break;
        }
    }
}
