using System.Net.Sockets;
using Wsp.Model;
using Wsp.Spi;
using Input = Wsp.Model.ProviderInput;

namespace Wsp.Core.Tests.Model;

/// <summary>The network below the provider going down and coming back, on the pure model.</summary>
public class NetworkFailureTests
{
    [Fact]
    [Trait("Clause", "WSPSocket#errors/WSAENETDOWN")]
    [Trait("Clause", "WSPCloseSocket#errors/WSAENETDOWN")]
    [Trait("Clause", "WSPSend#errors/WSAENETDOWN")]
    [Trait("Clause", "WSPRecv#errors/WSAENETDOWN")]
    [Trait("Clause", "WSPConnect#errors/WSAENETDOWN")]
    [Trait("Clause", "WSPGetSockOpt#errors/WSAENETDOWN")]
    [Trait("Clause", "WSPGetOverlappedResult#errors/WSAENETDOWN")]
    [Trait("Clause", "WSPCancelBlockingCall#errors/WSAENETDOWN")]
    [Trait("Clause", "WSPStartup#errors/WSASYSNOTREADY")]
    [Trait("Clause", "WSPCleanup#errors/WSAENETDOWN")]
    public void NetworkDown_EveryCall_SaysSoAndDoesNothing()
    {
        Given given = Given.Running();
        SocketHandle s = given.Bound();
        given.Apply(new Input.NetworkDown());

        foreach (Input.Call call in SampleInputs.Calls(s).Where(call => call.Kind != InputKind.Decide))
        {
            given.Error(call).Should().Be(call.Kind == InputKind.Startup ? WsaError.SystemNotReady : WsaError.NetworkDown, "{0}", call.Kind);
            given.Effects.Should().BeEmpty();
        }

        given.State.FindOpen(s).Should().NotBeNull();
        given.State.References.Should().HaveCount(1);
    }

    [Fact]
    [Trait("Clause", "WSPSend#errors/WSAENETDOWN")]
    [Trait("Clause", "WSPRecv#errors/WSAENETDOWN")]
    public void Connected_NetworkFails_BreaksAndEverythingPendingFails()
    {
        Given given = Given.Running();
        SocketHandle s = given.Full();
        OverlappedRequest[] pending = [given.Request(e: 8), given.Request(e: 8)];
        given.Recv(s, 10, pending[0]);
        given.Send(s, 10, pending[1]);
        long[] blocked = [given.Recv(s, 10, thread: Given.Other).Result.Call, given.Send(s, 10, thread: Given.Third).Result.Call];

        Transition down = given.Apply(new Input.NetworkDown());

        down.The<ProviderEffect.ResetEndpoint>().Endpoint.Should().Be(s);
        foreach (OverlappedRequest request in pending)
            down.Ended(request).Error.Should().Be(WsaError.NetworkDown);
        foreach (long call in blocked)
            down.Released(call).Error.Should().Be(WsaError.NetworkDown);
        down.All<ProviderEffect.SetEvent>().Should().HaveCount(2);
        given.State.Ledger.DiscardedFor(DiscardReason.NetworkDown).Should().Be(65_536);
    }

    [Fact]
    [Trait("Clause", "WSPAccept#errors/WSAENETDOWN")]
    [Trait("Clause", "WSPConnect#errors/WSAENETDOWN")]
    [Trait("Clause", "WSPBind#errors/WSAENETDOWN")]
    [Trait("Clause", "WSPRecvFrom#errors/WSAENETDOWN")]
    public void OtherCallsBlocked_NetworkFails_TheyFailToo()
    {
        Given given = Given.Running();
        SocketHandle binding = given.Stream();
        OverlappedRequest request = given.Request();
        given.RecvFrom(given.Bound(stream: false), 1, overlapped: request);
        long[] blocked =
        [
            given.Accept(given.Listener()).Result.Call,
            given.Connect(given.Stream()).Result.Call,
            given.Apply(new Input.Bind { Thread = Given.Main, Socket = binding, Address = SockAddr.Loopback(0) }).Result.Call,
            given.Listen(given.Bound(), 1).Result.Call,
            given.RecvFrom(given.Bound(stream: false), 1).Result.Call,
        ];

        Transition down = given.Apply(new Input.NetworkDown());

        foreach (long call in blocked)
            down.Released(call).Error.Should().Be(WsaError.NetworkDown);
        down.Ended(request).Error.Should().Be(WsaError.NetworkDown);
    }

    [Fact]
    [Trait("Clause", "CLOSE-08")]
    [Trait("Clause", "CLOSE-46")]
    public void ClosedWithDataLeft_NetworkFails_TheDataIsDiscardedForThatReason()
    {
        Given given = Given.Running();
        SocketHandle background = given.Connected();
        given.Send(background, 30);
        given.Close(background);
        SocketHandle lingering = given.Connected();
        given.Linger(lingering, 1, 5).Send(lingering, 12);
        long call = given.Close(lingering).Result.Call;

        Transition down = given.Apply(new Input.NetworkDown());

        down.Released(call).Error.Should().Be(WsaError.Success);
        given.State.Ledger.DiscardedFor(DiscardReason.NetworkDown).Should().Be(42);
        given.State.Sockets.Should().BeEmpty();
    }

    [Fact]
    [Trait("Clause", "EVSEL-29")]
    [Trait("Clause", "ASYNC-33")]
    public void EventsSelected_NetworkFails_CloseIsToldWithThatError()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        given.Messages(s, NetworkEvents.Close);

        given.Apply(new Input.NetworkDown()).The<ProviderEffect.PostMessage>().Error.Should().Be(WsaError.NetworkDown);
    }

    [Fact]
    [Trait("Clause", "CONNECT-12")]
    [Trait("Clause", "ASYNC-38")]
    [Trait("Clause", "GETOPT-54")]
    public void ConnectUnderWayInTheBackground_NetworkFails_ConnectIsToldWithThatError()
    {
        Given given = Given.Running();
        SocketHandle s = given.Stream();
        given.Messages(s, NetworkEvents.Connect | NetworkEvents.Close);
        given.Connect(s);

        ProviderEffect.PostMessage message = given.Apply(new Input.NetworkDown()).The<ProviderEffect.PostMessage>();

        (message.Event, message.Error).Should().Be((NetworkEvents.Connect, WsaError.NetworkDown));
        given.Apply(new Input.NetworkUp());
        given.Option(s, 0x1007).Should().Be((int)WsaError.NetworkDown);
    }

    [Fact]
    [Trait("Clause", "WSPSend#errors/WSAENETDOWN")]
    public void NetworkBack_OldConnectionsStayBrokenAndNewOnesWork()
    {
        Given given = Given.Running();
        SocketHandle old = given.Connected();
        SocketHandle listener = given.Listener();
        given.Apply(new Input.NetworkDown());
        given.Apply(new Input.NetworkUp());

        given.Send(old, 1).Result.Error.Should().Be(WsaError.NetworkDown);
        given.Recv(old, 1).Result.Error.Should().Be(WsaError.NetworkDown);
        given.Shutdown(old, SocketShutdown.Both).Result.Error.Should().Be(WsaError.NetworkDown);
        given.Close(old).Result.Error.Should().Be(WsaError.Success);
        given.Send(given.Connected(), 1).Result.Error.Should().Be(WsaError.Success);
        given.Arrive(listener);
        given.Accept(listener).Result.Error.Should().Be(WsaError.Success);
    }

    [Fact]
    [Trait("Clause", "WSPAccept#errors/WSAECONNRESET")]
    public void RequestWaiting_NetworkFailsAndReturns_AcceptFindsItGone()
    {
        Given given = Given.Running();
        SocketHandle listener = given.Listener();
        given.Arrive(listener);

        given.Apply(new Input.NetworkDown());
        given.Error(new Input.ConnectionArrived { Listener = listener }).Should().Be(WsaError.NetworkDown);
        given.Apply(new Input.NetworkUp());

        given.Accept(listener).Result.Error.Should().Be(WsaError.ConnectionReset);
        given.State.OpenSockets.Should().Be(1);
    }

    [Fact]
    [Trait("Clause", "WSPRecv#errors/WSAENETDOWN")]
    public void NetworkDown_DownAgain_ChangesNothing()
    {
        Given given = Given.Running();
        given.Connected();
        given.Apply(new Input.NetworkDown());

        given.Apply(new Input.NetworkDown()).Effects.Should().BeEmpty();
    }
}
