using Wsp.Model;
using Wsp.Specification;
using Wsp.Spi;
using Input = Wsp.Model.ProviderInput;

namespace Wsp.Core.Tests.Model;

/// <summary>When FD_CONNECT, FD_WRITE and FD_CLOSE are recorded and told, on the pure model, under both sides of the readings.</summary>
public class EventConditionTests
{
    private const NetworkEvents All = (NetworkEvents)0x3F;

    // FD_CONNECT

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Clause", "CONNECT-12")]
    [Trait("Clause", "CONNECT-46")]
    [Trait("Clause", "EVSEL-26")]
    [Trait("Clause", "ASYNC-24")]
    [Trait("Clause", "ASYNC-27")]
    [Trait("Clause", "ASYNC-38")]
    public void ConnectUnderWay_Succeeds_ConnectThenWriteAreTold(bool window)
    {
        Given given = Given.Running();
        SocketHandle s = given.Stream();
        _ = window ? given.Messages(s, All) : given.Select(s, All);
        given.Connect(s);

        Transition answer = given.Answers(s);

        if (window)
        {
            answer.Posted().Should().Equal(NetworkEvents.Connect, NetworkEvents.Write);
            return;
        }

        EventRegistration record = given.Record(s);
        record.Recorded.Should().Be(NetworkEvents.Connect | NetworkEvents.Write);
        record.ErrorOf(NetworkEvents.Connect).Should().Be(WsaError.Success);
    }

    [Theory]
    [InlineData(WsaError.ConnectionRefused)]
    [InlineData(WsaError.NetworkUnreachable)]
    [InlineData(WsaError.TimedOut)]
    [Trait("Clause", "CONNECT-12")]
    [Trait("Clause", "ENUMEV-14")]
    [Trait("Clause", "ASYNC-38")]
    public void ConnectUnderWay_Fails_ConnectIsToldWithTheReasonAndNothingElse(WsaError error)
    {
        Given given = Given.Running();
        SocketHandle s = given.Stream();
        given.Select(s, All);
        given.Connect(s);
        given.Answers(s, error);

        EventRegistration record = given.Record(s);
        record.Recorded.Should().Be(NetworkEvents.Connect);
        record.ErrorOf(NetworkEvents.Connect).Should().Be(error);
    }

    [Fact]
    [Trait("Clause", "CONNECT-12")]
    [Trait("Clause", "CONNECT-17")]
    public void ConnectFailedAndTold_RetrySucceeds_IsToldAgain()
    {
        Given given = Given.Running();
        SocketHandle s = given.Stream();
        given.Messages(s, All);
        given.Connect(s);
        given.Answers(s, WsaError.ConnectionRefused);
        given.Connect(s);

        given.Answers(s).Posted().Should().Equal(NetworkEvents.Connect, NetworkEvents.Write);
    }

    [Theory]
    [InlineData(ConnectMessages.Always, true)]
    [InlineData(ConnectMessages.StreamOnArrival, false)]
    [Trait("Clause", "CONNECT-45")]
    [Trait("Clause", "ASYNC-39")]
    public void DatagramAndLateRegistrations_ConnectMessages_AreAsTheReadingSays(ConnectMessages reading, bool told)
    {
        Given given = Given.Running(new Readings { ConnectMessages = reading });
        SocketHandle datagram = given.Bound(stream: false);
        given.Messages(datagram, NetworkEvents.Connect);
        SocketHandle stream = given.Stream();
        given.Messages(stream, NetworkEvents.Connect);
        given.Connect(stream);

        given.Connect(datagram).Posted().Should().HaveCount(told ? 1 : 0);
        given.Messages(given.Connected(), NetworkEvents.Connect).Posted().Should().HaveCount(told ? 1 : 0);
        given.Answers(stream).Posted().Should().Equal(NetworkEvents.Connect);
    }

    [Theory]
    [InlineData(ConnectMessages.Always)]
    [InlineData(ConnectMessages.StreamOnArrival)]
    [Trait("Clause", "CONNECT-45")]
    public void DatagramWithEventObject_Connect_IsAlwaysRecorded(ConnectMessages reading)
    {
        Given given = Given.Running(new Readings { ConnectMessages = reading });
        SocketHandle s = given.Datagram();
        given.Select(s, All);

        given.Connect(s);

        given.Fetch(s).Should().Be(NetworkEvents.Connect | NetworkEvents.Write);
    }

    // FD_WRITE

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Clause", "EVSEL-27")]
    [Trait("Clause", "ASYNC-25")]
    [Trait("Clause", "ASYNC-26")]
    public void SendRefusedForLackOfRoom_RoomComesBack_WriteIsToldOnce(bool window)
    {
        Given given = Given.Running();
        SocketHandle s = given.Full();
        _ = window ? given.Messages(s, NetworkEvents.Write) : given.Select(s, NetworkEvents.Write);
        given.Send(s, 1).Result.Error.Should().Be(WsaError.WouldBlock);

        given.Taken(s, 10).Told().Should().ContainSingle();
        given.Taken(s, 10).Told().Should().BeEmpty();
        given.Send(s, 1).Told().Should().BeEmpty();
    }

    [Fact]
    [Trait("Clause", "EVSEL-27")]
    public void NoSendRefused_RoomComesBack_NothingIsTold()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        given.Select(s, NetworkEvents.Write);
        given.Send(s, 65_536);

        given.Taken(s, 100).Told().Should().BeEmpty();
    }

    [Theory]
    [InlineData(DatagramWritable.WhenBound, false)]
    [InlineData(DatagramWritable.MessagesAlways, true)]
    [Trait("Clause", "BIND-31")]
    [Trait("Clause", "BIND-32")]
    public void UnboundDatagram_AskingForWriteMessages_TellsAsTheReadingSays(DatagramWritable reading, bool told)
    {
        Given given = Given.Running(new Readings { DatagramWritable = reading });
        given.Messages(given.Datagram(), NetworkEvents.Write).Told().Should().HaveCount(told ? 1 : 0);
        given.Select(given.Datagram(), NetworkEvents.Write).Told().Should().BeEmpty();
        given.Messages(given.Bound(stream: false), NetworkEvents.Write).Told().Should().ContainSingle();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Clause", "BIND-31")]
    [Trait("Clause", "BIND-32")]
    public void UnboundDatagramWithWriteSelected_GetsItsAddress_IsWritable(bool bind)
    {
        Given given = Given.Running();
        SocketHandle s = given.Datagram();
        given.Select(s, NetworkEvents.Write);
        if (bind)
            given.Apply(new Input.Bind { Thread = Given.Main, Socket = s, Address = SockAddr.Loopback(0) });

        Transition assigned = given.Apply(bind
            ? new Input.BindAnswered { Endpoint = s, Local = SockAddr.Loopback(5000) }
            : new Input.AddressAssigned { Endpoint = s, Local = SockAddr.Loopback(5000) });

        assigned.All<ProviderEffect.SetEvent>().Should().ContainSingle();
        given.Fetch(s).Should().Be(NetworkEvents.Write);
    }

    // FD_CLOSE

    [Theory]
    [InlineData(CloseEventTiming.AfterData, false)]
    [InlineData(CloseEventTiming.AtOnce, true)]
    [Trait("Clause", "EVSEL-30")]
    [Trait("Clause", "EVSEL-31")]
    [Trait("Clause", "EVSEL-32")]
    [Trait("Clause", "ASYNC-33")]
    [Trait("Clause", "ASYNC-34")]
    [Trait("Clause", "ASYNC-35")]
    public void DataUnread_PeerFinishes_CloseIsToldWhenTheReadingSays(CloseEventTiming reading, bool atOnce)
    {
        Given given = Given.Running(new Readings { CloseEventTiming = reading });
        SocketHandle s = given.Connected();
        given.Messages(s, NetworkEvents.Read | NetworkEvents.Close);
        given.Data(s, 10);

        given.PeerFinishes(s).Posted().Should().Equal(atOnce ? [NetworkEvents.Close] : []);
        given.Recv(s, 4).Posted().Should().Equal(NetworkEvents.Read);
        given.Recv(s, 100).Posted().Should().Equal(atOnce ? [] : [NetworkEvents.Close]);
        given.Recv(s, 100).Told().Should().BeEmpty();
    }

    [Theory]
    [InlineData(CloseEventTiming.AfterData, NetworkEvents.Read)]
    [InlineData(CloseEventTiming.AtOnce, NetworkEvents.Read | NetworkEvents.Close)]
    [Trait("Clause", "EVSEL-24")]
    [Trait("Clause", "EVSEL-31")]
    public void DataUnreadAndPeerFinished_Selecting_TellsCloseWhenTheReadingSays(CloseEventTiming reading, NetworkEvents recorded)
    {
        Given given = Given.Running(new Readings { CloseEventTiming = reading });
        SocketHandle s = given.Connected();
        given.Data(s, 10);
        given.PeerFinishes(s);

        given.Select(s, NetworkEvents.Read | NetworkEvents.Close);

        given.Fetch(s).Should().Be(recorded);
    }

    [Fact]
    [Trait("Clause", "EVSEL-29")]
    [Trait("Clause", "EVSEL-32")]
    [Trait("Clause", "ASYNC-30")]
    public void NothingUnread_PeerFinishes_CloseAloneIsToldWithoutError()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        given.Select(s, NetworkEvents.Read | NetworkEvents.Close);
        given.PeerFinishes(s);

        EventRegistration record = given.Record(s);
        (record.Recorded, record.ErrorOf(NetworkEvents.Close)).Should().Be((NetworkEvents.Close, WsaError.Success));
    }

    [Theory]
    [InlineData(WsaError.ConnectionReset)]
    [InlineData(WsaError.TimedOut)]
    [Trait("Clause", "EVSEL-29")]
    [Trait("Clause", "ASYNC-31")]
    public void DataUnread_ConnectionBreaks_CloseIsToldAtOnceWithItsError(WsaError error)
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        given.Select(s, NetworkEvents.Close);
        given.Data(s, 5);
        given.Breaks(s, error);

        EventRegistration record = given.Record(s);
        (record.Recorded, record.ErrorOf(NetworkEvents.Close)).Should().Be((NetworkEvents.Close, error));
    }

    [Fact]
    [Trait("Clause", "EVSEL-24")]
    [Trait("Clause", "EVSEL-29")]
    public void ConnectionBroken_Selecting_TellsCloseWithItsError()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        given.Breaks(s);

        given.Messages(s, All).The<ProviderEffect.PostMessage>().Error.Should().Be(WsaError.ConnectionReset);
    }

    [Fact]
    [Trait("Clause", "EVSEL-21")]
    public void DatagramsQueued_RecvFrom_ReadIsToldWhileAnyIsLeft()
    {
        Given given = Given.Running();
        SocketHandle s = given.Bound(stream: false);
        given.Messages(s, NetworkEvents.Read);
        given.Datagram(s, 5).Posted().Should().Equal(NetworkEvents.Read);
        given.Datagram(s, 5).Told().Should().BeEmpty();

        given.RecvFrom(s, 10).Posted().Should().Equal(NetworkEvents.Read);
        given.RecvFrom(s, 10).Told().Should().BeEmpty();
    }
}
