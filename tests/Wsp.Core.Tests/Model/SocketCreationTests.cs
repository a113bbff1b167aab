using System.Net.Sockets;
using Wsp.Model;
using Wsp.Specification;
using Wsp.Spi;
using Input = Wsp.Model.ProviderInput;

namespace Wsp.Core.Tests.Model;

/// <summary>The WSPSocket page on the pure model.</summary>
public class SocketCreationTests
{
    private const int FromProtocolInfo = -1;

    [Theory]
    [InlineData(2, 1, 6, AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)]
    [InlineData(2, 2, 17, AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp)]
    [InlineData(23, 1, 0, AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp)]
    [InlineData(23, 2, 0, AddressFamily.InterNetworkV6, SocketType.Dgram, ProtocolType.Udp)]
    [InlineData(0, 2, 17, AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp)]
    [InlineData(0, 0, 17, AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp)]
    [InlineData(2, 0, 0, AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)]
    [Trait("Clause", "SOCKET-01")]
    [Trait("Clause", "SOCKET-11")]
    [Trait("Clause", "SOCKET-14")]
    public void Running_SupportedCombination_MakesASocketOfThatKind(int family, int type, int protocol, AddressFamily madeFamily, SocketType madeType, ProtocolType madeProtocol)
    {
        foreach (SocketSelection reading in Enum.GetValues<SocketSelection>())
        {
            Given given = Given.Running(new Readings { SocketSelection = reading });

            SocketState socket = Made(given, Request(family, type, protocol));

            (socket.Family, socket.Type, socket.Protocol).Should().Be((madeFamily, madeType, madeProtocol));
        }
    }

    [Theory]
    [InlineData(99, 1, 0, WsaError.AddressFamilyNotSupported, WsaError.AddressFamilyNotSupported)]
    [InlineData(2, 3, 0, WsaError.SocketNotSupported, WsaError.SocketNotSupported)]
    [InlineData(2, 1, 1, WsaError.ProtocolNotSupported, WsaError.ProtocolNotSupported)]
    [InlineData(2, 1, 17, WsaError.ProtocolType, WsaError.ProtocolNotSupported)]
    [InlineData(2, 2, 6, WsaError.ProtocolType, WsaError.ProtocolNotSupported)]
    [InlineData(99, 9, 0, WsaError.AddressFamilyNotSupported, WsaError.SocketNotSupported)]
    [InlineData(0, 1, 0, WsaError.Success, WsaError.InvalidArgument)]
    [InlineData(0, 9, 0, WsaError.SocketNotSupported, WsaError.InvalidArgument)]
    [Trait("Clause", "SOCKET-10")]
    [Trait("Clause", "WSPSocket#errors/WSAEAFNOSUPPORT")]
    [Trait("Clause", "WSPSocket#errors/WSAESOCKTNOSUPPORT")]
    [Trait("Clause", "WSPSocket#errors/WSAEPROTONOSUPPORT")]
    [Trait("Clause", "WSPSocket#errors/WSAEPROTOTYPE")]
    [Trait("Clause", "WSPSocket#errors/WSAEINVAL")]
    public void Running_UnsupportedCombination_FailsAsTheReadingSays(int family, int type, int protocol, WsaError documented, WsaError windows)
    {
        Given.Running(new Readings { SocketSelection = SocketSelection.Documented }).Error(Request(family, type, protocol)).Should().Be(documented);
        Given.Running(new Readings { SocketSelection = SocketSelection.Windows }).Error(Request(family, type, protocol)).Should().Be(windows);
    }

    [Fact]
    [Trait("Clause", "SOCKET-12")]
    [Trait("Clause", "SOCKET-13")]
    public void Running_FromProtocolInfo_TakesAllThreeFromTheDescription()
    {
        Given given = Given.Running();
        Input.Socket request = Request(FromProtocolInfo, FromProtocolInfo, FromProtocolInfo) with
        {
            ProtocolInfo = new WsaProtocolInfo { AddressFamily = 23, SocketType = 2, Protocol = 17 },
        };

        SocketState socket = Made(given, request);

        (socket.Family, socket.Type, socket.Protocol).Should().Be((AddressFamily.InterNetworkV6, SocketType.Dgram, ProtocolType.Udp));
    }

    [Fact]
    [Trait("Clause", "SOCKET-13")]
    public void Running_DescriptionAndArguments_ArgumentsAreNotOverridden()
    {
        Given given = Given.Running();
        Input.Socket request = Request(2, 1, 6) with { ProtocolInfo = new WsaProtocolInfo { AddressFamily = 23, SocketType = 2, Protocol = 17 } };

        Made(given, request).Family.Should().Be(AddressFamily.InterNetwork);
    }

    [Theory]
    [InlineData(WsaSocketFlags.MultipointCRoot)]
    [InlineData(WsaSocketFlags.MultipointCLeaf)]
    [InlineData(WsaSocketFlags.MultipointDRoot)]
    [InlineData(WsaSocketFlags.MultipointDLeaf)]
    [Trait("Clause", "SOCKET-17")]
    [Trait("Clause", "SOCKET-18")]
    [Trait("Clause", "SOCKET-19")]
    [Trait("Clause", "SOCKET-20")]
    public void Running_MultipointFlag_IsRefused(WsaSocketFlags flag)
    {
        Given given = Given.Running();

        given.Error(new Input.Socket { Thread = Given.Main, Flags = flag | WsaSocketFlags.Overlapped }).Should().Be(WsaError.InvalidArgument);

        given.State.Sockets.Should().BeEmpty();
    }

    [Fact]
    [Trait("Clause", "WSPSocket#errors/WSAEINVAL")]
    public void Running_Group_IsRefused() =>
        Given.Running().Error(new Input.Socket { Thread = Given.Main, Group = 1 }).Should().Be(WsaError.InvalidArgument);

    [Fact]
    [Trait("Clause", "SOCKET-36")]
    [Trait("Clause", "SOCKET-37")]
    [Trait("Clause", "IOCTL-22")]
    [Trait("Clause", "BIND-01")]
    public void NewSocket_IsBlockingAndHasNoName()
    {
        Given given = Given.Running();
        SocketHandle s = given.Stream(Given.Other);

        SocketState socket = given.State.FindOpen(s)!;
        socket.Nonblocking.Should().BeFalse();
        socket.OpenedBy.Should().Be(Given.Other);
        given.Error(new Input.GetSockName { Thread = Given.Main, Socket = s, NameLength = 16 }).Should().Be(WsaError.InvalidArgument);
    }

    [Fact]
    [Trait("Clause", "WSPSocket#errors/WSAEMFILE")]
    public void AllDescriptorsInUse_Socket_FailsUntilOneIsClosed()
    {
        Given given = Given.Running(settings: new ModelSettings { MaxSockets = 2 });
        SocketHandle first = given.Stream();
        given.Stream();

        given.Error(new Input.Socket { Thread = Given.Main }).Should().Be(WsaError.TooManyOpenSockets);
        given.Close(first);
        given.Error(new Input.Socket { Thread = Given.Main }).Should().Be(WsaError.Success);
    }

    [Fact]
    [Trait("Clause", "SOCKET-23")]
    [Trait("Clause", "WSPSend#errors/WSAENOTCONN")]
    [Trait("Clause", "WSPRecv#errors/WSAENOTCONN")]
    public void NewStreamSocket_Transfer_IsNotConnected()
    {
        Given given = Given.Running();
        SocketHandle s = given.Stream();

        given.Send(s, 1).Result.Error.Should().Be(WsaError.NotConnected);
        given.Recv(s, 1).Result.Error.Should().Be(WsaError.NotConnected);
    }

    [Fact]
    [Trait("Clause", "SOCKET-16")]
    [Trait("Clause", "SEND-04")]
    [Trait("Clause", "RECV-07")]
    public void OverlappedSocket_CallsWithoutRecord_AreSynchronous()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();

        given.Recv(s, 1).Result.Outcome.Should().Be(CallOutcome.Blocked);
        given.Send(s, 1).Result.Outcome.Should().Be(CallOutcome.Returned);
        given.State.Operations.Should().BeEmpty();
    }

    private static SocketState Made(Given given, Input.Socket request)
    {
        SocketHandle s = given.Apply(request).Result.Socket;
        return given.State.FindOpen(s)!;
    }

    private static Input.Socket Request(int family, int type, int protocol) =>
        new() { Thread = Given.Main, Family = (AddressFamily)family, Type = (SocketType)type, Protocol = (ProtocolType)protocol };
}
