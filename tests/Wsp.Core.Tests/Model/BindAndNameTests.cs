using Wsp.Model;
using Wsp.Spi;
using Input = Wsp.Model.ProviderInput;

namespace Wsp.Core.Tests.Model;

/// <summary>WSPBind, WSPGetSockName and WSPGetPeerName on the pure model.</summary>
public class BindAndNameTests
{
    [Fact]
    [Trait("Clause", "BIND-02")]
    [Trait("Clause", "BIND-12")]
    [Trait("Clause", "BIND-13")]
    [Trait("Clause", "BIND-16")]
    [Trait("Clause", "GETSOCKNAME-01")]
    [Trait("Clause", "GETSOCKNAME-13")]
    public void Unbound_Bind_AsksTheTransportAndTakesTheAddressItGives()
    {
        Given given = Given.Running();
        SocketHandle s = given.Stream();

        Transition bind = given.Apply(Bind(s, SockAddr.Loopback(0)));
        bind.The<ProviderEffect.BindEndpoint>().Address.Should().Be(SockAddr.Loopback(0));
        bind.Result.Outcome.Should().Be(CallOutcome.Blocked);
        Transition answer = given.Apply(new Input.BindAnswered { Endpoint = s, Local = SockAddr.Loopback(5000) });

        answer.Released(bind.Result.Call).Error.Should().Be(WsaError.Success);
        given.Apply(SockName(s)).Result.Address.Should().Be(SockAddr.Loopback(5000));
    }

    [Theory]
    [InlineData(WsaError.AddressNotAvailable)]
    [InlineData(WsaError.AddressAlreadyInUse)]
    [Trait("Clause", "BIND-18")]
    [Trait("Clause", "BIND-19")]
    public void BindAtTransport_Refused_FailsAndMayBeTriedAgain(WsaError error)
    {
        Given given = Given.Running();
        SocketHandle s = given.Stream();
        long call = given.Apply(Bind(s, SockAddr.Loopback(1))).Result.Call;

        given.Apply(new Input.BindAnswered { Endpoint = s, Error = error }).Released(call).Error.Should().Be(error);

        given.Error(SockName(s)).Should().Be(WsaError.InvalidArgument);
        given.Apply(Bind(s, SockAddr.Loopback(2))).All<ProviderEffect.BindEndpoint>().Should().ContainSingle();
    }

    [Fact]
    [Trait("Clause", "BIND-06")]
    [Trait("Clause", "WSPBind#errors/WSAEINVAL")]
    public void SocketWithALocalName_Bind_IsInvalid()
    {
        Given given = Given.Running();
        given.Error(Bind(given.Bound(), SockAddr.Loopback(1))).Should().Be(WsaError.InvalidArgument);
        given.Error(Bind(given.Connected(), SockAddr.Loopback(1))).Should().Be(WsaError.InvalidArgument);
        SocketHandle assigned = given.Datagram();
        given.Apply(new Input.AddressAssigned { Endpoint = assigned, Local = SockAddr.Loopback(5001) });
        given.Error(Bind(assigned, SockAddr.Loopback(1))).Should().Be(WsaError.InvalidArgument);
    }

    [Fact]
    [Trait("Clause", "BIND-08")]
    [Trait("Clause", "WSPBind#errors/WSAEFAULT")]
    public void Unbound_BindToAnotherFamilyOrToNoAddress_IsAFault()
    {
        Given given = Given.Running();
        SocketHandle s = given.Stream();

        given.Error(Bind(s, GivenSteps.OfOtherFamily)).Should().Be(WsaError.Fault);
        given.Error(Bind(s, default)).Should().Be(WsaError.Fault);
        given.Effects.Should().BeEmpty();
    }

    [Fact]
    [Trait("Clause", "BIND-29")]
    [Trait("Clause", "WSPBind#errors/WSAEACCES")]
    public void Datagram_BindToBroadcast_NeedsTheOption()
    {
        Given given = Given.Running();
        SocketHandle s = given.Datagram();

        given.Error(Bind(s, GivenSteps.Broadcast)).Should().Be(WsaError.AccessDenied);
        given.SetOption(s, 0x20, 1).Apply(Bind(s, GivenSteps.Broadcast)).Result.Outcome.Should().Be(CallOutcome.Blocked);
    }

    [Fact]
    [Trait("Clause", "CONNECT-01")]
    [Trait("Clause", "CONNECT-02")]
    [Trait("Clause", "GETSOCKNAME-03")]
    [Trait("Clause", "GETSOCKNAME-06")]
    [Trait("Clause", "GETPEER-01")]
    public void ConnectedWithoutBind_Names_AreThoseOfTheConnection()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();

        given.Apply(SockName(s)).Result.Address.Should().Be(SockAddr.Loopback(4000));
        given.Apply(PeerName(s)).Result.Address.Should().Be(SockAddr.Loopback(80));
    }

    [Fact]
    [Trait("Clause", "SENDTO-05")]
    [Trait("Clause", "GETSOCKNAME-12")]
    public void UnboundDatagram_AddressAssignedByTheTransport_Binds()
    {
        Given given = Given.Running();
        SocketHandle s = given.Datagram();
        given.SendTo(s, 1, SockAddr.Loopback(9)).Result.Error.Should().Be(WsaError.Success);

        given.Apply(new Input.AddressAssigned { Endpoint = s, Local = SockAddr.Loopback(5001) });

        given.Apply(SockName(s)).Result.Address.Should().Be(SockAddr.Loopback(5001));
        given.Recv(s, 1).Result.Outcome.Should().Be(CallOutcome.Blocked);
    }

    [Fact]
    [Trait("Clause", "GETSOCKNAME-04")]
    [Trait("Clause", "WSPGetSockName#errors/WSAEINVAL")]
    public void Unbound_GetSockName_IsInvalid()
    {
        Given given = Given.Running();
        given.Error(SockName(given.Stream())).Should().Be(WsaError.InvalidArgument);
        given.Error(SockName(given.Datagram())).Should().Be(WsaError.InvalidArgument);
    }

    [Theory]
    [InlineData(15)]
    [InlineData(null)]
    [Trait("Clause", "GETSOCKNAME-10")]
    [Trait("Clause", "GETSOCKNAME-11")]
    [Trait("Clause", "GETPEER-06")]
    [Trait("Clause", "GETPEER-07")]
    public void Connected_NamesWithTooLittleRoom_AreFaults(int? room)
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();

        given.Error(SockName(s) with { NameLength = room }).Should().Be(WsaError.Fault);
        given.Error(PeerName(s) with { NameLength = room }).Should().Be(WsaError.Fault);
    }

    [Fact]
    [Trait("Clause", "GETPEER-02")]
    [Trait("Clause", "WSPGetPeerName#errors/WSAENOTCONN")]
    public void NotConnected_GetPeerName_IsNotConnected()
    {
        Given given = Given.Running();
        SocketHandle connecting = given.Stream();
        given.Connect(connecting);
        SocketHandle dissolved = given.WithPeer();
        given.Connect(dissolved, default(SockAddr));

        foreach (SocketHandle s in new[] { given.Stream(), given.Bound(), given.Listener(), connecting, given.Bound(stream: false), dissolved })
            given.Error(PeerName(s)).Should().Be(WsaError.NotConnected);
    }

    [Fact]
    [Trait("Clause", "GETPEER-03")]
    [Trait("Clause", "GETPEER-04")]
    [Trait("Clause", "SENDTO-02")]
    public void DatagramWithPeer_GetPeerName_IsTheOneOfTheLatestConnect()
    {
        Given given = Given.Running();
        SocketHandle s = given.WithPeer();
        given.Connect(s, 81);
        given.SendTo(s, 1, SockAddr.Loopback(9));

        given.Apply(PeerName(s)).Result.Address.Should().Be(SockAddr.Loopback(81));
    }

    [Fact]
    [Trait("Clause", "WSPBind#errors/WSAENOTSOCK")]
    [Trait("Clause", "WSPGetSockName#errors/WSAENOTSOCK")]
    [Trait("Clause", "WSPGetPeerName#errors/WSAENOTSOCK")]
    [Trait("Clause", "CLOSE-02")]
    public void ClosedSocket_EveryCallOnIt_IsNotASocket()
    {
        Given given = Given.Running();
        SocketHandle s = given.Bound();
        given.Close(s);

        foreach (Input.SocketCall call in SampleInputs.Calls(s).OfType<Input.SocketCall>())
        {
            WsaError expected = call is Input.AssociatePort or Input.CancelIo ? WsaError.InvalidHandle : WsaError.NotSocket;
            given.Error(call).Should().Be(expected, "{0}", call.Kind);
        }
    }

    private static Input.Bind Bind(SocketHandle s, SockAddr address) => new() { Thread = Given.Main, Socket = s, Address = address };

    private static Input.GetSockName SockName(SocketHandle s) => new() { Thread = Given.Main, Socket = s, NameLength = 16 };

    private static Input.GetPeerName PeerName(SocketHandle s) => new() { Thread = Given.Main, Socket = s, NameLength = 16 };
}
