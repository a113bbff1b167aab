using System.Net;
using System.Net.Sockets;
using Wsp.Spi;
using Wsp.Transport;

namespace Wsp.Core.Tests.Transport;

[Collection("Tcp")]
public sealed class TcpListenerTests
{
    [Fact]
    public async Task Connection_Arrives_WithBothAddresses()
    {
        await using var bench = new TcpBench();
        SockAddr local = bench.Listen(TcpBench.Handle, address: SockAddr.Any(AddressFamily.InterNetwork));
        Socket peer = await bench.PeerConnectedTo(SockAddr.Loopback(local.Port));
        TcpReport.Arrived arrived = await bench.Sink.Next<TcpReport.Arrived>(TcpBench.Handle);
        arrived.Local.Should().Be(SockAddr.Loopback(local.Port));
        arrived.Remote.Should().Be(SockAddr.From((IPEndPoint)peer.LocalEndPoint!));
    }

    [Fact]
    public async Task Connection_Accepted_CarriesDataBothWays()
    {
        await using var bench = new TcpBench();
        Socket peer = await bench.PeerConnectedTo(bench.Listen(TcpBench.Handle));
        SocketHandle connection = (await bench.Sink.Next<TcpReport.Arrived>(TcpBench.Handle)).Connection;
        bench.Session.Accepted(connection);
        await peer.SendAsync(new byte[] { 1, 2, 3 });
        (await bench.Sink.Bytes(connection, 3)).Should().Equal(1, 2, 3);
        bench.Session.Transmit(connection, [TcpBench.Pay([4, 5])]);
        bench.Session.Finish(connection);
        (await TcpBench.ReadToEnd(peer)).Should().Equal(4, 5);
    }

    [Fact]
    public async Task Connection_NotAcceptedYet_DeliversUpToTheListenersWindow()
    {
        await using var bench = new TcpBench();
        Socket peer = await bench.PeerConnectedTo(bench.Listen(TcpBench.Handle, TcpBench.Stream(window: 291)));
        SocketHandle connection = (await bench.Sink.Next<TcpReport.Arrived>(TcpBench.Handle)).Connection;
        await peer.SendAsync(TcpBench.Pattern(1000));
        (await bench.Sink.Bytes(connection, 291)).Should().Equal(TcpBench.Pattern(1000)[..291]);
        bench.Session.Consumed(connection, 9);
        (await bench.Sink.Bytes(connection, 300)).Should().Equal(TcpBench.Pattern(1000)[..300]);
    }

    [Fact]
    public async Task Connection_Refused_IsReset()
    {
        await using var bench = new TcpBench();
        bench.Sink.Accepts = false;
        await SeesReset(bench, bench.Listen(TcpBench.Handle));

        // The listener goes on.
        bench.Sink.Accepts = true;
        await bench.PeerConnectedTo(((TcpReport.Bound)bench.Sink.Of(TcpBench.Handle)[0]).Local);
        await bench.Sink.Until(TcpBench.Handle, r => r.OfType<TcpReport.Arrived>().Any(a => a.Connection != SocketHandle.Invalid));
    }

    [Fact]
    public async Task Connection_ResetFromInsideItsArrival_IsReset()
    {
        await using var bench = new TcpBench();
        bench.Sink.OnReport = report =>
        {
            if (report is TcpReport.Arrived arrived)
                bench.Session.Reset(arrived.Connection);
        };
        await SeesReset(bench, bench.Listen(TcpBench.Handle));
    }

    [Fact]
    public async Task Connection_HandedOffFromInsideItsArrival_DeliversItsData()
    {
        await using var bench = new TcpBench();
        bench.Sink.OnReport = report =>
        {
            if (report is TcpReport.Arrived arrived)
                bench.Session.HandOff(arrived.Connection, [TcpBench.Pay([1, 2])]);
        };
        Socket peer = await bench.PeerConnectedTo(bench.Listen(TcpBench.Handle));
        (await TcpBench.ReadToEnd(peer)).Should().Equal(1, 2);
        await bench.NoBackground(peer);
    }

    [Fact]
    public async Task Close_OfListener_LeavesItsConnectionsAlone()
    {
        await using var bench = new TcpBench();
        SockAddr local = bench.Listen(TcpBench.Handle);
        Socket peer = await bench.PeerConnectedTo(local);
        SocketHandle connection = (await bench.Sink.Next<TcpReport.Arrived>(TcpBench.Handle)).Connection;
        bench.Session.Close(TcpBench.Handle);
        Func<Task> late = () => bench.PeerConnectedTo(local);
        (await late.Should().ThrowAsync<SocketException>()).Which.SocketErrorCode.Should().Be(SocketError.ConnectionRefused);
        await peer.SendAsync(new byte[] { 9 });
        (await bench.Sink.Bytes(connection, 1)).Should().Equal(9);
    }

    [Fact]
    public async Task Listen_Unbound_IsRefused()
    {
        await using var bench = new TcpBench();
        bench.TryBind(TcpBench.Handle, TcpBench.Stream(), SockAddr.Any(AddressFamily.InterNetworkV6));
        bench.Session.Listen(TcpBench.Handle, 5);
        bench.Sink.Of(TcpBench.Handle)[^1].Should().Be(new TcpReport.Listening(TcpBench.Handle, WsaError.InvalidArgument));
    }

    [Fact]
    public async Task Sessions_WithEqualHandles_DoNotMix()
    {
        await using var bench = new TcpBench();
        var otherSink = new TcpSink();
        ITransportSession other = bench.Transport.Attach(otherSink);
        Socket peer = await bench.Connect();
        Socket listener = bench.ListeningPeer();
        other.Connect(TcpBench.Handle, TcpBench.Stream(), SockAddr.From((IPEndPoint)listener.LocalEndPoint!));
        Socket otherPeer = await bench.Accept(listener);
        await otherSink.Next<TcpReport.Connected>(TcpBench.Handle);

        bench.Session.Transmit(TcpBench.Handle, [TcpBench.Pay([1])]);
        other.Transmit(TcpBench.Handle, [TcpBench.Pay([2])]);
        (await TcpBench.ReadExactly(peer, 1)).Should().Equal(1);
        (await TcpBench.ReadExactly(otherPeer, 1)).Should().Equal(2);

        bench.Session.Reset(TcpBench.Handle);
        (await TcpBench.ReadToError(peer)).Should().Be(SocketError.ConnectionReset);
        await otherPeer.SendAsync(new byte[] { 3 });
        (await otherSink.Bytes(TcpBench.Handle, 1)).Should().Equal(3);
        otherSink.Of(TcpBench.Handle).OfType<TcpReport.Broken>().Should().BeEmpty();
    }

    [Fact]
    public async Task TwoProviders_OfOneTransport_TalkToEachOther()
    {
        await using var bench = new TcpBench();
        SockAddr local = bench.Listen(TcpBench.Handle);
        var clientSink = new TcpSink();
        ITransportSession client = bench.Transport.Attach(clientSink);
        client.Connect(TcpBench.Handle, TcpBench.Stream(), local);
        SocketHandle server = (await bench.Sink.Next<TcpReport.Arrived>(TcpBench.Handle)).Connection;
        await clientSink.Next<TcpReport.Connected>(TcpBench.Handle);
        client.HandOff(TcpBench.Handle, [TcpBench.Pay(TcpBench.Pattern(60_000))]);
        (await bench.Sink.Bytes(server, 60_000)).Should().Equal(TcpBench.Pattern(60_000));
        await bench.Sink.Next<TcpReport.PeerFinished>(server);
    }

    /// <summary>The reset may come so soon that the peer's connect itself fails with it.</summary>
    private static async Task SeesReset(TcpBench bench, SockAddr listener)
    {
        Func<Task> attempt = async () => await TcpBench.ReadToEnd(await bench.PeerConnectedTo(listener));
        (await attempt.Should().ThrowAsync<SocketException>()).Which.SocketErrorCode.Should().Be(SocketError.ConnectionReset);
    }
}
