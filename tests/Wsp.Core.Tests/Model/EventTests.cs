using Wsp.Model;
using Wsp.Specification;
using Wsp.Spi;
using Input = Wsp.Model.ProviderInput;

namespace Wsp.Core.Tests.Model;

/// <summary>WSPEventSelect, WSPAsyncSelect and WSPEnumNetworkEvents on the pure model, under both sides of the readings.</summary>
public class EventTests
{
    private const NetworkEvents All = (NetworkEvents)0x3F;

    // Recording

    [Fact]
    [Trait("Clause", "EVSEL-01")]
    [Trait("Clause", "EVSEL-02")]
    [Trait("Clause", "ENUMEV-01")]
    [Trait("Clause", "ENUMEV-07")]
    [Trait("Clause", "ENUMEV-08")]
    [Trait("Clause", "ENUMEV-13")]
    public void ReadSelected_DataArrives_IsSignalledAndRecordedUntilFetched()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        given.Select(s, NetworkEvents.Read).Told().Should().BeEmpty();

        given.Data(s, 5).The<ProviderEffect.SetEvent>().EventObject.Should().Be(GivenSteps.Event);

        given.Fetch(s).Should().Be(NetworkEvents.Read);
        given.Fetch(s).Should().Be(NetworkEvents.None);
    }

    [Fact]
    [Trait("Clause", "ENUMEV-06")]
    [Trait("Clause", "EVSEL-12")]
    public void WriteSelected_OtherEvents_AreNotRecorded()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        given.Select(s, NetworkEvents.Write);
        given.Fetch(s);

        given.Data(s, 5).Told().Should().BeEmpty();
        given.Breaks(s).Told().Should().BeEmpty();

        given.Fetch(s).Should().Be(NetworkEvents.None);
    }

    [Fact]
    [Trait("Clause", "ENUMEV-09")]
    [Trait("Clause", "ENUMEV-10")]
    [Trait("Clause", "ENUMEV-17")]
    public void Recorded_FetchedWithAnEvent_ResetsIt()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();

        given.Apply(new Input.EnumNetworkEvents { Thread = Given.Main, Socket = s, EventObject = GivenSteps.Event })
            .The<ProviderEffect.ResetEvent>().EventObject.Should().Be(GivenSteps.Event);
        given.Apply(new Input.EnumNetworkEvents { Thread = Given.Main, Socket = s }).Effects.Should().BeEmpty();
    }

    [Fact]
    [Trait("Clause", "ENUMEV-11")]
    [Trait("Clause", "ENUMEV-12")]
    [Trait("Clause", "WSPEnumNetworkEvents#errors/WSAEFAULT")]
    public void Recorded_FetchFails_RecordAndEventStay()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        given.Select(s, NetworkEvents.Read);
        given.Data(s, 5);

        Transition fetch = given.Apply(new Input.EnumNetworkEvents { Thread = Given.Main, Socket = s, EventObject = GivenSteps.Event, RecordMissing = true });

        fetch.Result.Error.Should().Be(WsaError.Fault);
        fetch.Effects.Should().BeEmpty();
        given.Fetch(s).Should().Be(NetworkEvents.Read);
    }

    [Fact]
    [Trait("Clause", "ENUMEV-20")]
    [Trait("Clause", "EVSEL-19")]
    public void Recorded_Fetched_StaysQuietUntilReenabled()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        given.Select(s, NetworkEvents.Read);
        given.Data(s, 5);
        given.Fetch(s);

        given.Data(s, 5).Told().Should().BeEmpty();
        given.Fetch(s).Should().Be(NetworkEvents.None);
        given.Recv(s, 100).Told().Should().BeEmpty();
        given.Data(s, 5).Told().Should().ContainSingle();
        given.Fetch(s).Should().Be(NetworkEvents.Read);
    }

    [Fact]
    [Trait("Clause", "EVSEL-19")]
    public void ReadToldWhereArrivalsRearm_DataArrives_IsToldAgain()
    {
        Given given = Given.Running(new Readings { EventReselection = EventReselection.KeepsReported });
        SocketHandle s = given.Connected();
        given.Select(s, NetworkEvents.Read);
        given.Data(s, 5);
        given.Fetch(s);

        given.Data(s, 5).Told().Should().ContainSingle();
        given.Fetch(s).Should().Be(NetworkEvents.Read);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Clause", "EVSEL-20")]
    [Trait("Clause", "EVSEL-21")]
    [Trait("Clause", "EVSEL-25")]
    [Trait("Clause", "ASYNC-18")]
    [Trait("Clause", "ASYNC-19")]
    [Trait("Clause", "ASYNC-20")]
    [Trait("Clause", "ASYNC-43")]
    public void ReadTold_RecvLeavesData_IsToldAgain(bool window)
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        _ = window ? given.Messages(s, NetworkEvents.Read) : given.Select(s, NetworkEvents.Read);
        given.Data(s, 10).Told().Should().ContainSingle();

        given.Recv(s, 4).Told().Should().ContainSingle();
        given.Peek(s, 1).Told().Should().ContainSingle();
        given.Recv(s, 100).Told().Should().BeEmpty();
    }

    [Fact]
    [Trait("Clause", "EVSEL-20")]
    [Trait("Clause", "EVSEL-25")]
    [Trait("Clause", "ASYNC-19")]
    public void ReadTold_RecvFailsForItsArguments_IsToldAgainAllTheSame()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        given.Messages(s, NetworkEvents.Read);
        given.Data(s, 10);

        Transition recv = given.Apply(new Input.Recv { Thread = Given.Main, Socket = s, Wanted = 1, BufferCount = 0 });

        recv.Result.Error.Should().Be(WsaError.InvalidArgument);
        recv.Posted().Should().Equal(NetworkEvents.Read);
    }

    [Fact]
    [Trait("Clause", "EVSEL-20")]
    [Trait("Clause", "EVSEL-21")]
    [Trait("Clause", "ACCEPT-17")]
    public void AcceptTold_AcceptCalled_IsToldAgainWhileRequestsWait()
    {
        Given given = Given.Running();
        SocketHandle listener = given.Listener();
        given.Messages(listener, NetworkEvents.Accept);
        given.Arrive(listener);
        given.Last.Posted().Should().Equal(NetworkEvents.Accept);
        given.Arrive(listener);
        given.Last.Told().Should().BeEmpty();

        given.Apply(new Input.Accept { Thread = Given.Main, Socket = listener, NameLength = 1 }).Posted().Should().Equal(NetworkEvents.Accept);
        given.Accept(listener).Posted().Should().Equal(NetworkEvents.Accept);
        given.Accept(listener).Told().Should().BeEmpty();
        given.Arrive(listener);
        given.Last.Posted().Should().Equal(NetworkEvents.Accept);
    }

    [Fact]
    [Trait("Clause", "RECV-69")]
    [Trait("Clause", "EVSEL-02")]
    public void ReceivePending_DataArrives_IsTakenWithoutAnEvent()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        given.Select(s, NetworkEvents.Read);
        given.Recv(s, 10, given.Request());

        given.Data(s, 10).Told().Should().BeEmpty();

        given.Fetch(s).Should().Be(NetworkEvents.None);
    }

    // Registering

    [Fact]
    [Trait("Clause", "EVSEL-24")]
    [Trait("Clause", "ASYNC-23")]
    [Trait("Clause", "ASYNC-17")]
    [Trait("Clause", "ASYNC-27")]
    public void ConditionsHold_Selecting_TellsThemAtOnce()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        given.Data(s, 5);

        given.Select(s, All);
        given.Fetch(s).Should().Be(NetworkEvents.Connect | NetworkEvents.Read | NetworkEvents.Write);
        given.Messages(s, All).Posted().Should().Equal(NetworkEvents.Connect, NetworkEvents.Read, NetworkEvents.Write);
    }

    [Theory]
    [InlineData(EventReselection.Rearms, true, NetworkEvents.Read)]
    [InlineData(EventReselection.Rearms, false, NetworkEvents.Read)]
    [InlineData(EventReselection.KeepsReported, true, NetworkEvents.None)]
    [InlineData(EventReselection.KeepsReported, false, NetworkEvents.Read)]
    [Trait("Clause", "EVSEL-11")]
    [Trait("Clause", "EVSEL-24")]
    public void ReadTold_SelectingAgain_DoesAsTheReadingSays(EventReselection reading, bool fetched, NetworkEvents recorded)
    {
        Given given = Given.Running(new Readings { EventReselection = reading });
        SocketHandle s = given.Connected();
        given.Select(s, NetworkEvents.Read);
        given.Data(s, 5);
        if (fetched)
            given.Fetch(s);

        given.Select(s, NetworkEvents.Read);

        given.Fetch(s).Should().Be(recorded);
    }

    [Fact]
    [Trait("Clause", "EVSEL-11")]
    public void Recorded_SelectingOtherEvents_EmptiesTheRecord()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        given.Select(s, NetworkEvents.Read | NetworkEvents.Write);
        given.Data(s, 5);

        given.Select(s, NetworkEvents.Close);

        given.Fetch(s).Should().Be(NetworkEvents.None);
    }

    [Theory]
    [InlineData(EventReselection.Rearms)]
    [InlineData(EventReselection.KeepsReported)]
    [Trait("Clause", "EVSEL-09")]
    [Trait("Clause", "EVSEL-14")]
    [Trait("Clause", "EVSEL-15")]
    [Trait("Clause", "EVSEL-41")]
    [Trait("Clause", "ENUMEV-04")]
    public void Selected_SelectingNothing_CancelsWithoutAnEventObject(EventReselection reading)
    {
        Given given = Given.Running(new Readings { EventReselection = reading });
        SocketHandle s = given.Connected();
        given.Select(s, All);

        given.Error(new Input.EventSelect { Thread = Given.Main, Socket = s }).Should().Be(WsaError.Success);

        given.Data(s, 5).Told().Should().BeEmpty();
        given.Fetch(s).Should().Be(NetworkEvents.None);
        given.Error(new Input.Ioctl { Thread = Given.Main, Socket = s, Code = 0x8004667E, Input = new byte[4] }).Should().Be(WsaError.Success);
    }

    [Fact]
    [Trait("Clause", "ASYNC-04")]
    [Trait("Clause", "ASYNC-09")]
    public void MessagesAskedFor_AskingForNone_Cancels()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        given.Messages(s, All);

        given.Error(new Input.AsyncSelect { Thread = Given.Main, Socket = s }).Should().Be(WsaError.Success);

        given.Data(s, 5).Told().Should().BeEmpty();
        given.State.FindOpen(s)!.Nonblocking.Should().BeTrue();
    }

    [Fact]
    [Trait("Clause", "EVSEL-10")]
    [Trait("Clause", "EVSEL-13")]
    [Trait("Clause", "ASYNC-06")]
    [Trait("Clause", "ASYNC-08")]
    [Trait("Clause", "ASYNC-46")]
    [Trait("Clause", "ENUMEV-05")]
    public void Registered_RegisteringOtherwise_OnlyTheLatestCounts()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        given.Select(s, NetworkEvents.Read | NetworkEvents.Write);

        given.Messages(s, NetworkEvents.Read);
        given.Data(s, 5).Told().Should().ContainSingle().Which.Should().BeOfType<ProviderEffect.PostMessage>();
        given.Fetch(s).Should().Be(NetworkEvents.None);
        given.Recv(s, 10);
        given.Apply(new Input.EventSelect { Thread = Given.Main, Socket = s, EventObject = new EventHandle(68), Events = NetworkEvents.Read });

        given.Data(s, 5).Told().Should().ContainSingle().Which.Should().BeOfType<ProviderEffect.SetEvent>().Which.EventObject.Should().Be(new EventHandle(68));
    }

    [Theory]
    [InlineData(true, All)]
    [InlineData(true, NetworkEvents.None)]
    [InlineData(false, All)]
    [InlineData(false, NetworkEvents.None)]
    [Trait("Clause", "EVSEL-07")]
    [Trait("Clause", "ASYNC-03")]
    [Trait("Clause", "IOCTL-23")]
    public void Blocking_RegisteringAnything_MakesTheSocketNonblocking(bool window, NetworkEvents events)
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        _ = window ? given.Messages(s, events) : given.Select(s, events);

        given.Recv(s, 1).Result.Error.Should().Be(WsaError.WouldBlock);
    }

    [Fact]
    [Trait("Clause", "WSPEventSelect#errors/WSAEINVAL")]
    [Trait("Clause", "WSPAsyncSelect#errors/WSAEINVAL")]
    public void UnusableArguments_Registering_IsInvalidAndChangesNothing()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();

        given.Error(new Input.EventSelect { Thread = Given.Main, Socket = s, Events = NetworkEvents.Read }).Should().Be(WsaError.InvalidArgument);
        given.Select(s, (NetworkEvents)0x400).Result.Error.Should().Be(WsaError.InvalidArgument);
        given.Error(new Input.AsyncSelect { Thread = Given.Main, Socket = s, Events = NetworkEvents.Read }).Should().Be(WsaError.InvalidArgument);
        given.Messages(s, (NetworkEvents)0x400).Result.Error.Should().Be(WsaError.InvalidArgument);
        given.State.FindOpen(s)!.Nonblocking.Should().BeFalse();
    }

    // Messages

    [Fact]
    [Trait("Clause", "ASYNC-01")]
    [Trait("Clause", "ASYNC-13")]
    [Trait("Clause", "ASYNC-14")]
    [Trait("Clause", "ASYNC-15")]
    [Trait("Clause", "ASYNC-31")]
    public void MessagesAskedFor_ConnectionBreaks_TheMessageSaysItAll()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        given.Messages(s, NetworkEvents.Close);

        ProviderEffect.PostMessage message = given.Breaks(s).The<ProviderEffect.PostMessage>();

        (message.Window, message.Message, message.Socket, message.Event, message.Error)
            .Should().Be((new WindowHandle(8), 1025, s, NetworkEvents.Close, WsaError.ConnectionReset));
    }
}
