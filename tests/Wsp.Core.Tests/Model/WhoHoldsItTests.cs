using Wsp.Model;
using Wsp.Spi;
using Input = Wsp.Model.ProviderInput;

namespace Wsp.Core.Tests.Model;

/// <summary>Who started, who dropped the last reference, and what each left behind.</summary>
public class WhoHoldsItTests
{
    [Fact]
    public void FinalCleanup_TwoClientsWithSockets_ReportsWhatEachLeftBehind()
    {
        Given given = Given.NotInitialized();
        given.Apply(new Input.Startup { Thread = Given.Main, Client = "app" });
        given.Apply(new Input.Startup { Thread = Given.Other, Client = "library" });
        SocketHandle mine = given.Stream(Given.Main);
        SocketHandle theirs = given.Connected(Given.Other);
        given.Send(theirs, 500);
        SocketHandle lingering = given.Connected(Given.Other);
        given.Send(lingering, 40);
        given.Apply(new Input.CloseSocket { Thread = Given.Other, Socket = lingering });
        given.Recv(theirs, 10, given.Request(e: 8), Given.Other);
        given.Recv(theirs, 10, thread: Given.Main);
        given.Cleanup(Given.Main, "app");

        Transition last = given.Cleanup(Given.Other, "library");

        CleanupReport report = given.State.LastCleanup!;
        report.CleanedUpBy.Should().Be("library");
        report.OpenSockets.Should().Be(2);
        report.PendingOperations.Should().Be(1);
        report.LeftBehind().Should().ContainSingle(left => left.Client == "library")
            .Which.Should().BeEquivalentTo(new { Operations = 1, UnsentBytes = 500L, LingeringBytes = 40L });
        report.LeftBehind().Sum(left => left.BlockedCalls).Should().Be(1);
        report.LeftBehind().SelectMany(left => left.Sockets).Should().BeEquivalentTo([mine, theirs]);
        VerifierStop.Find(last, new Input.Cleanup { Thread = Given.Other, Client = "library" })
            .Should().ContainSingle().Which.Code.Should().Be(VerifierStop.ProviderCleanupClosedSockets);
    }

    [Fact]
    public void Running_ClientGivesBackItsLastReferenceWithSocketsOpen_IsTheLeakStop()
    {
        Given given = Given.NotInitialized();
        given.Apply(new Input.Startup { Thread = Given.Main, Client = "app" });
        given.Apply(new Input.Startup { Thread = Given.Other, Client = "layer" });
        given.Stream(Given.Other);
        var cleanup = new Input.Cleanup { Thread = Given.Other, Client = "layer" };

        VerifierStop stop = VerifierStop.Find(given.Apply(cleanup), cleanup).Should().ContainSingle().Subject;

        stop.Code.Should().Be(0xE106);
        stop.Message.Should().Contain("layer").And.Contain("1 socket");
    }

    [Fact]
    public void NotInitialized_CallTooEarlyOrTooLate_IsTheUsageStopThatNamesTheCulprit()
    {
        Given given = Given.NotInitialized();
        var call = new Input.Socket { Thread = Given.Main };
        VerifierStop.Find(given.Apply(call), call).Should().ContainSingle().Which.Message.Should().Contain("before any WSPStartup");
        given.Apply(new Input.Startup { Thread = Given.Main, Client = "app" });
        given.RunCleanup();

        VerifierStop late = VerifierStop.Find(given.Apply(call), call).Should().ContainSingle().Subject;

        late.Code.Should().Be(0xE108);
        late.Message.Should().Contain("app");
        late.AtApiLevel().Code.Should().Be(0xE107);
        VerifierStop.ClosedUnderneath(1, "app", []).AtApiLevel().Code.Should().Be(0xE10B);
    }

    [Fact]
    public void FinalCleanup_NothingOpen_IsNoStop()
    {
        Given given = Given.Running();
        var cleanup = new Input.Cleanup { Thread = Given.Main };
        VerifierStop.Find(given.Apply(cleanup), cleanup).Should().BeEmpty();
    }
}
