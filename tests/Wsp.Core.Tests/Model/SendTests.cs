using Wsp.Model;
using Wsp.Specification;
using Wsp.Spi;
using Input = Wsp.Model.ProviderInput;

namespace Wsp.Core.Tests.Model;

/// <summary>WSPSend and WSPSendTo on the pure model.</summary>
public class SendTests
{
    // Streams

    [Fact]
    [Trait("Clause", "SEND-01")]
    [Trait("Clause", "SEND-14")]
    [Trait("Clause", "SEND-44")]
    [Trait("Clause", "SEND-51")]
    public void RoomInTheBuffer_Send_AcceptsAllAndHandsItOver()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();

        Transition send = given.Send(s, 30);

        send.Result.Outcome.Should().Be(CallOutcome.Returned);
        send.Result.Count.Should().Be(30);
        send.The<ProviderEffect.Transmit>().Data.Sum(run => run.Length).Should().Be(30);
        given.State.Ledger.Accepted.Should().Be(30);
        given.State.Ledger.Delivered.Should().Be(0);
    }

    [Fact]
    [Trait("Clause", "SEND-38")]
    [Trait("Clause", "SEND-59")]
    public void TransportWindowFull_Sends_LeaveInPostingOrder()
    {
        Given given = Given.Running(settings: new ModelSettings { TransportWindow = 4 });
        SocketHandle s = given.Connected();
        var sent = new List<byte>();
        void Note(Transition transition) => sent.AddRange(transition.All<ProviderEffect.Transmit>().SelectMany(part => part.Data).SelectMany(run => run.Bytes.ToArray()));

        foreach (byte[] part in new byte[][] { [1, 2, 3], [4, 5], [6, 7, 8, 9] })
            Note(given.Apply(new Input.Send { Thread = Given.Main, Socket = s, Data = new Payload(part) }));
        sent.Should().Equal(1, 2, 3, 4);
        Note(given.Taken(s, 4));
        Note(given.Taken(s, 3));

        sent.Should().Equal(1, 2, 3, 4, 5, 6, 7, 8, 9);
    }

    [Fact]
    [Trait("Clause", "SEND-46")]
    [Trait("Clause", "SEND-62")]
    public void BlockingAndTooLittleRoom_Send_WaitsUntilAllIsAccepted()
    {
        Given given = Given.Running(settings: new ModelSettings { SendBuffer = 10, TransportWindow = 10 });
        SocketHandle s = given.Connected();

        Transition send = given.Send(s, 25);
        send.Result.Outcome.Should().Be(CallOutcome.Blocked);
        given.State.Ledger.Accepted.Should().Be(10);
        given.Taken(s, 10).All<ProviderEffect.ReleaseCaller>().Should().BeEmpty();
        Transition end = given.Taken(s, 10);

        end.Released(send.Result.Call).Count.Should().Be(25);
        given.State.Ledger.Accepted.Should().Be(25);
    }

    [Theory]
    [InlineData(NonblockingSend.TakesPart, 4, 10)]
    [InlineData(NonblockingSend.AllOrNothing, 20, 26)]
    [Trait("Clause", "SEND-45")]
    [Trait("Clause", "SENDTO-48")]
    [Trait("Clause", "SEND-AMB-10")]
    public void NonblockingAndTooLittleRoom_Send_TakesWhatTheReadingSays(NonblockingSend reading, int taken, int accepted)
    {
        Given given = Given.Running(settings: new ModelSettings { SendBuffer = 10, Readings = new Readings { NonblockingSend = reading } });
        SocketHandle s = given.Connected();
        given.Nonblocking(s).Send(s, 6);

        given.Send(s, 20).Result.Count.Should().Be(taken);

        given.State.Ledger.Accepted.Should().Be(accepted);
        given.Send(s, 1).Result.Error.Should().Be(WsaError.WouldBlock);
    }

    [Theory]
    [InlineData(NonblockingSend.TakesPart)]
    [InlineData(NonblockingSend.AllOrNothing)]
    [Trait("Clause", "SEND-47")]
    [Trait("Clause", "WSPSend#errors/WSAEWOULDBLOCK")]
    public void NonblockingAndNoRoom_Send_WouldBlockAndTakesNothing(NonblockingSend reading)
    {
        Given given = Given.Running(new Readings { NonblockingSend = reading });
        SocketHandle s = given.Full();

        given.Nonblocking(s).Send(s, 1).Result.Error.Should().Be(WsaError.WouldBlock);

        given.State.Ledger.Accepted.Should().Be(65_536);
        given.Taken(s, 1);
        given.Send(s, 1).Result.Error.Should().Be(WsaError.Success);
    }

    [Fact]
    [Trait("Clause", "SEND-AMB-14")]
    public void BufferFull_SendOfNothing_Succeeds()
    {
        Given given = Given.Running();
        SocketHandle s = given.Full();

        Transition send = given.Nonblocking(s).Send(s, 0);

        send.Result.Error.Should().Be(WsaError.Success);
        send.Effects.Should().BeEmpty();
    }

    [Fact]
    [Trait("Clause", "SEND-38")]
    [Trait("Clause", "SEND-46")]
    public void SendsBlocked_RoomComesBack_AreServedInOrder()
    {
        Given given = Given.Running();
        SocketHandle s = given.Full();
        long first = given.Send(s, 10).Result.Call;
        long second = given.Send(s, 10, thread: Given.Other).Result.Call;

        given.Taken(s, 10).All<ProviderEffect.ReleaseCaller>().Select(release => release.Call).Should().Equal(first);
        given.Taken(s, 10).All<ProviderEffect.ReleaseCaller>().Select(release => release.Call).Should().Equal(second);
    }

    [Fact]
    [Trait("Clause", "SENDTO-04")]
    public void ConnectedStream_SendTo_IgnoresTheAddress()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();

        foreach (SockAddr? to in new SockAddr?[] { null, default(SockAddr), GivenSteps.OfOtherFamily, SockAddr.Loopback(0) })
            given.SendTo(s, 3, to).The<ProviderEffect.Transmit>().Endpoint.Should().Be(s);
    }

    [Theory]
    [InlineData(WsaError.ConnectionReset)]
    [InlineData(WsaError.ConnectionAborted)]
    [InlineData(WsaError.NetworkReset)]
    [InlineData(WsaError.TimedOut)]
    [Trait("Clause", "SOCKET-27")]
    [Trait("Clause", "WSPSend#errors/WSAECONNRESET")]
    [Trait("Clause", "WSPSend#errors/WSAECONNABORTED")]
    public void SendPendingAndBlocked_ConnectionBreaks_BothEndWithItsErrorAndLaterOnesToo(WsaError error)
    {
        Given given = Given.Running();
        SocketHandle s = given.Full();
        OverlappedRequest request = given.Request(e: 8);
        given.Send(s, 10, request);
        long call = given.Send(s, 10).Result.Call;

        Transition broken = given.Breaks(s, error);

        broken.Ended(request).Error.Should().Be(error);
        broken.The<ProviderEffect.SetEvent>().Request.Should().Be(request.Id);
        broken.Released(call).Error.Should().Be(error);
        given.Send(s, 1).Result.Error.Should().Be(error);
        given.State.Ledger.DiscardedFor(DiscardReason.ConnectionBroken).Should().Be(65_536);
    }

    // Datagrams

    [Fact]
    [Trait("Clause", "SOCKET-28")]
    [Trait("Clause", "SENDTO-01")]
    [Trait("Clause", "SENDTO-17")]
    public void Datagram_SendTo_GoesOutWhole()
    {
        Given given = Given.Running();
        SocketHandle s = given.Datagram();

        Transition send = given.SendTo(s, 5, SockAddr.Loopback(9));

        send.Result.Count.Should().Be(5);
        ProviderEffect.TransmitDatagram sent = send.The<ProviderEffect.TransmitDatagram>();
        (sent.To, sent.Data.Length).Should().Be((SockAddr.Loopback(9), 5));
    }

    [Fact]
    [Trait("Clause", "SENDTO-02")]
    [Trait("Clause", "SENDTO-03")]
    [Trait("Clause", "SENDTO-AMB-06")]
    [Trait("Clause", "SENDTO-AMB-09")]
    public void DatagramWithPeer_SendTo_OverridesForThisOneOnly()
    {
        Given given = Given.Running();
        SocketHandle s = given.WithPeer();

        given.SendTo(s, 1, SockAddr.Loopback(9)).The<ProviderEffect.TransmitDatagram>().To.Should().Be(SockAddr.Loopback(9));
        given.SendTo(s, 1, null).The<ProviderEffect.TransmitDatagram>().To.Should().Be(SockAddr.Loopback(80));
        given.Send(s, 1).The<ProviderEffect.TransmitDatagram>().To.Should().Be(SockAddr.Loopback(80));
    }

    [Fact]
    [Trait("Clause", "WSPSendTo#errors/WSAEDESTADDRREQ")]
    [Trait("Clause", "WSPSendTo#errors/WSAEFAULT")]
    [Trait("Clause", "WSPSendTo#errors/WSAEAFNOSUPPORT")]
    [Trait("Clause", "WSPSendTo#errors/WSAEADDRNOTAVAIL")]
    [Trait("Clause", "SENDTO-AMB-07")]
    [Trait("Clause", "SENDTO-AMB-08")]
    public void Datagram_SendToNowhere_NamesTheReason()
    {
        Given given = Given.Running();
        SocketHandle s = given.Bound(stream: false);

        given.SendTo(s, 1, null).Result.Error.Should().Be(WsaError.DestinationAddressRequired);
        given.SendTo(s, 1, default(SockAddr)).Result.Error.Should().Be(WsaError.Fault);
        given.SendTo(s, 1, GivenSteps.OfOtherFamily).Result.Error.Should().Be(WsaError.AddressFamilyNotSupported);
        given.SendTo(s, 1, SockAddr.Any(System.Net.Sockets.AddressFamily.InterNetwork) with { Port = 9 }).Result.Error.Should().Be(WsaError.AddressNotAvailable);
        given.SendTo(s, 1, SockAddr.Loopback(0)).Result.Error.Should().Be(WsaError.AddressNotAvailable);
        given.Send(s, 1).Result.Error.Should().Be(WsaError.NotConnected);
    }

    [Fact]
    [Trait("Clause", "WSPSendTo#errors/WSAEACCES")]
    [Trait("Clause", "WSPSend#errors/WSAEACCES")]
    public void Datagram_SendToBroadcast_NeedsTheOption()
    {
        Given given = Given.Running();
        SocketHandle s = given.Bound(stream: false);

        given.SendTo(s, 1, GivenSteps.Broadcast).Result.Error.Should().Be(WsaError.AccessDenied);
        given.SetOption(s, 0x20, 1).SendTo(s, 1, GivenSteps.Broadcast).Result.Error.Should().Be(WsaError.Success);
        given.Connect(s, GivenSteps.Broadcast);
        given.SetOption(s, 0x20, 0).Send(s, 1).Result.Error.Should().Be(WsaError.AccessDenied);
    }

    [Theory]
    [InlineData(65_507, WsaError.Success, 1)]
    [InlineData(65_508, WsaError.MessageSize, 0)]
    [Trait("Clause", "SEND-48")]
    [Trait("Clause", "SEND-49")]
    [Trait("Clause", "SENDTO-51")]
    [Trait("Clause", "SENDTO-52")]
    [Trait("Clause", "WSPSend#errors/WSAEMSGSIZE")]
    public void Datagram_LongMessage_GoesOutWholeOrNotAtAll(int bytes, WsaError error, int sent)
    {
        Given given = Given.Running();
        SocketHandle s = given.WithPeer();

        given.Send(s, bytes).Result.Error.Should().Be(error);
        given.Last.All<ProviderEffect.TransmitDatagram>().Should().HaveCount(sent);
        given.SendTo(s, bytes, SockAddr.Loopback(9)).Result.Error.Should().Be(error);
    }

    // Arguments

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Clause", "SEND-54")]
    [Trait("Clause", "SEND-56")]
    [Trait("Clause", "WSPSend#errors/WSAEOPNOTSUPP")]
    public void AnySocket_UnsupportedFlag_IsRefused(bool stream)
    {
        Given given = Given.Running();
        SocketHandle s = stream ? given.Connected() : given.WithPeer();

        foreach (MessageFlags flags in new[] { MessageFlags.OutOfBand, MessageFlags.Partial })
            given.Error(One(s) with { Flags = flags }).Should().Be(WsaError.OperationNotSupported);
        given.Effects.Should().BeEmpty();
    }

    [Fact]
    [Trait("Clause", "SEND-53")]
    public void Connected_DontRoute_IsIgnored()
    {
        Given given = Given.Running();
        given.Error(One(given.Connected()) with { Flags = MessageFlags.DontRoute }).Should().Be(WsaError.Success);
    }

    [Fact]
    [Trait("Clause", "SEND-64")]
    [Trait("Clause", "SENDTO-67")]
    public void Connected_MissingArguments_AreRefused()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();

        given.Error(One(s) with { CountMissing = true }).Should().Be(WsaError.Fault);
        given.Error(One(s) with { BufferCount = 0 }).Should().Be(WsaError.InvalidArgument);
        given.Error(One(s) with { CountMissing = true, Overlapped = given.Request() }).Should().Be(WsaError.Success);
    }

    private static Input.Send One(SocketHandle s) => new() { Thread = Given.Main, Socket = s, Data = Payload.OfLength(1) };
}
