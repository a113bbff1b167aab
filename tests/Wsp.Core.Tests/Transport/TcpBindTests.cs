using System.Net;
using System.Net.Sockets;
using Wsp.Model;
using Wsp.Spi;
using Wsp.Transport;

namespace Wsp.Core.Tests.Transport;

[Collection("Tcp")]
public sealed class TcpBindTests
{
    private static readonly SocketHandle s_other = new(2);
    private static readonly SockAddr s_loopback6 = SockAddr.From(new IPEndPoint(IPAddress.IPv6Loopback, 0));

    [Fact]
    public async Task Bind_PortZero_AnswersTheRealPort()
    {
        await using var bench = new TcpBench();
        SockAddr local = bench.Bind(TcpBench.Handle, TcpBench.Stream(), SockAddr.Loopback(0));
        local.Port.Should().NotBe(0);
        local.Should().Be(SockAddr.Loopback(local.Port));
    }

    [Theory]
    [InlineData(SocketType.Stream)]
    [InlineData(SocketType.Dgram)]
    public async Task Bind_AddressOfAnotherMachine_IsNotAvailable(SocketType type)
    {
        await using var bench = new TcpBench();
        SockAddr foreign = SockAddr.From(new IPEndPoint(IPAddress.Parse("192.0.2.1"), 0));
        (WsaError error, SockAddr local) = bench.TryBind(TcpBench.Handle, TcpBench.Stream() with { Type = type }, foreign);
        error.Should().Be(WsaError.AddressNotAvailable);
        local.IsNone.Should().BeTrue();
    }

    [Fact]
    public async Task Bind_AfterRefusal_MaySucceedElsewhere()
    {
        await using var bench = new TcpBench();
        bench.TryBind(TcpBench.Handle, TcpBench.Stream(), SockAddr.From(new IPEndPoint(IPAddress.Parse("192.0.2.1"), 0)));
        bench.Listen(TcpBench.Handle).Port.Should().NotBe(0);
    }

    [Fact]
    public async Task Bind_Twice_IsRefused()
    {
        await using var bench = new TcpBench();
        bench.Bind(TcpBench.Handle, TcpBench.Stream(), SockAddr.Loopback(0));
        bench.TryBind(TcpBench.Handle, TcpBench.Stream(), SockAddr.Loopback(0)).Error.Should().Be(WsaError.InvalidArgument);
    }

    [Fact]
    public async Task Bind_PortOfAnotherProgram_IsInUse()
    {
        await using var bench = new TcpBench();
        SockAddr taken = SockAddr.From((IPEndPoint)bench.ListeningPeer().LocalEndPoint!);
        bench.TryBind(TcpBench.Handle, TcpBench.Stream(), taken).Error.Should().Be(WsaError.AddressAlreadyInUse);
    }

    [Fact]
    public async Task Bind_PortOfAnotherProgramsDatagramSocket_IsInUse()
    {
        await using var bench = new TcpBench();
        Socket peer = bench.Peer(SocketType.Dgram);
        peer.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        bench.TryBind(TcpBench.Handle, TcpBench.Datagram(), SockAddr.From((IPEndPoint)peer.LocalEndPoint!)).Error.Should().Be(WsaError.AddressAlreadyInUse);
    }

    [Theory]
    [MemberData(nameof(AddressSharingTests.Cells), MemberType = typeof(AddressSharingTests))]
    public async Task Bind_SecondTcpEndpoint_FollowsWinsockAndBothListen(string first, string second, string outcome)
    {
        await using var bench = new TcpBench();
        (EndpointKind kind, SockAddr address) = Parse(first, SocketType.Stream);
        SockAddr local = bench.Listen(TcpBench.Handle, kind, address);
        (kind, address) = Parse(second, SocketType.Stream);
        WsaError error = bench.TryBind(s_other, kind, address.WithPort(local.Port)).Error;
        error.Should().Be(AddressSharingTests.ErrorOf(outcome));
        if (error != WsaError.Success)
            return;
        bench.Session.Listen(s_other, 5);
        bench.Sink.Of(s_other)[^1].Should().Be(new TcpReport.Listening(s_other, WsaError.Success));
    }

    [Theory]
    [MemberData(nameof(AddressSharingTests.Cells), MemberType = typeof(AddressSharingTests))]
    public async Task Bind_SecondUdpEndpointOfTcpTransport_FollowsWinsock(string first, string second, string outcome)
    {
        await using var bench = new TcpBench();
        (EndpointKind kind, SockAddr address) = Parse(first, SocketType.Dgram);
        SockAddr local = bench.Bind(TcpBench.Handle, kind, address);
        (kind, address) = Parse(second, SocketType.Dgram);
        bench.TryBind(s_other, kind, address.WithPort(local.Port)).Error.Should().Be(AddressSharingTests.ErrorOf(outcome));
    }

    [Fact]
    public async Task Bind_OfOtherType_IsNoConflict()
    {
        await using var bench = new TcpBench();
        SockAddr local = bench.Bind(TcpBench.Handle, TcpBench.Stream(flags: OptionFlags.ExclusiveAddressUse), SockAddr.Loopback(0));
        bench.Bind(s_other, TcpBench.Datagram(OptionFlags.ExclusiveAddressUse), local);
    }

    [Fact]
    public async Task Bind_OfTwoProviders_FollowsTheSameRules()
    {
        await using var bench = new TcpBench();
        SockAddr local = bench.Bind(TcpBench.Handle, TcpBench.Stream(), SockAddr.Loopback(0));
        var sink = new TcpSink();
        bench.Transport.Attach(sink).Bind(TcpBench.Handle, TcpBench.Stream(flags: OptionFlags.ReuseAddress), local);
        sink.Of(TcpBench.Handle).Should().Equal(new TcpReport.Bound(TcpBench.Handle, WsaError.AccessDenied, default));
    }

    [Fact]
    public async Task Connection_ToSharedPort_ReachesTheMoreSpecificListener()
    {
        await using var bench = new TcpBench();
        SockAddr local = bench.Listen(TcpBench.Handle, address: SockAddr.Any(AddressFamily.InterNetwork));
        bench.Listen(s_other, address: SockAddr.Loopback(local.Port));
        await bench.PeerConnectedTo(SockAddr.Loopback(local.Port));
        await bench.Sink.Next<TcpReport.Arrived>(s_other);
        bench.Sink.Of(TcpBench.Handle).OfType<TcpReport.Arrived>().Should().BeEmpty();
    }

    [Fact]
    public async Task Bind_ExclusiveDualStackWildcard_KeepsIPv4WildcardOut()
    {
        await using var bench = new TcpBench();
        EndpointKind dual = TcpBench.Stream(flags: OptionFlags.ExclusiveAddressUse, family: AddressFamily.InterNetworkV6);
        SockAddr local = bench.Listen(TcpBench.Handle, dual, SockAddr.Any(AddressFamily.InterNetworkV6));
        bench.TryBind(s_other, TcpBench.Stream(), SockAddr.Any(AddressFamily.InterNetwork).WithPort(local.Port)).Error
            .Should().Be(WsaError.AddressAlreadyInUse);
    }

    [Fact]
    public async Task Bind_IPv6OnlyWildcard_LeavesIPv4Free()
    {
        await using var bench = new TcpBench();
        EndpointKind only = TcpBench.Stream(flags: OptionFlags.IPv6Only, family: AddressFamily.InterNetworkV6);
        SockAddr local = bench.Listen(TcpBench.Handle, only, SockAddr.Any(AddressFamily.InterNetworkV6));
        bench.Listen(s_other, address: SockAddr.Any(AddressFamily.InterNetwork).WithPort(local.Port));
    }

    [Fact]
    public async Task Listen_DualStack_TakesIPv4AndIPv6()
    {
        await using var bench = new TcpBench();
        EndpointKind dual = TcpBench.Stream(family: AddressFamily.InterNetworkV6);
        SockAddr local = bench.Listen(TcpBench.Handle, dual, SockAddr.Any(AddressFamily.InterNetworkV6));
        await bench.PeerConnectedTo(SockAddr.Loopback(local.Port));
        await bench.PeerConnectedTo(s_loopback6.WithPort(local.Port));
        IReadOnlyList<TcpReport> reports = await bench.Sink.Until(TcpBench.Handle, r => r.OfType<TcpReport.Arrived>().Count() == 2);
        reports.OfType<TcpReport.Arrived>().Should().OnlyContain(a => a.Local.Family == AddressFamily.InterNetworkV6);
    }

    [Fact]
    public async Task Close_OfBoundAndListeningEndpoints_FreesThePortAtOnce()
    {
        await using var bench = new TcpBench();
        SockAddr local = bench.Listen(TcpBench.Handle);
        for (int i = 0; i < 20; i++)
        {
            bench.Session.Close(TcpBench.Handle);
            bench.Listen(TcpBench.Handle, TcpBench.Stream(flags: OptionFlags.ExclusiveAddressUse), local).Should().Be(local);
        }

        bench.Session.Reset(TcpBench.Handle);
        bench.Bind(TcpBench.Handle, TcpBench.Stream(), local);
        bench.Session.Close(TcpBench.Handle);
        Socket peer = bench.Peer();
        peer.Bind(local.ToIPEndPoint());
        peer.Listen();
    }

    [Fact]
    public async Task Listen_AgainOnPortWhoseConnectionWeEnded_IsPossible()
    {
        SockAddr local = SockAddr.Loopback(0);
        for (int round = 0; round < 3; round++)
        {
            // A new transport each time, as after a restart; our end finishes first and so keeps the port in TIME_WAIT.
            await using var bench = new TcpBench();
            local = bench.Listen(TcpBench.Handle, address: local);
            Socket peer = await bench.PeerConnectedTo(local);
            SocketHandle connection = (await bench.Sink.Next<TcpReport.Arrived>(TcpBench.Handle)).Connection;
            bench.Session.Finish(connection);
            (await TcpBench.ReadToEnd(peer)).Should().BeEmpty();
            peer.Shutdown(SocketShutdown.Send);
            await bench.Sink.Next<TcpReport.PeerFinished>(connection);
            bench.Session.Close(connection);
            bench.Session.Close(TcpBench.Handle);
        }
    }

    private static (EndpointKind Kind, SockAddr Address) Parse(string cell, SocketType type)
    {
        OptionFlags flags = cell.Split(' ')[0] switch
        {
            "reuse" => OptionFlags.ReuseAddress,
            "exclusive" => OptionFlags.ExclusiveAddressUse,
            _ => OptionFlags.None,
        };
        return (TcpBench.Stream(flags: flags) with { Type = type }, AddressSharingTests.Parse(cell).Address.WithPort(0));
    }
}
