using Wsp.Model;
using Wsp.Spi;
using Input = Wsp.Model.ProviderInput;

namespace Wsp.Core.Tests.Model;

/// <summary>SO_RCVTIMEO and SO_SNDTIMEO on the pure model; linger times are with <see cref="LingerTests"/>.</summary>
public class TimeoutTests
{
    private const int SendTimeout = 0x1005;
    private const int ReceiveTimeout = 0x1006;

    [Fact]
    [Trait("Clause", "RECV-82")]
    [Trait("Clause", "GETOPT-50")]
    public void NoTimeout_RecvAndSend_WaitForEver()
    {
        Given given = Given.Running();
        SocketHandle s = given.Full();
        given.Recv(s, 10);
        given.Send(s, 10, thread: Given.Other);

        given.State.NextDeadline().Should().BeNull();
        given.Passes(int.MaxValue).Effects.Should().BeEmpty();
    }

    [Fact]
    [Trait("Clause", "SETOPT-47")]
    [Trait("Clause", "GETOPT-50")]
    public void ReceiveTimeout_Passes_EndsTheReceiveWithTimedOut()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        given.Passes(1_000);
        long call = given.SetOption(s, ReceiveTimeout, 500).Recv(s, 10).Result.Call;
        given.State.NextDeadline().Should().Be(1_500_000);

        given.Passes(1_499).Effects.Should().BeEmpty();
        Transition passed = given.Passes(1_500);

        passed.The<ProviderEffect.ReleaseCaller>().Call.Should().Be(call);
        passed.Released(call).Error.Should().Be(WsaError.TimedOut);
        given.State.NextDeadline().Should().BeNull();
    }

    [Fact]
    [Trait("Clause", "SETOPT-47")]
    public void ReceiveTimedOut_DataArrives_WaitsForTheNextReceive()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        given.SetOption(s, ReceiveTimeout, 500).Recv(s, 10);
        given.Passes(500);

        given.Data(s, 5).All<ProviderEffect.ReleaseCaller>().Should().BeEmpty();

        given.Recv(s, 10).Result.Count.Should().Be(5);
    }

    [Fact]
    [Trait("Clause", "SETOPT-47")]
    public void SendTimeout_Passes_EndsTheSendButNotWhatItHadGiven()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        long call = given.SetOption(s, SendTimeout, 500).Send(s, 65_546).Result.Call;

        given.Passes(500).Released(call).Error.Should().Be(WsaError.TimedOut);
        given.Taken(s, 65_536).Effects.Should().BeEmpty();

        given.State.Ledger.Accepted.Should().Be(65_536);
        given.State.Ledger.Delivered.Should().Be(65_536);
    }

    [Fact]
    [Trait("Clause", "SETOPT-47")]
    public void Timeouts_OnlyTheirOwnDirection_Counts()
    {
        Given given = Given.Running();
        SocketHandle s = given.Full();
        given.SetOption(s, SendTimeout, 500).Recv(s, 10);
        given.SetOption(s, SendTimeout, 0).SetOption(s, ReceiveTimeout, 500).Send(s, 10, thread: Given.Other);

        given.State.NextDeadline().Should().BeNull();
    }

    [Fact]
    [Trait("Clause", "RECV-11")]
    [Trait("Clause", "SEND-08")]
    public void Timeouts_OverlappedOperations_AreNotTimed()
    {
        Given given = Given.Running();
        SocketHandle s = given.Full();
        given.SetOption(s, SendTimeout, 500).SetOption(s, ReceiveTimeout, 500);
        given.Recv(s, 10, given.Request());
        given.Send(s, 10, given.Request());

        given.Passes(10_000).Effects.Should().BeEmpty();
        given.State.Operations.Count.Should().Be(2);
    }

    [Fact]
    [Trait("Clause", "RECV-49")]
    public void ReceiveTimeout_DataComesInTime_NothingTimesOutLater()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        long call = given.SetOption(s, ReceiveTimeout, 500).Recv(s, 10).Result.Call;
        given.Data(s, 5).Released(call).Count.Should().Be(5);

        given.State.NextDeadline().Should().BeNull();
        given.Passes(500).Effects.Should().BeEmpty();
    }

    [Fact]
    [Trait("Clause", "CLOSE-26")]
    [Trait("Clause", "SETOPT-47")]
    public void SeveralDeadlines_TimePasses_EachEndsAtItsOwn()
    {
        Given given = Given.Running();
        SocketHandle late = given.Connected();
        long lateCall = given.SetOption(late, ReceiveTimeout, 700).Recv(late, 10).Result.Call;
        SocketHandle early = given.Connected();
        long earlyCall = given.SetOption(early, ReceiveTimeout, 500).Recv(early, 10, thread: Given.Other).Result.Call;
        given.State.NextDeadline().Should().Be(500_000);

        given.Passes(600).The<ProviderEffect.ReleaseCaller>().Call.Should().Be(earlyCall);
        given.Passes(700).The<ProviderEffect.ReleaseCaller>().Call.Should().Be(lateCall);
    }

    [Fact]
    [Trait("Clause", "SETOPT-47")]
    public void TimeRunsBack_NothingHappens()
    {
        Given given = Given.Running();
        given.Passes(1_000);
        given.Apply(new Input.TimePassed { Now = 5 });
        given.State.Now.Should().Be(1_000_000);
    }
}
