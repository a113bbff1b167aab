using System.Net.Sockets;
using Wsp.Model;
using Wsp.Spi;
using Input = Wsp.Model.ProviderInput;

namespace Wsp.Core.Tests.Model;

/// <summary>WSPShutdown, WSPSendDisconnect and WSPRecvDisconnect on the pure model.</summary>
public class ShutdownTests
{
    public static TheoryData<string> SendEnders => ["Send", "Both", "SendDisconnect"];

    public static TheoryData<string> ReceiveEnders => ["Receive", "Both", "RecvDisconnect"];

    [Theory]
    [MemberData(nameof(SendEnders))]
    [Trait("Clause", "SHUTDOWN-09")]
    [Trait("Clause", "SHUTDOWN-10")]
    [Trait("Clause", "SHUTDOWN-11")]
    [Trait("Clause", "SHUTDOWN-13")]
    [Trait("Clause", "SEND-57")]
    [Trait("Clause", "SENDTO-60")]
    [Trait("Clause", "SENDDISC-02")]
    [Trait("Clause", "SENDDISC-03")]
    [Trait("Clause", "SENDDISC-05")]
    [Trait("Clause", "WSPSend#errors/WSAESHUTDOWN")]
    public void Connected_SendingEnds_FinishGoesOutAndSendsFail(string ender)
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();

        Transition end = End(given, s, ender);

        end.Result.Error.Should().Be(WsaError.Success);
        end.The<ProviderEffect.FinishEndpoint>().Endpoint.Should().Be(s);
        given.Send(s, 1).Result.Error.Should().Be(WsaError.Shutdown);
        given.SendTo(s, 1, null).Result.Error.Should().Be(WsaError.Shutdown);
    }

    [Theory]
    [MemberData(nameof(ReceiveEnders))]
    [Trait("Clause", "SHUTDOWN-02")]
    [Trait("Clause", "SHUTDOWN-03")]
    [Trait("Clause", "SHUTDOWN-13")]
    [Trait("Clause", "RECV-68")]
    [Trait("Clause", "RECVFROM-78")]
    [Trait("Clause", "RECVDISC-02")]
    [Trait("Clause", "RECVDISC-04")]
    public void Connected_ReceivingEnds_ReceivesFail(string ender)
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();

        End(given, s, ender).Result.Error.Should().Be(WsaError.Success);

        given.Recv(s, 1).Result.Error.Should().Be(WsaError.Shutdown);
        given.RecvFrom(s, 1).Result.Error.Should().Be(WsaError.Shutdown);
    }

    [Fact]
    [Trait("Clause", "SHUTDOWN-02")]
    [Trait("Clause", "SHUTDOWN-09")]
    public void Connected_OneDirectionEnds_TheOtherStillWorks()
    {
        Given given = Given.Running();
        SocketHandle sends = given.Connected();
        SocketHandle receives = given.Connected();

        given.Shutdown(sends, SocketShutdown.Receive).All<ProviderEffect.FinishEndpoint>().Should().BeEmpty();
        given.Send(sends, 1).Result.Error.Should().Be(WsaError.Success);
        given.Shutdown(receives, SocketShutdown.Send);
        given.Data(receives, 4);
        given.Recv(receives, 10).Result.Count.Should().Be(4);
    }

    [Fact]
    [Trait("Clause", "SHUTDOWN-12")]
    [Trait("Clause", "SHUTDOWN-16")]
    [Trait("Clause", "SHUTDOWN-20")]
    [Trait("Clause", "SENDDISC-10")]
    [Trait("Clause", "SENDDISC-13")]
    public void DataQueued_SendingEnds_FinishFollowsTheLastByteWithoutWaiting()
    {
        Given given = Given.Running(settings: new ModelSettings { TransportWindow = 10 });
        SocketHandle s = given.Connected();
        given.Linger(s, 1, 9).Send(s, 30);

        Transition end = given.Shutdown(s, SocketShutdown.Send);
        end.Result.Outcome.Should().Be(CallOutcome.Returned);
        end.Effects.Should().BeEmpty();
        given.Taken(s, 10).All<ProviderEffect.FinishEndpoint>().Should().BeEmpty();
        given.Taken(s, 10).Effects.Select(effect => effect.GetType()).Should().Equal(typeof(ProviderEffect.Transmit), typeof(ProviderEffect.FinishEndpoint));
        given.Taken(s, 10).All<ProviderEffect.FinishEndpoint>().Should().BeEmpty();
    }

    [Fact]
    [Trait("Clause", "SHUTDOWN-AMB-03")]
    public void SendPending_SendingEnds_TheOperationStillFinishesBeforeTheEnd()
    {
        Given given = Given.Running();
        SocketHandle s = given.Full();
        OverlappedRequest request = given.Request();
        given.Send(s, 10, request);

        given.Shutdown(s, SocketShutdown.Send).Effects.Should().BeEmpty();
        Transition taken = given.Taken(s, 65_536);

        taken.Ended(request).Error.Should().Be(WsaError.Success);
        taken.The<ProviderEffect.FinishEndpoint>();
    }

    [Theory]
    [MemberData(nameof(ReceiveEnders))]
    [Trait("Clause", "SHUTDOWN-05")]
    [Trait("Clause", "RECVDISC-07")]
    [Trait("Clause", "SHUTDOWN-AMB-02")]
    public void DataUnread_ReceivingEnds_ResetsTheConnection(string ender)
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        given.Data(s, 5);

        Transition end = End(given, s, ender);

        end.Result.Error.Should().Be(WsaError.Success);
        end.The<ProviderEffect.ResetEndpoint>().Endpoint.Should().Be(s);
        given.Recv(s, 10).Result.Error.Should().Be(WsaError.Shutdown);
    }

    [Theory]
    [MemberData(nameof(ReceiveEnders))]
    [Trait("Clause", "SHUTDOWN-06")]
    [Trait("Clause", "RECVDISC-07")]
    [Trait("Clause", "RECVDISC-AMB-01")]
    public void ReceivingEnded_DataArrives_ResetsTheConnection(string ender)
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        End(given, s, ender);

        given.Data(s, 5).The<ProviderEffect.ResetEndpoint>().Endpoint.Should().Be(s);
        given.State.FindOpen(s)!.Stage.Should().Be(SocketStage.Broken);
    }

    [Fact]
    [Trait("Clause", "SHUTDOWN-05")]
    public void DataUnreadAndUnsent_ReceivingEnds_UnsentDataIsDiscardedForThatReason()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        given.Send(s, 30);
        given.Data(s, 5);

        given.Shutdown(s, SocketShutdown.Receive);

        given.State.Ledger.DiscardedFor(DiscardReason.UnreadData).Should().Be(30);
        given.Send(s, 1).Result.Error.Should().Be(WsaError.ConnectionAborted);
    }

    [Fact]
    [Trait("Clause", "SHUTDOWN-AMB-03")]
    [Trait("Clause", "RECV-AMB-15")]
    public void ReceivePending_ReceivingEnds_StaysPendingAndIsFilled()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        OverlappedRequest request = given.Request();
        given.Recv(s, 10, request);

        given.Shutdown(s, SocketShutdown.Receive).Effects.Should().BeEmpty();

        given.Data(s, 4).Ended(request).Count.Should().Be(4);
    }

    [Theory]
    [MemberData(nameof(ReceiveEnders))]
    [Trait("Clause", "SHUTDOWN-07")]
    [Trait("Clause", "SHUTDOWN-08")]
    [Trait("Clause", "RECVDISC-08")]
    [Trait("Clause", "RECVDISC-09")]
    public void Datagram_ReceivingEnds_GoesOnQueuing(string ender)
    {
        Given given = Given.Running();
        SocketHandle s = given.Bound(stream: false);
        given.Datagram(s, 5);

        End(given, s, ender).Effects.Should().BeEmpty();
        given.Datagram(s, 6).Effects.Should().BeEmpty();

        given.State.FindOpen(s)!.Datagrams.Count.Should().Be(2);
        given.Recv(s, 10).Result.Error.Should().Be(WsaError.Shutdown);
    }

    [Theory]
    [MemberData(nameof(SendEnders))]
    [Trait("Clause", "SHUTDOWN-01")]
    [Trait("Clause", "SHUTDOWN-10")]
    [Trait("Clause", "SENDDISC-AMB-02")]
    public void Datagram_SendingEnds_SendsFailAndNothingGoesOut(string ender)
    {
        Given given = Given.Running();
        SocketHandle s = given.WithPeer();

        End(given, s, ender).Effects.Should().BeEmpty();

        given.Send(s, 1).Result.Error.Should().Be(WsaError.Shutdown);
        given.SendTo(s, 1, SockAddr.Loopback(9)).Result.Error.Should().Be(WsaError.Shutdown);
    }

    [Theory]
    [InlineData("Both")]
    [InlineData("SendDisconnect")]
    [InlineData("RecvDisconnect")]
    [Trait("Clause", "SHUTDOWN-14")]
    [Trait("Clause", "SHUTDOWN-15")]
    [Trait("Clause", "SENDDISC-08")]
    [Trait("Clause", "SENDDISC-09")]
    [Trait("Clause", "RECVDISC-13")]
    [Trait("Clause", "RECVDISC-14")]
    [Trait("Clause", "CLOSE-40")]
    public void Connected_Ended_StaysOpenUntilItIsClosed(string ender)
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();

        End(given, s, ender).All<ProviderEffect.ReleaseHandle>().Should().BeEmpty();
        given.PeerFinishes(s).All<ProviderEffect.CloseEndpoint>().Should().BeEmpty();

        given.State.FindOpen(s).Should().NotBeNull();
        given.Close(s).The<ProviderEffect.ReleaseHandle>();
        given.State.Sockets.Should().BeEmpty();
    }

    [Theory]
    [InlineData("Both")]
    [InlineData("Send")]
    [InlineData("Receive")]
    [InlineData("SendDisconnect")]
    [InlineData("RecvDisconnect")]
    [Trait("Clause", "WSPShutdown#errors/WSAENOTCONN")]
    [Trait("Clause", "WSPSendDisconnect#errors/WSAENOTCONN")]
    [Trait("Clause", "WSPRecvDisconnect#errors/WSAENOTCONN")]
    public void StreamNotConnected_Ends_IsNotConnected(string ender)
    {
        Given given = Given.Running();
        SocketHandle connecting = given.Stream();
        given.Connect(connecting);

        foreach (SocketHandle s in new[] { given.Stream(), given.Bound(), connecting })
            End(given, s, ender).Result.Error.Should().Be(WsaError.NotConnected);
    }

    [Theory]
    [InlineData("Both")]
    [InlineData("SendDisconnect")]
    [InlineData("RecvDisconnect")]
    [Trait("Clause", "SHUTDOWN-AMB-05")]
    public void ConnectionBroken_Ends_NamesTheBreak(string ender)
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        given.Breaks(s);

        End(given, s, ender).Result.Error.Should().Be(WsaError.ConnectionReset);
    }

    [Fact]
    [Trait("Clause", "SHUTDOWN-AMB-04")]
    public void SendingEnded_EndsAgain_SucceedsWithoutASecondFinish()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        given.Shutdown(s, SocketShutdown.Send);

        Transition again = given.Shutdown(s, SocketShutdown.Both);

        again.Result.Error.Should().Be(WsaError.Success);
        again.Effects.Should().BeEmpty();
    }

    [Theory]
    [InlineData(3)]
    [InlineData(-1)]
    [Trait("Clause", "WSPShutdown#errors/WSAEINVAL")]
    public void Connected_ShutdownOfNoDirection_IsInvalid(int how)
    {
        Given given = Given.Running();
        given.Shutdown(given.Connected(), (SocketShutdown)how).Result.Error.Should().Be(WsaError.InvalidArgument);
    }

    [Fact]
    [Trait("Clause", "SENDDISC-07")]
    [Trait("Clause", "RECVDISC-AMB-02")]
    [Trait("Clause", "WSPSendDisconnect#errors/WSAENOPROTOOPT")]
    [Trait("Clause", "WSPRecvDisconnect#errors/WSAENOPROTOOPT")]
    public void Connected_DisconnectWithData_IsNoOptionAndChangesNothing()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();

        given.Error(new Input.SendDisconnect { Thread = Given.Main, Socket = s, HasData = true }).Should().Be(WsaError.ProtocolOption);
        given.Error(new Input.RecvDisconnect { Thread = Given.Main, Socket = s, HasData = true }).Should().Be(WsaError.ProtocolOption);

        given.Send(s, 1).Result.Error.Should().Be(WsaError.Success);
        given.Recv(s, 1).Result.Outcome.Should().Be(CallOutcome.Blocked);
    }

    [Fact]
    [Trait("Clause", "SHUTDOWN-AMB-07")]
    [Trait("Clause", "SHUTDOWN-21")]
    public void EventsSelected_SendingEnds_OnlyThePeersEndIsTold()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        given.Select(s, NetworkEvents.Close);

        given.Shutdown(s, SocketShutdown.Both).Told().Should().BeEmpty();
        given.PeerFinishes(s);

        given.Fetch(s).Should().Be(NetworkEvents.Close);
    }

    private static Transition End(Given given, SocketHandle s, string ender) => given.Apply(ender switch
    {
        "SendDisconnect" => new Input.SendDisconnect { Thread = Given.Main, Socket = s },
        "RecvDisconnect" => new Input.RecvDisconnect { Thread = Given.Main, Socket = s },
        _ => new Input.Shutdown { Thread = Given.Main, Socket = s, How = Enum.Parse<SocketShutdown>(ender) },
    });
}
