using System.Net;
using System.Net.Sockets;
using Wsp.Model;
using Wsp.Spi;
using Wsp.Transport;

namespace Wsp.Core.Tests.Transport;

[Collection("Tcp")]
public sealed class TcpDatagramTests
{
    [Fact]
    public async Task Datagrams_GoBothWays()
    {
        await using var bench = new TcpBench();
        Socket peer = BoundPeer(bench);
        SockAddr peerAddress = SockAddr.From((IPEndPoint)peer.LocalEndPoint!);
        SockAddr local = bench.Bind(TcpBench.Handle, TcpBench.Datagram(), SockAddr.Loopback(0));
        bench.Session.TransmitDatagram(TcpBench.Handle, TcpBench.Datagram(), peerAddress, TcpBench.Pay([1, 2, 3]));
        (byte[] bytes, SockAddr from) = await Receive(peer);
        bytes.Should().Equal(1, 2, 3);
        from.Should().Be(local);

        await peer.SendToAsync(new byte[] { 4 }, local.ToIPEndPoint());
        TcpReport.Datagram got = await bench.Sink.Next<TcpReport.Datagram>(TcpBench.Handle);
        got.From.Should().Be(peerAddress);
        got.Content.Bytes.ToArray().Should().Equal(4);
    }

    [Fact]
    public async Task Transmit_Unbound_ReportsAnAddressBeforeItReturns()
    {
        await using var bench = new TcpBench();
        Socket peer = BoundPeer(bench);
        SockAddr peerAddress = SockAddr.From((IPEndPoint)peer.LocalEndPoint!);
        bench.Session.TransmitDatagram(TcpBench.Handle, TcpBench.Datagram(), peerAddress, TcpBench.Pay([1]));
        SockAddr assigned = bench.Sink.Of(TcpBench.Handle).Should().ContainSingle().Which.Should().BeOfType<TcpReport.Assigned>().Which.Local;
        assigned.IsWildcard.Should().BeTrue();
        (_, SockAddr from) = await Receive(peer);
        from.Port.Should().Be(assigned.Port);

        bench.Session.TransmitDatagram(TcpBench.Handle, TcpBench.Datagram(), peerAddress, TcpBench.Pay([2]));
        await Receive(peer);
        bench.Sink.Of(TcpBench.Handle).Should().ContainSingle("an address is assigned once");
    }

    [Fact]
    public async Task Connect_Unbound_ReportsTheAddressThePeerSeesAndReceives()
    {
        await using var bench = new TcpBench();
        Socket peer = BoundPeer(bench);
        bench.Session.Connect(TcpBench.Handle, TcpBench.Datagram(), SockAddr.From((IPEndPoint)peer.LocalEndPoint!));
        SockAddr assigned = (await bench.Sink.Next<TcpReport.Assigned>(TcpBench.Handle)).Local;
        assigned.Should().Be(SockAddr.Loopback(assigned.Port));
        await peer.SendToAsync(new byte[] { 5 }, assigned.ToIPEndPoint());
        (await bench.Sink.Next<TcpReport.Datagram>(TcpBench.Handle)).Content.Bytes.ToArray().Should().Equal(5);
    }

    [Fact]
    public async Task Connect_Bound_AssignsNothing()
    {
        await using var bench = new TcpBench();
        bench.Bind(TcpBench.Handle, TcpBench.Datagram(), SockAddr.Loopback(0));
        bench.Session.Connect(TcpBench.Handle, TcpBench.Datagram(), SockAddr.From((IPEndPoint)BoundPeer(bench).LocalEndPoint!));
        bench.Sink.Of(TcpBench.Handle).OfType<TcpReport.Assigned>().Should().BeEmpty();
    }

    [Fact]
    public async Task Datagrams_KeepTheirBoundariesEmptyOnesIncluded()
    {
        await using var bench = new TcpBench();
        Socket peer = BoundPeer(bench);
        SockAddr local = bench.Bind(TcpBench.Handle, TcpBench.Datagram(), SockAddr.Loopback(0));
        int[] sizes = [0, 1, 1472, 0, 65507];
        foreach (int size in sizes)
            await peer.SendToAsync(TcpBench.Pattern(size), local.ToIPEndPoint());
        IReadOnlyList<TcpReport> reports = await bench.Sink.Until(TcpBench.Handle, r => r.OfType<TcpReport.Datagram>().Count() == sizes.Length);
        reports.OfType<TcpReport.Datagram>().Select(d => d.Content.Length).Should().Equal(sizes);

        SockAddr peerAddress = SockAddr.From((IPEndPoint)peer.LocalEndPoint!);
        foreach (int size in sizes)
            bench.Session.TransmitDatagram(TcpBench.Handle, TcpBench.Datagram(), peerAddress, TcpBench.Pay(TcpBench.Pattern(size)));
        foreach (int size in sizes)
            (await Receive(peer)).Bytes.Should().Equal(TcpBench.Pattern(size));
    }

    [Fact]
    public async Task Datagram_ToNobody_DisturbsNothing()
    {
        await using var bench = new TcpBench();
        Socket gone = BoundPeer(bench);
        SockAddr nobody = SockAddr.From((IPEndPoint)gone.LocalEndPoint!);
        gone.Close();
        SockAddr local = bench.Bind(TcpBench.Handle, TcpBench.Datagram(), SockAddr.Loopback(0));
        for (int i = 0; i < 5; i++)
            bench.Session.TransmitDatagram(TcpBench.Handle, TcpBench.Datagram(), nobody, TcpBench.Pay([1]));
        await BoundPeer(bench).SendToAsync(new byte[] { 6 }, local.ToIPEndPoint());
        (await bench.Sink.Next<TcpReport.Datagram>(TcpBench.Handle)).Content.Bytes.ToArray().Should().Equal(6);
    }

    [Fact]
    public async Task Datagrams_OverIPv6_Work()
    {
        await using var bench = new TcpBench();
        EndpointKind kind = TcpBench.Datagram(OptionFlags.IPv6Only, AddressFamily.InterNetworkV6);
        SockAddr local = bench.Bind(TcpBench.Handle, kind, SockAddr.From(new IPEndPoint(IPAddress.IPv6Loopback, 0)));
        Socket peer = bench.Peer(SocketType.Dgram, AddressFamily.InterNetworkV6);
        await peer.SendToAsync(new byte[] { 8 }, local.ToIPEndPoint());
        TcpReport.Datagram got = await bench.Sink.Next<TcpReport.Datagram>(TcpBench.Handle);
        bench.Session.TransmitDatagram(TcpBench.Handle, kind, got.From, TcpBench.Pay([9]));
        (await Receive(peer)).Bytes.Should().Equal(9);
    }

    [Fact]
    public async Task Close_FreesThePortAtOnceAndNothingMoreIsReported()
    {
        await using var bench = new TcpBench();
        SockAddr local = bench.Bind(TcpBench.Handle, TcpBench.Datagram(), SockAddr.Loopback(0));
        bench.Session.Close(TcpBench.Handle);
        Socket successor = bench.Peer(SocketType.Dgram);
        successor.Bind(local.ToIPEndPoint());
        await BoundPeer(bench).SendToAsync(new byte[] { 1 }, local.ToIPEndPoint());
        await Receive(successor);
        bench.Sink.Of(TcpBench.Handle).Should().ContainSingle().Which.Should().BeOfType<TcpReport.Bound>();
    }

    private static Socket BoundPeer(TcpBench bench)
    {
        Socket peer = bench.Peer(SocketType.Dgram);
        peer.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return peer;
    }

    private static async Task<(byte[] Bytes, SockAddr From)> Receive(Socket peer)
    {
        using var limit = new CancellationTokenSource(TcpSink.Patience);
        var buffer = new byte[65536];
        var any = new IPEndPoint(peer.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, 0);
        SocketReceiveFromResult got = await peer.ReceiveFromAsync(buffer, SocketFlags.None, any, limit.Token);
        return (buffer[..got.ReceivedBytes], SockAddr.From((IPEndPoint)got.RemoteEndPoint));
    }
}
