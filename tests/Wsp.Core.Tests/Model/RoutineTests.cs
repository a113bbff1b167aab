using Wsp.Model;
using Wsp.Spi;
using Input = Wsp.Model.ProviderInput;

namespace Wsp.Core.Tests.Model;

/// <summary>Completion routines on the pure model.</summary>
public class RoutineTests
{
    [Fact]
    [Trait("Clause", "SEND-26")]
    [Trait("Clause", "SEND-27")]
    [Trait("Clause", "SEND-28")]
    [Trait("Clause", "RECV-29")]
    [Trait("Clause", "RECV-30")]
    [Trait("Clause", "RECV-31")]
    [Trait("Clause", "RECV-32")]
    public void OperationFinished_Routine_IsQueuedToItsThreadAndRunsWhenItsTurnComes()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        OverlappedRequest request = given.Request(routine: true);
        given.Recv(s, 1, request, Given.Other);

        ProviderEffect.QueueRoutine queued = given.Data(s, 1).The<ProviderEffect.QueueRoutine>();
        (queued.Thread, queued.Request).Should().Be((Given.Other, request.Id));

        Due(given, queued.Routine).Should().BeTrue();
        Due(given, queued.Routine).Should().BeFalse("it is running already");
        Done(given, queued.Routine).Effects.Should().BeEmpty();
        given.State.Routines.Should().BeEmpty();
        Due(given, queued.Routine).Should().BeFalse("it has run");
    }

    [Fact]
    [Trait("Clause", "SEND-36")]
    [Trait("Clause", "RECV-39")]
    [Trait("Clause", "SENDTO-39")]
    [Trait("Clause", "RECVFROM-39")]
    [Trait("Clause", "IOCTL-96")]
    public void RoutineRunning_AnotherOfItsSocketIsDue_WaitsUntilItHasReturned()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        long first = Queued(given, s, Given.Main);
        long second = Queued(given, s, Given.Other);
        long third = Queued(given, s, Given.Third);
        Due(given, first).Should().BeTrue();

        Due(given, second).Should().BeFalse();
        Due(given, third).Should().BeFalse();
        ProviderEffect.QueueRoutine again = Done(given, first).The<ProviderEffect.QueueRoutine>();

        (again.Routine, again.Thread).Should().Be((second, Given.Other));
        Due(given, second).Should().BeTrue();
        Done(given, second).The<ProviderEffect.QueueRoutine>().Routine.Should().Be(third);
    }

    [Fact]
    [Trait("Clause", "SEND-36")]
    [Trait("Clause", "RECV-39")]
    public void RoutineRunning_OneOfAnotherSocketIsDue_RunsToo()
    {
        Given given = Given.Running();
        long first = Queued(given, given.Connected(), Given.Main);
        long second = Queued(given, given.Connected(), Given.Other);

        Due(given, first).Should().BeTrue();
        Due(given, second).Should().BeTrue();
        Done(given, first).Effects.Should().BeEmpty();
    }

    [Fact]
    [Trait("Clause", "SEND-37")]
    [Trait("Clause", "RECV-40")]
    public void RoutinesQueued_LaterOneIsDueFirst_Runs()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        long first = Queued(given, s, Given.Main);
        long second = Queued(given, s, Given.Other);

        Due(given, second).Should().BeTrue();
        Done(given, second);
        Due(given, first).Should().BeTrue();
    }

    [Fact]
    [Trait("Clause", "SEND-35")]
    [Trait("Clause", "RECV-38")]
    public void RoutineRunning_ItTransfers_TheCallsWork()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        long routine = Queued(given, s, Given.Main);
        Due(given, routine);

        given.Send(s, 5).Result.Error.Should().Be(WsaError.Success);
        given.Recv(s, 5, given.Request(routine: true)).Result.Error.Should().Be(WsaError.IOPending);
        given.Close(s).The<ProviderEffect.QueueRoutine>().Thread.Should().Be(Given.Main);
    }

    [Fact]
    [Trait("Clause", "SEND-36")]
    public void RoutineRunning_SocketCloses_TheRoutinesOfItsCancelledOperationsWaitToo()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        long running = Queued(given, s, Given.Main);
        Due(given, running);
        given.Recv(s, 5, given.Request(routine: true), Given.Other);

        long cancelled = given.Close(s).The<ProviderEffect.QueueRoutine>().Routine;

        Due(given, cancelled).Should().BeFalse();
        Done(given, running).The<ProviderEffect.QueueRoutine>().Routine.Should().Be(cancelled);
    }

    [Fact]
    [Trait("Clause", "CLEANUP-18")]
    [Trait("Clause", "CLEANUP-AMB-16")]
    public void RoutinesQueuedAndPostponed_FinalCleanup_TheyNeverRun()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        long running = Queued(given, s, Given.Main);
        long postponed = Queued(given, s, Given.Other);
        long queued = Queued(given, given.Connected(), Given.Third);
        Due(given, running);
        Due(given, postponed);
        given.Cleanup();

        Due(given, queued).Should().BeFalse();
        Done(given, running).Effects.Should().BeEmpty();
        given.Apply(Input.Advance.AsFarAsPossible);

        Due(given, queued).Should().BeFalse();
        Due(given, postponed).Should().BeFalse();
        given.State.Routines.Should().BeEmpty();
    }

    /// <summary>Finishes an operation of a thread, and gives its routine.</summary>
    private static long Queued(Given given, SocketHandle s, WspThreadId thread)
    {
        given.Recv(s, 1, given.Request(routine: true), thread);
        return given.Data(s, 1).The<ProviderEffect.QueueRoutine>().Routine;
    }

    private static bool Due(Given given, long routine) => given.Apply(new Input.RoutineDue { Routine = routine }).Result.Outcome == CallOutcome.Returned;

    private static Transition Done(Given given, long routine) => given.Apply(new Input.RoutineDone { Routine = routine });
}
