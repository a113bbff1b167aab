using System.Net.Sockets;
using Wsp.Model;
using Wsp.Spi;
using Input = Wsp.Model.ProviderInput;

namespace Wsp.Core.Tests.Model;

/// <summary>WSPConnect on the pure model.</summary>
public class ConnectTests
{
    private const int SoError = 0x1007;

    [Fact]
    [Trait("Clause", "CONNECT-03")]
    [Trait("Clause", "CONNECT-04")]
    [Trait("Clause", "CONNECT-07")]
    public void Blocking_Connect_WaitsForTheAnswerAndCanThenTransfer()
    {
        Given given = Given.Running();
        SocketHandle s = given.Stream();

        Transition connect = given.Connect(s);
        connect.Result.Outcome.Should().Be(CallOutcome.Blocked);
        connect.The<ProviderEffect.ConnectEndpoint>().Remote.Should().Be(SockAddr.Loopback(80));
        given.Answers(s).Released(connect.Result.Call).Error.Should().Be(WsaError.Success);

        given.Send(s, 5).The<ProviderEffect.Transmit>().Data.Sum(run => run.Length).Should().Be(5);
        given.Data(s, 3);
        given.Recv(s, 10).Result.Count.Should().Be(3);
    }

    [Theory]
    [InlineData(WsaError.ConnectionRefused)]
    [InlineData(WsaError.NetworkUnreachable)]
    [InlineData(WsaError.TimedOut)]
    [InlineData(WsaError.HostUnreachable)]
    [InlineData(WsaError.AddressAlreadyInUse)]
    [Trait("Clause", "CONNECT-07")]
    [Trait("Clause", "CONNECT-17")]
    [Trait("Clause", "WSPConnect#errors/WSAETIMEDOUT")]
    [Trait("Clause", "WSPConnect#errors/WSAENETUNREACH")]
    public void Blocking_ConnectFails_ReturnsTheReasonAndMayBeRetried(WsaError error)
    {
        Given given = Given.Running();
        SocketHandle s = given.Stream();
        long call = given.Connect(s).Result.Call;

        given.Answers(s, error).Released(call).Error.Should().Be(error);
        given.Send(s, 1).Result.Error.Should().Be(WsaError.NotConnected);
        long again = given.Connect(s).Result.Call;
        given.Answers(s).Released(again).Error.Should().Be(WsaError.Success);
        given.Send(s, 1).Result.Error.Should().Be(WsaError.Success);
    }

    [Fact]
    [Trait("Clause", "CONNECT-08")]
    [Trait("Clause", "CONNECT-09")]
    [Trait("Clause", "CONNECT-13")]
    [Trait("Clause", "CONNECT-14")]
    [Trait("Clause", "WSPConnect#errors/WSAEALREADY")]
    [Trait("Clause", "WSPConnect#errors/WSAEWOULDBLOCK")]
    public void Nonblocking_Connect_GoesOnInTheBackground()
    {
        Given given = Given.Running();
        SocketHandle s = given.Stream();
        given.Nonblocking(s);

        Transition connect = given.Connect(s);
        connect.Result.Error.Should().Be(WsaError.WouldBlock);
        connect.All<ProviderEffect.ConnectEndpoint>().Should().ContainSingle();
        given.Connect(s).Result.Error.Should().Be(WsaError.AlreadyInProgress);
        given.Effects.Should().BeEmpty();
        given.Send(s, 1).Result.Error.Should().Be(WsaError.NotConnected);
        given.Answers(s);
        given.Connect(s).Result.Error.Should().Be(WsaError.IsConnected);
        given.Send(s, 1).Result.Error.Should().Be(WsaError.Success);
    }

    [Fact]
    [Trait("Clause", "CONNECT-47")]
    [Trait("Clause", "GETOPT-54")]
    public void Nonblocking_ConnectFails_TheSocketErrorNamesTheReason()
    {
        Given given = Given.Running();
        SocketHandle s = given.Stream();
        given.Nonblocking(s).Connect(s);

        given.Answers(s, WsaError.ConnectionRefused);

        given.Option(s, SoError).Should().Be((int)WsaError.ConnectionRefused);
        given.Connect(s).Result.Error.Should().Be(WsaError.WouldBlock);
    }

    [Fact]
    [Trait("Clause", "GETOPT-18")]
    [Trait("Clause", "CONNECT-07")]
    public void Blocking_ConnectFails_LeavesNoSocketError()
    {
        Given given = Given.Running();
        SocketHandle s = given.Stream();
        given.Connect(s);
        given.Answers(s, WsaError.ConnectionRefused);

        given.Option(s, SoError).Should().Be(0);
    }

    [Fact]
    [Trait("Clause", "CONNECT-06")]
    [Trait("Clause", "CONNECT-18")]
    [Trait("Clause", "WSPConnect#errors/WSAEISCONN")]
    [Trait("Clause", "WSPConnect#errors/WSAEINVAL")]
    public void ConnectedOrListening_Connect_IsRefused()
    {
        Given given = Given.Running();
        given.Connect(given.Connected()).Result.Error.Should().Be(WsaError.IsConnected);
        given.Connect(given.Listener()).Result.Error.Should().Be(WsaError.InvalidArgument);
    }

    [Fact]
    [Trait("Clause", "CONNECT-05")]
    [Trait("Clause", "WSPConnect#errors/WSAEADDRNOTAVAIL")]
    [Trait("Clause", "WSPConnect#errors/WSAEAFNOSUPPORT")]
    [Trait("Clause", "WSPConnect#errors/WSAEFAULT")]
    public void Stream_ConnectToAnUnusableAddress_NamesTheReason()
    {
        Given given = Given.Running();
        SocketHandle s = given.Stream();

        given.Connect(s, SockAddr.Any(AddressFamily.InterNetwork) with { Port = 80 }).Result.Error.Should().Be(WsaError.AddressNotAvailable);
        given.Connect(s, port: 0).Result.Error.Should().Be(WsaError.AddressNotAvailable);
        given.Connect(s, GivenSteps.OfOtherFamily).Result.Error.Should().Be(WsaError.AddressFamilyNotSupported);
        given.Connect(s, address: null).Result.Error.Should().Be(WsaError.Fault);
        given.State.FindOpen(s)!.Stage.Should().Be(SocketStage.Unbound);
    }

    [Fact]
    [Trait("Clause", "CONNECT-37")]
    [Trait("Clause", "WSPConnect#errors/WSAEPROTONOSUPPORT")]
    public void Stream_ConnectWithUserData_IsNotSupported()
    {
        Given given = Given.Running();
        given.Error(To(given.Stream()) with { HasCallerData = true }).Should().Be(WsaError.ProtocolNotSupported);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Clause", "CONNECT-40")]
    [Trait("Clause", "WSPConnect#errors/WSAEOPNOTSUPP")]
    public void AnySocket_ConnectWithQos_IsNotSupported(bool stream)
    {
        Given given = Given.Running();
        SocketHandle s = given.Bound(stream);

        given.Error(To(s) with { HasQos = true }).Should().Be(WsaError.OperationNotSupported);

        given.State.FindOpen(s)!.Stage.Should().Be(SocketStage.Bound);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Clause", "WSPConnect#errors/WSAEINPROGRESS")]
    public void BindAtTransport_Connect_IsInProgressAndTheBindStillReturns(bool stream)
    {
        Given given = Given.Running();
        SocketHandle s = stream ? given.Stream() : given.Datagram();
        long bind = given.Apply(new Input.Bind { Thread = Given.Main, Socket = s, Address = SockAddr.Loopback(0) }).Result.Call;

        given.Apply(To(s) with { Thread = Given.Other }).Result.Error.Should().Be(WsaError.InProgress);

        given.Apply(new Input.BindAnswered { Endpoint = s, Local = SockAddr.Loopback(5000) }).Released(bind).Error.Should().Be(WsaError.Success);
    }

    [Fact]
    [Trait("Clause", "WSPConnect#errors/WSAEINPROGRESS")]
    public void ListenAtTransport_Connect_IsInProgressAndTheListenStillReturns()
    {
        Given given = Given.Running();
        SocketHandle s = given.Bound();
        long listen = given.Listen(s, 1).Result.Call;

        given.Apply(To(s) with { Thread = Given.Other }).Result.Error.Should().Be(WsaError.InProgress);

        given.Apply(new Input.ListenAnswered { Endpoint = s }).Released(listen).Error.Should().Be(WsaError.Success);
    }

    [Fact]
    [Trait("Clause", "CONNECT-44")]
    public void BrokenConnection_Connect_IsRefused()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        given.Breaks(s);

        given.Connect(s).Result.Error.Should().Be(WsaError.IsConnected);
    }

    // Datagram sockets

    [Fact]
    [Trait("Clause", "CONNECT-19")]
    [Trait("Clause", "SOCKET-29")]
    [Trait("Clause", "SEND-02")]
    public void Datagram_Connect_SetsTheDefaultDestination()
    {
        Given given = Given.Running();
        SocketHandle s = given.Datagram();

        given.Connect(s).Result.Outcome.Should().Be(CallOutcome.Returned);

        ProviderEffect.TransmitDatagram sent = given.Send(s, 5).The<ProviderEffect.TransmitDatagram>();
        (sent.To, sent.Data.Length).Should().Be((SockAddr.Loopback(80), 5));
    }

    [Fact]
    [Trait("Clause", "CONNECT-20")]
    [Trait("Clause", "RECV-04")]
    [Trait("Clause", "RECV-05")]
    public void DatagramWithPeer_OthersSend_IsDropped()
    {
        Given given = Given.Running();
        SocketHandle s = given.WithPeer();

        given.Datagram(s, 7, port: 81);
        given.Datagram(s, 5, port: 80);

        given.Nonblocking(s).Recv(s, 10).Result.Count.Should().Be(5);
        given.Recv(s, 10).Result.Error.Should().Be(WsaError.WouldBlock);
    }

    [Theory]
    [InlineData(80, 1)]
    [InlineData(81, 0)]
    [Trait("Clause", "CONNECT-24")]
    [Trait("Clause", "CONNECT-25")]
    public void DatagramWithPeerAndQueue_ConnectAgain_DiscardsTheQueueIfThePeerDiffers(int port, int left)
    {
        Given given = Given.Running();
        SocketHandle s = given.WithPeer();
        given.Datagram(s, 5, port: 80);

        given.Connect(s, port).Result.Error.Should().Be(WsaError.Success);

        given.State.FindOpen(s)!.Datagrams.Count.Should().Be(left);
        given.State.FindOpen(s)!.DatagramBytes.Should().Be(left * 5);
        given.Send(s, 1).The<ProviderEffect.TransmitDatagram>().To.Should().Be(SockAddr.Loopback(port));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Clause", "CONNECT-21")]
    [Trait("Clause", "CONNECT-22")]
    [Trait("Clause", "CONNECT-23")]
    public void DatagramWithPeer_ConnectToNothing_DissolvesTheAssociation(bool wildcard)
    {
        Given given = Given.Running();
        SocketHandle s = given.WithPeer();

        given.Connect(s, wildcard ? SockAddr.Any(AddressFamily.InterNetwork) : default(SockAddr)).Result.Error.Should().Be(WsaError.Success);

        given.Send(s, 1).Result.Error.Should().Be(WsaError.NotConnected);
        given.SendTo(s, 1, SockAddr.Loopback(9)).Result.Error.Should().Be(WsaError.Success);
        given.Datagram(s, 3, port: 81);
        given.RecvFrom(s, 10).Result.Count.Should().Be(3);
    }

    [Fact]
    [Trait("Clause", "CONNECT-26")]
    [Trait("Clause", "CONNECT-27")]
    [Trait("Clause", "WSPConnect#errors/WSAEACCES")]
    public void Datagram_ConnectToBroadcast_NeedsTheOption()
    {
        Given given = Given.Running();
        SocketHandle s = given.Bound(stream: false);

        given.Connect(s, GivenSteps.Broadcast).Result.Error.Should().Be(WsaError.AccessDenied);
        given.SetOption(s, 0x20, 1).Connect(s, GivenSteps.Broadcast).Result.Error.Should().Be(WsaError.Success);
    }

    [Fact]
    [Trait("Clause", "CONNECT-28")]
    public void Datagram_ConnectWithUserData_IgnoresTheData()
    {
        Given given = Given.Running();
        given.Error(To(given.Datagram()) with { HasCallerData = true }).Should().Be(WsaError.Success);
    }

    [Fact]
    [Trait("Clause", "WSPConnect#errors/WSAEFAULT")]
    [Trait("Clause", "WSPConnect#errors/WSAEAFNOSUPPORT")]
    public void Datagram_ConnectToAnUnusableAddress_NamesTheReason()
    {
        Given given = Given.Running();
        SocketHandle s = given.Datagram();

        given.Connect(s, address: null).Result.Error.Should().Be(WsaError.Fault);
        given.Connect(s, GivenSteps.OfOtherFamily).Result.Error.Should().Be(WsaError.AddressFamilyNotSupported);
    }

    private static Input.Connect To(SocketHandle s) => new() { Thread = Given.Main, Socket = s, Address = SockAddr.Loopback(80) };
}
