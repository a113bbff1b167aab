using Wsp.Model;
using Wsp.Specification;
using Wsp.Spi;
using Input = Wsp.Model.ProviderInput;

namespace Wsp.Core.Tests.Model;

/// <summary>The WSPCleanup page, clause by clause, on the pure model.</summary>
public class CleanupTests
{
    [Fact]
    [Trait("Clause", "CLEANUP-07")]
    [Trait("Clause", "CLEANUP-08")]
    [Trait("Clause", "CLEANUP-11")]
    public void Running_CleanupWithTwoReferences_OnlyDecrements()
    {
        Given given = Given.Running(references: 2);
        SocketHandle s = given.Connected();
        given.Apply(new Input.EventSelect { Thread = Given.Main, Socket = given.Connected(), EventObject = new EventHandle(4), Events = NetworkEvents.Read });
        given.Recv(s, 10, given.Request(e: 8)).Result.Error.Should().Be(WsaError.IOPending);
        given.Recv(given.Connected(), 10, thread: Given.Other).Result.Outcome.Should().Be(CallOutcome.Blocked);
        ProviderState before = given.State;

        Transition cleanup = given.Cleanup();

        cleanup.Result.Error.Should().Be(WsaError.Success);
        cleanup.Result.Outcome.Should().Be(CallOutcome.Returned);
        cleanup.Effects.Should().BeEmpty();
        given.State.References.Should().HaveCount(1);
        given.State.Sockets.Should().Equal(before.Sockets);
        given.State.Operations.Should().Equal(before.Operations);
        given.State.Calls.Should().Equal(before.Calls);
    }

    [Fact]
    [Trait("Clause", "CLEANUP-09")]
    [Trait("Clause", "CLEANUP-10")]
    [Trait("Clause", "STARTUP-25")]
    public void Running_ThreeReferences_OnlyTheThirdCleanupActs()
    {
        Given given = Given.Running(references: 3);
        SocketHandle s = given.Connected();

        given.Cleanup().Effects.Should().BeEmpty();
        given.Cleanup().Effects.Should().BeEmpty();
        given.State.FindOpen(s).Should().NotBeNull();

        given.RunCleanup().OfType<ProviderEffect.ResetEndpoint>().Should().ContainSingle(reset => reset.Endpoint == s);
        given.State.FindOpen(s).Should().BeNull();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [Trait("Clause", "CLEANUP-12")]
    [Trait("Clause", "CLEANUP-42")]
    public void FinalCleanup_BlockedCallsOfAnyThread_AreReleasedWithInterrupted(long thread)
    {
        Given given = Given.Running();
        SocketHandle receiving = given.Connected();
        SocketHandle sending = given.Connected();
        SocketHandle accepting = given.Listener();
        SocketHandle connecting = given.Stream();
        var caller = new WspThreadId(thread);
        long[] blocked =
        [
            given.Recv(receiving, 10, thread: caller).Result.Call,
            given.Send(sending, 10_000_000, thread: caller).Result.Call,
            given.Apply(new Input.Accept { Thread = caller, Socket = accepting }).Result.Call,
            given.Apply(new Input.Connect { Thread = caller, Socket = connecting, Address = SockAddr.Loopback(1) }).Result.Call,
        ];

        List<ProviderEffect> effects = given.RunCleanup(thread: Given.Third);

        foreach (long call in blocked)
        {
            effects.OfType<ProviderEffect.ReleaseCaller>().Should().ContainSingle(release => release.Call == call)
                .Which.Result.Error.Should().Be(WsaError.Interrupted);
        }
    }

    [Fact]
    [Trait("Clause", "CLEANUP-13")]
    [Trait("Clause", "CLEANUP-14")]
    [Trait("Clause", "CLEANUP-15")]
    [Trait("Clause", "CLEANUP-41")]
    public void FinalCleanup_NonblockingConnectsAndRegistrations_EndWithoutMessageOrEvent()
    {
        Given given = Given.Running();
        SocketHandle watched = given.Connected();
        given.Apply(new Input.EventSelect { Thread = Given.Main, Socket = watched, EventObject = new EventHandle(4), Events = (NetworkEvents)0x3F });
        SocketHandle connecting = given.Stream();
        given.Apply(new Input.AsyncSelect { Thread = Given.Main, Socket = connecting, Window = new WindowHandle(8), Message = 1025, Events = (NetworkEvents)0x3F });
        given.Error(new Input.Connect { Thread = Given.Main, Socket = connecting, Address = SockAddr.Loopback(1) }).Should().Be(WsaError.WouldBlock);

        List<ProviderEffect> effects = [.. given.Cleanup().Effects];
        foreach (Input news in new Input[]
                 {
                     new Input.ConnectAnswered { Endpoint = connecting, Error = WsaError.ConnectionRefused },
                     new Input.DataArrived { Endpoint = watched, Data = Payload.OfLength(5) },
                     new Input.PeerFinished { Endpoint = watched },
                     new Input.ConnectionBroken { Endpoint = watched },
                 })
        {
            effects.AddRange(given.Apply(news).Effects);
        }

        effects.AddRange(given.Apply(Input.Advance.AsFarAsPossible).Effects);

        given.State.Unloadable.Should().BeTrue();
        effects.Should().NotContain(effect => effect.Group == EffectGroup.Notification);
        effects.OfType<ProviderEffect.ResetEndpoint>().Select(reset => reset.Endpoint).Should().Contain([watched, connecting]);
    }

    [Theory]
    [InlineData("event")]
    [InlineData("routine")]
    [InlineData("port")]
    [InlineData("nothing")]
    [Trait("Clause", "CLEANUP-16")]
    [Trait("Clause", "CLEANUP-17")]
    [Trait("Clause", "CLEANUP-18")]
    [Trait("Clause", "CLEANUP-19")]
    public void FinalCleanup_PendingOperationsOfEachKind_EndOnceWith995AndWithoutIndication(string indication)
    {
        Given given = Given.Running();
        SocketHandle stream = given.Connected();
        SocketHandle datagram = given.Bound(stream: false);
        if (indication == "port")
        {
            given.Apply(new Input.AssociatePort { Thread = Given.Main, Socket = stream, Port = new CompletionPortHandle(12), PortKey = 1 });
            given.Apply(new Input.AssociatePort { Thread = Given.Main, Socket = datagram, Port = new CompletionPortHandle(12), PortKey = 2 });
        }

        OverlappedRequest Next() => given.Request(e: indication == "event" ? 8 : 0, routine: indication == "routine");
        OverlappedRequest[] pending = [Next(), Next(), Next(), Next(), Next()];
        given.Recv(stream, 10, pending[0], Given.Other).Result.Error.Should().Be(WsaError.IOPending);
        given.Apply(new Input.RecvFrom { Thread = Given.Third, Socket = datagram, Wanted = 10, Overlapped = pending[1] }).Result.Error.Should().Be(WsaError.IOPending);
        given.Send(stream, 60_000).Result.Error.Should().Be(WsaError.Success);
        given.Send(stream, 60_000, pending[2], Given.Other).Result.Error.Should().Be(WsaError.IOPending);
        given.Apply(new Input.SendTo { Thread = Given.Main, Socket = stream, Data = Payload.OfLength(10), Overlapped = pending[3] }).Result.Error.Should().Be(WsaError.IOPending);
        given.Apply(new Input.Recv { Thread = Given.Main, Socket = datagram, Wanted = 1, Overlapped = pending[4] }).Result.Error.Should().Be(WsaError.IOPending);

        List<ProviderEffect> effects = given.RunCleanup();

        List<ProviderEffect.FinishOverlapped> ends = [.. effects.OfType<ProviderEffect.FinishOverlapped>()];
        ends.Select(end => end.Request).Should().BeEquivalentTo(pending.Select(request => request.Id));
        ends.Should().OnlyContain(end => end.Error == WsaError.OperationAborted);
        effects.Should().NotContain(effect => effect.Group == EffectGroup.Notification);
    }

    [Fact]
    [Trait("Clause", "CLEANUP-20")]
    [Trait("Clause", "CLOSE-13")]
    public void Running_CloseWithPendingOperation_SameStatusButWithItsIndication()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        OverlappedRequest request = given.Request(e: 8);
        given.Recv(s, 10, request);

        Transition close = given.Apply(new Input.CloseSocket { Thread = Given.Main, Socket = s });

        close.Effects.OfType<ProviderEffect.FinishOverlapped>().Should().ContainSingle().Which.Error.Should().Be(WsaError.OperationAborted);
        close.Effects.OfType<ProviderEffect.SetEvent>().Should().ContainSingle().Which.EventObject.Should().Be(new EventHandle(8));
    }

    [Fact]
    [Trait("Clause", "CLEANUP-03")]
    [Trait("Clause", "CLEANUP-21")]
    [Trait("Clause", "CLEANUP-22")]
    [Trait("Clause", "CLEANUP-40")]
    public void FinalCleanup_OpenSockets_AreResetAndTheirHandlesGivenBack()
    {
        Given given = Given.Running();
        SocketHandle connected = given.Connected();
        given.Send(connected, 70_000, given.Request());
        SocketHandle listener = given.Listener();
        SocketHandle waiting = given.Arrive(listener);
        SocketHandle datagram = given.Bound(stream: false);
        SocketHandle unbound = given.Stream();

        List<ProviderEffect> effects = given.RunCleanup();

        effects.OfType<ProviderEffect.ResetEndpoint>().Select(reset => reset.Endpoint).Should().BeEquivalentTo([connected, listener, waiting, datagram]);
        effects.OfType<ProviderEffect.ReleaseHandle>().Select(release => release.Socket).Should().BeEquivalentTo([connected, listener, datagram, unbound]);
        effects.Should().NotContain(effect => effect is ProviderEffect.FinishEndpoint || effect is ProviderEffect.CloseEndpoint);
        given.State.Ledger.DiscardedFor(DiscardReason.OpenAtCleanup).Should().Be(65_536);
        given.State.Sockets.Should().BeEmpty();
    }

    [Fact]
    [Trait("Clause", "CLEANUP-23")]
    [Trait("Clause", "CLEANUP-24")]
    [Trait("Clause", "CLEANUP-26")]
    public void FinalCleanup_SocketClosedBeforeWithDataLeft_PassesTheDataToTheTransport()
    {
        Given given = Given.Running(settings: new ModelSettings { SendBuffer = 1_000_000, TransportWindow = 10_000 });
        SocketHandle s = given.Connected();
        given.Send(s, 300_000).Result.Error.Should().Be(WsaError.Success);
        given.Apply(new Input.CloseSocket { Thread = Given.Main, Socket = s });

        List<ProviderEffect> effects = given.RunCleanup();

        ProviderEffect.HandOffEndpoint handOff = effects.OfType<ProviderEffect.HandOffEndpoint>().Should().ContainSingle().Subject;
        handOff.Endpoint.Should().Be(s);
        handOff.InFlight.Should().Be(10_000);
        handOff.Rest.Sum(run => run.Length).Should().Be(290_000);
        effects.Should().NotContain(effect => effect is ProviderEffect.ResetEndpoint);
        given.State.Ledger.HandedOff.Should().Be(300_000);
        given.State.Ledger.Discarded.Should().Be(0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Clause", "CLEANUP-24")]
    [Trait("Clause", "CLEANUP-28")]
    [Trait("Clause", "CLEANUP-29")]
    public void FinalCleanup_TransportThatGoesToo_WaitsUntilTheClosedSocketHasSentEverything(bool byReading)
    {
        var settings = new ModelSettings
        {
            TransportOutlivesProvider = byReading,
            Readings = new Readings { LingerAtCleanup = byReading ? LingerAtCleanup.WaitUntilSent : LingerAtCleanup.HandOff },
        };
        Given given = Given.Running(settings: settings);
        SocketHandle s = given.Connected();
        given.Send(s, 50_000);
        given.Apply(new Input.CloseSocket { Thread = Given.Main, Socket = s });
        long cleanup = given.Cleanup().Result.Call;

        given.Apply(Input.Advance.AsFarAsPossible).Effects.Should().NotContain(effect => effect is ProviderEffect.Unloadable);
        given.State.CanAdvance.Should().BeFalse();
        CleanupWait wait = given.State.WaitingFor().Should().ContainSingle().Subject;
        wait.Kind.Should().Be(CleanupWaitKind.LingeringData);
        wait.Socket.Should().Be(s);
        wait.Bytes.Should().Be(50_000);

        given.Apply(new Input.BytesTaken { Endpoint = s, Count = 20_000 });
        given.State.WaitingFor().Should().ContainSingle().Which.Bytes.Should().Be(30_000);
        given.Apply(new Input.BytesTaken { Endpoint = s, Count = 30_000 }).Effects.OfType<ProviderEffect.CloseEndpoint>().Should().ContainSingle();
        given.State.CanAdvance.Should().BeTrue();
        Transition end = given.Apply(Input.Advance.AsFarAsPossible);

        end.Effects.OfType<ProviderEffect.ReleaseCaller>().Should().ContainSingle(release => release.Call == cleanup).Which.Result.Error.Should().Be(WsaError.Success);
        given.State.Unloadable.Should().BeTrue();
    }

    [Fact]
    [Trait("Clause", "CLEANUP-25")]
    [Trait("Clause", "CLEANUP-27")]
    public void FinalCleanup_CancelledCallStillOnItsThread_ReturnsOnlyWhenThatHasLeft()
    {
        Given given = Given.Running();
        long blocked = given.Recv(given.Connected(), 10, thread: Given.Other).Result.Call;
        long cleanup = given.Cleanup().Result.Call;

        List<ProviderEffect> effects = [.. given.Apply(Input.Advance.AsFarAsPossible).Effects];

        effects.OfType<ProviderEffect.ReleaseCaller>().Select(release => release.Call).Should().Equal(blocked);
        given.State.Started.Should().BeFalse();
        given.State.Unloadable.Should().BeFalse();
        CleanupWait wait = given.State.WaitingFor().Should().ContainSingle().Subject;
        wait.Kind.Should().Be(CleanupWaitKind.ReturningCall);
        wait.Thread.Should().Be(Given.Other);

        given.Apply(new Input.CallReturned { PendingCall = blocked });
        effects = [.. given.Apply(Input.Advance.AsFarAsPossible).Effects];

        effects.Should().ContainSingle(effect => effect is ProviderEffect.Unloadable);
        effects[^1].Should().BeOfType<ProviderEffect.ReleaseCaller>().Which.Call.Should().Be(cleanup);
        given.State.Unloadable.Should().BeTrue();
    }

    [Fact]
    [Trait("Clause", "CLEANUP-30")]
    public void FinalCleanup_AfterEverythingAProviderCanHold_LeavesNothing()
    {
        Given given = Given.Running();
        SocketHandle listener = given.Listener();
        given.Arrive(listener);
        SocketHandle s = given.Connected();
        given.Recv(s, 10, given.Request(routine: true));
        given.Data(s, 10);
        given.State.Routines.Should().ContainSingle();
        given.Recv(s, 10, given.Request(e: 8));
        given.Recv(given.Connected(), 10, thread: Given.Other);

        given.RunCleanup();

        given.State.Sockets.Should().BeEmpty();
        given.State.Operations.Should().BeEmpty();
        given.State.Routines.Should().BeEmpty();
        given.State.Calls.Should().BeEmpty();
        given.State.References.Should().BeEmpty();
        given.State.UpcallTable.Should().Be(0);
        given.State.QueuedBytes.Should().Be(0);
    }

    [Fact]
    [Trait("Clause", "CLEANUP-31")]
    [Trait("Clause", "STARTUP-47")]
    public void FinalCleanup_StartupRightAfter_WorksAndOldHandlesNameNothing()
    {
        Given given = Given.Running();
        SocketHandle old = given.Connected();
        given.RunCleanup();

        given.Error(new Input.Startup { Thread = Given.Main }).Should().Be(WsaError.Success);

        given.State.Phase.Should().Be(ProviderPhase.Running);
        SocketHandle fresh = given.Stream();
        fresh.Should().NotBe(old);
        given.Send(old, 1).Result.Error.Should().Be(WsaError.NotSocket);
        given.Error(new Input.CloseSocket { Thread = Given.Main, Socket = fresh }).Should().Be(WsaError.Success);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Clause", "CLEANUP-32")]
    public void ProcessEnds_WithoutCleanup_OpenSocketsAreResetAndClosedDataStillGoesOut(bool inTheMiddleOfACleanup)
    {
        Given given = Given.Running();
        SocketHandle open = given.Connected();
        SocketHandle closed = given.Connected();
        given.Send(open, 1_000);
        given.Send(closed, 2_000);
        given.Apply(new Input.CloseSocket { Thread = Given.Main, Socket = closed });
        given.Recv(open, 10, given.Request(e: 8));
        given.Recv(given.Connected(), 10, thread: Given.Other);
        if (inTheMiddleOfACleanup)
            given.Cleanup();

        Transition death = given.Apply(new Input.ProcessEnded());

        death.Effects.OfType<ProviderEffect.ResetEndpoint>().Select(reset => reset.Endpoint).Should().Contain(open);
        death.Effects.OfType<ProviderEffect.HandOffEndpoint>().Should().ContainSingle(handOff => handOff.Endpoint == closed);
        death.Effects.Should().NotContain(effect => effect.Group == EffectGroup.Notification || effect.Group == EffectGroup.Answer);
        given.State.Unloadable.Should().BeTrue();
        given.State.Ledger.HandedOff.Should().Be(2_000);
        given.State.Ledger.DiscardedFor(DiscardReason.ProcessDied).Should().Be(1_000);
        given.Error(new Input.Startup { Thread = Given.Main }).Should().Be(WsaError.Success);
    }

    [Fact]
    [Trait("Clause", "CLEANUP-33")]
    [Trait("Clause", "CLEANUP-34")]
    [Trait("Clause", "CLEANUP-36")]
    [Trait("Clause", "STARTUP-02")]
    public void NotInitialized_EveryCall_FailsWithNotInitialised()
    {
        Given never = Given.NotInitialized();
        Given once = Given.Running();
        once.RunCleanup();
        foreach (Given given in new[] { never, once })
        {
            foreach (Input call in SampleInputs.Calls(new SocketHandle(4)).Where(call => call.Kind is not (InputKind.Startup or InputKind.Decide)))
            {
                Transition refused = given.Apply(call);
                refused.Result.Error.Should().Be(WsaError.NotInitialized, "{0} was called", call.Kind);
                refused.Effects.Should().BeEmpty();
            }
        }
    }

    [Fact]
    [Trait("Clause", "CLEANUP-35")]
    public void FinalCleanup_Begins_BlocksItsCallerUntilTheProviderIsUnloadable()
    {
        Given given = Given.Running();
        given.Cleanup().Result.Outcome.Should().Be(CallOutcome.Blocked);
        Transition end = given.Apply(Input.Advance.AsFarAsPossible);
        end.Effects.Select(effect => effect.GetType()).Should().Equal(typeof(ProviderEffect.Unloadable), typeof(ProviderEffect.ReleaseCaller));
    }

    [Fact]
    [Trait("Clause", "CLEANUP-39")]
    [Trait("Clause", "STARTUP-23")]
    public void FailedStartup_OwesNoCleanup()
    {
        Given given = Given.NotInitialized();
        given.Error(new Input.Startup { Thread = Given.Main, Version = new WspVersion(0, 9) }).Should().Be(WsaError.VersionNotSupported);
        given.State.Started.Should().BeFalse();
        given.Error(new Input.Cleanup { Thread = Given.Main }).Should().Be(WsaError.NotInitialized);
    }

    [Fact]
    [Trait("Clause", "WSPCleanup#errors/WSAENETDOWN")]
    public void NetworkDown_Cleanup_FailsChangesNothingAndMayBeRepeated()
    {
        Given given = Given.Running();
        SocketHandle s = given.Stream();
        given.Apply(new Input.NetworkDown());

        given.Error(new Input.Cleanup { Thread = Given.Main }).Should().Be(WsaError.NetworkDown);
        given.State.References.Should().HaveCount(1);
        given.State.FindOpen(s).Should().NotBeNull();

        given.Apply(new Input.NetworkUp());
        given.RunCleanup();
        given.State.Unloadable.Should().BeTrue();
    }

    [Fact]
    public void NetworkDown_CleanupThatGivesItsReferenceBackByReading_LowersTheCount()
    {
        Given given = Given.Running(new Readings { ReferenceWhenNetworkDown = ReferenceWhenNetworkDown.GivenBack }, references: 2);
        given.Apply(new Input.NetworkDown());
        given.Error(new Input.Cleanup { Thread = Given.Main }).Should().Be(WsaError.NetworkDown);
        given.State.References.Should().HaveCount(1);
    }

    [Fact]
    public void CleaningUp_NetworkFails_LingeringDataIsDiscardedByNameAndCleanupEnds()
    {
        Given given = Given.Running(new Readings { LingerAtCleanup = LingerAtCleanup.WaitUntilSent });
        SocketHandle s = given.Connected();
        given.Send(s, 100);
        given.Apply(new Input.CloseSocket { Thread = Given.Main, Socket = s });
        given.Cleanup();
        given.Apply(Input.Advance.AsFarAsPossible);
        given.State.CanAdvance.Should().BeFalse();

        given.Apply(new Input.NetworkDown());
        given.Apply(Input.Advance.AsFarAsPossible);

        given.State.Unloadable.Should().BeTrue();
        given.State.Ledger.DiscardedFor(DiscardReason.NetworkDown).Should().Be(100);
    }

    [Fact]
    public void CleaningUp_Startup_WaitsAndThenStartsAfresh()
    {
        Given given = Given.Running();
        SocketHandle old = given.Connected();
        given.Cleanup();
        Transition startup = given.Apply(new Input.Startup { Thread = Given.Other, Client = "new" });
        startup.Result.Outcome.Should().Be(CallOutcome.Blocked);

        Transition end = given.Apply(Input.Advance.AsFarAsPossible);

        end.Effects.OfType<ProviderEffect.ReleaseCaller>().Last().Call.Should().Be(startup.Result.Call);
        given.State.Phase.Should().Be(ProviderPhase.Running);
        given.State.References.Should().ContainSingle().Which.Client.Should().Be("new");
        given.State.FindOpen(old).Should().BeNull();
    }

    [Fact]
    public void CleaningUp_StartupRefusedByReading_FailsWithSystemNotReady()
    {
        Given given = Given.Running(new Readings { StartupDuringCleanup = StartupDuringCleanup.Refused });
        given.Cleanup();
        given.Error(new Input.Startup { Thread = Given.Other }).Should().Be(WsaError.SystemNotReady);
    }

    [Fact]
    public void CleaningUp_EveryOtherCall_FailsWithNotInitialised()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        given.Cleanup();
        foreach (Input call in SampleInputs.Calls(s).Where(call => call.Kind is not (InputKind.Startup or InputKind.Decide)))
            given.Apply(call).Result.Error.Should().Be(WsaError.NotInitialized, "{0} was called", call.Kind);
    }

    [Fact]
    public void FinalCleanup_FromAThreadWithABlockedCallFurtherUp_DoesNotWaitForItself()
    {
        Given given = Given.Running();
        long outer = given.Recv(given.Connected(), 10, thread: Given.Main).Result.Call;
        long cleanup = given.Cleanup(Given.Main).Result.Call;

        Transition end = given.Apply(Input.Advance.AsFarAsPossible);

        end.Effects.OfType<ProviderEffect.ReleaseCaller>().Select(release => release.Call).Should().Equal(outer, cleanup);
        given.State.Phase.Should().Be(ProviderPhase.NotInitialized);
        given.State.Unloadable.Should().BeFalse("the outer call's frames are still there");
        given.Apply(new Input.CallReturned { PendingCall = outer });
        given.State.Unloadable.Should().BeTrue();
    }

    [Fact]
    public void FinalCleanup_Stages_ComeInOrder()
    {
        Given given = Given.Running();
        SocketHandle open = given.Connected();
        SocketHandle closed = given.Connected();
        given.Send(closed, 10);
        given.Apply(new Input.CloseSocket { Thread = Given.Main, Socket = closed });
        given.Recv(open, 10, given.Request(e: 8));
        given.Recv(given.Connected(), 10, thread: Given.Other);

        List<ProviderEffect> effects = given.RunCleanup();

        int At<T>() => effects.FindIndex(effect => effect is T);
        int[] order =
        [
            At<ProviderEffect.ReleaseCaller>(), At<ProviderEffect.FinishOverlapped>(), At<ProviderEffect.ResetEndpoint>(),
            At<ProviderEffect.HandOffEndpoint>(), At<ProviderEffect.Unloadable>(),
        ];
        order.Should().BeInAscendingOrder().And.NotContain(-1);
    }

    [Theory]
    [InlineData(OpenSocketsAtCleanup.AsIfClosed, 0, typeof(ProviderEffect.FinishEndpoint))]
    [InlineData(OpenSocketsAtCleanup.AsIfClosed, 1, typeof(ProviderEffect.ResetEndpoint))]
    [InlineData(OpenSocketsAtCleanup.DrainGraceful, 1, typeof(ProviderEffect.FinishEndpoint))]
    [InlineData(OpenSocketsAtCleanup.Reset, 0, typeof(ProviderEffect.ResetEndpoint))]
    public void FinalCleanup_OpenSocketByReading_EndsAsTheReadingSays(OpenSocketsAtCleanup reading, int lingerOn, Type expected)
    {
        Given given = Given.Running(new Readings { OpenSocketsAtCleanup = reading });
        SocketHandle s = given.Connected();
        given.Linger(s, (ushort)lingerOn, 0);

        List<ProviderEffect> effects = given.RunCleanup();

        effects.Select(effect => effect.GetType()).Should().Contain(expected);
        effects.Should().Contain(effect => effect is ProviderEffect.ReleaseHandle);
    }

    [Fact]
    public void FinalCleanup_NotifyingByReading_SetsEventsAsACloseDoes()
    {
        Given given = Given.Running(Profile.Wine.Readings);
        SocketHandle s = given.Connected();
        given.Recv(s, 10, given.Request(e: 8));

        given.RunCleanup().OfType<ProviderEffect.SetEvent>().Should().ContainSingle().Which.EventObject.Should().Be(new EventHandle(8));
    }

    [Fact]
    public void FinalCleanup_EachStep_IsBounded()
    {
        Given given = Given.Running();
        for (int i = 0; i < 20; i++)
        {
            SocketHandle s = given.Connected();
            given.Recv(s, 10, given.Request(e: 8));
        }

        given.Cleanup();
        int steps = 0;
        while (given.State.Phase == ProviderPhase.CleaningUp)
        {
            Transition step = given.Apply(new Input.Advance());
            step.Effects.Length.Should().BeLessThanOrEqualTo(2);
            steps++;
        }

        steps.Should().BeGreaterThan(40);
    }

    [Fact]
    public void FinalCleanup_AdvancedStageByStage_EachTransitionIsAboutOneStage()
    {
        Given given = Given.Running();
        for (int i = 0; i < 5; i++)
            given.Recv(given.Connected(), 10, given.Request(e: 8));
        given.Cleanup();
        var stages = new List<CleanupStage>();
        while (given.State.Phase == ProviderPhase.CleaningUp)
        {
            stages.Add(given.State.Stage);
            given.Apply(new Input.Advance { Steps = int.MaxValue, StopsAtStage = true });
        }

        stages.Should().Equal(Enum.GetValues<CleanupStage>());
    }
}
