using System.Net;
using System.Net.Sockets;
using Wsp.Model;
using Wsp.Spi;
using Wsp.Transport.Tcp;

namespace Wsp.Core.Tests.Transport;

[Collection("Tcp")]
public sealed class TcpConnectionTests
{
    private const int Megabytes = 8 * 1024 * 1024;

    [Fact]
    public async Task Connect_ListeningPeer_AnswersWithBothAddresses()
    {
        await using var bench = new TcpBench();
        Socket peer = await bench.Connect();
        TcpReport.Connected answer = await bench.Sink.Next<TcpReport.Connected>(TcpBench.Handle);
        answer.Local.Should().Be(SockAddr.From((IPEndPoint)peer.RemoteEndPoint!));
        answer.Remote.Should().Be(SockAddr.From((IPEndPoint)peer.LocalEndPoint!));
    }

    [Fact]
    public async Task Connect_FromBoundEndpoint_UsesItsAddress()
    {
        await using var bench = new TcpBench();
        SockAddr local = bench.Bind(TcpBench.Handle, TcpBench.Stream(), SockAddr.Loopback(0));
        Socket peer = await bench.Connect();
        SockAddr.From((IPEndPoint)peer.RemoteEndPoint!).Should().Be(local);
    }

    [Fact]
    public async Task Connect_OverIPv6_Works()
    {
        await using var bench = new TcpBench();
        Socket listener = bench.Peer(family: AddressFamily.InterNetworkV6);
        listener.Bind(new IPEndPoint(IPAddress.IPv6Loopback, 0));
        listener.Listen();
        SockAddr remote = SockAddr.From((IPEndPoint)listener.LocalEndPoint!);
        bench.Session.Connect(TcpBench.Handle, TcpBench.Stream(flags: OptionFlags.IPv6Only, family: AddressFamily.InterNetworkV6), remote);
        TcpReport.Connected answer = await bench.Sink.Next<TcpReport.Connected>(TcpBench.Handle);
        answer.Error.Should().Be(WsaError.Success);
        answer.Remote.Should().Be(remote);
        answer.Local.IsLoopback.Should().BeTrue();
    }

    [Fact]
    public async Task Connect_NobodyListens_IsRefusedAndMayBeTriedAgainFromTheSameAddress()
    {
        await using var bench = new TcpBench();
        SockAddr local = bench.Bind(TcpBench.Handle, TcpBench.Stream(), SockAddr.Loopback(0));
        Socket peer = bench.Peer();
        peer.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        SockAddr remote = SockAddr.From((IPEndPoint)peer.LocalEndPoint!);
        bench.Session.Connect(TcpBench.Handle, TcpBench.Stream(), remote);
        (await bench.Sink.Next<TcpReport.Connected>(TcpBench.Handle)).Should().Be(
            new TcpReport.Connected(TcpBench.Handle, WsaError.ConnectionRefused, local, remote));

        peer.Listen();
        bench.Session.Connect(TcpBench.Handle, TcpBench.Stream(), remote);
        IReadOnlyList<TcpReport> reports = await bench.Sink.Until(TcpBench.Handle, r => r.OfType<TcpReport.Connected>().Count() == 2);
        reports[^1].Should().Be(new TcpReport.Connected(TcpBench.Handle, WsaError.Success, local, remote));
    }

    [Theory]
    [InlineData("127.0.0.1", 0, WsaError.AddressNotAvailable)]
    [InlineData("0.0.0.0", 80, WsaError.AddressNotAvailable)]
    [InlineData("::1", 80, WsaError.AddressFamilyNotSupported)]
    public async Task Connect_ImpossibleAddress_IsRefusedAsWinsockDoes(string host, int port, WsaError error)
    {
        await using var bench = new TcpBench();
        bench.Session.Connect(TcpBench.Handle, TcpBench.Stream(), SockAddr.From(new IPEndPoint(IPAddress.Parse(host), port)));
        (await bench.Sink.Next<TcpReport.Connected>(TcpBench.Handle)).Error.Should().Be(error);
    }

    [Fact]
    public async Task Transmit_ManyPieces_ArriveInOrderAndAllAreTaken()
    {
        await using var bench = new TcpBench();
        Socket peer = await bench.Connect();
        byte[] sent = TcpBench.Pattern(1_000_000);
        for (int i = 0; i < sent.Length; i += 100_000)
            bench.Session.Transmit(TcpBench.Handle, [TcpBench.Pay(sent[i..(i + 99_999)]), TcpBench.Pay(sent[(i + 99_999)..(i + 100_000)])]);
        (await TcpBench.ReadExactly(peer, sent.Length)).Should().Equal(sent);
        IReadOnlyList<TcpReport> reports = await bench.Sink.Until(TcpBench.Handle, r => r.OfType<TcpReport.Taken>().Sum(t => t.Count) >= sent.Length);
        reports.OfType<TcpReport.Taken>().Sum(t => t.Count).Should().Be(sent.Length);
    }

    [Fact]
    public async Task Transmit_SlowPeer_IsNotTakenAsAWhole()
    {
        await using var bench = new TcpBench();
        Socket peer = await bench.Connect(peerReceiveBuffer: 4096);
        bench.Session.Transmit(TcpBench.Handle, [TcpBench.Pay(TcpBench.Pattern(Megabytes))]);
        await bench.Sink.Next<TcpReport.Taken>(TcpBench.Handle);
        bench.Sink.Of(TcpBench.Handle).OfType<TcpReport.Taken>().Sum(t => t.Count).Should().BeLessThan(Megabytes);
        await TcpBench.ReadExactly(peer, Megabytes);
        await bench.Sink.Until(TcpBench.Handle, r => r.OfType<TcpReport.Taken>().Sum(t => t.Count) == Megabytes);
    }

    [Fact]
    public async Task Transmit_LengthOnly_SendsZeroes()
    {
        await using var bench = new TcpBench();
        Socket peer = await bench.Connect();
        bench.Session.Transmit(TcpBench.Handle, [Payload.OfLength(100_000), TcpBench.Pay([7])]);
        (await TcpBench.ReadExactly(peer, 100_001)).Should().Equal([.. new byte[100_000], 7]);
    }

    [Fact]
    public async Task Transmit_FromInsideEveryBytesTaken_NeitherRecursesNorLosesAnything()
    {
        const int Count = 20_000;
        await using var bench = new TcpBench();
        Socket peer = await bench.Connect();
        int next = 1;
        int deepest = 0;
        int depth = 0;
        bench.Sink.OnReport = report =>
        {
            if (report is not TcpReport.Taken)
                return;
            deepest = Math.Max(deepest, ++depth);
            if (next < Count)
                bench.Session.Transmit(TcpBench.Handle, [TcpBench.Pay([(byte)next++])]);
            depth--;
        };
        bench.Session.Transmit(TcpBench.Handle, [TcpBench.Pay([0])]);
        byte[] got = await TcpBench.ReadExactly(peer, Count);
        got.Should().Equal(Enumerable.Range(0, Count).Select(i => (byte)i));
        deepest.Should().Be(1);
    }

    [Fact]
    public async Task Finish_DataQueued_PeerGetsDataThenEnd()
    {
        await using var bench = new TcpBench();
        Socket peer = await bench.Connect(peerReceiveBuffer: 4096);
        byte[] sent = TcpBench.Pattern(1_000_000);
        bench.Session.Transmit(TcpBench.Handle, [TcpBench.Pay(sent)]);
        bench.Session.Finish(TcpBench.Handle);
        (await TcpBench.ReadToEnd(peer)).Should().Equal(sent);

        // Only our side has ended.
        await peer.SendAsync(new byte[] { 42 });
        (await bench.Sink.Bytes(TcpBench.Handle, 1)).Should().Equal(42);
    }

    [Fact]
    public async Task PeerEnd_IsReportedBehindItsData()
    {
        await using var bench = new TcpBench();
        Socket peer = await bench.Connect();
        await peer.SendAsync(TcpBench.Pattern(1000));
        peer.Shutdown(SocketShutdown.Send);
        await bench.Sink.Next<TcpReport.PeerFinished>(TcpBench.Handle);
        IReadOnlyList<TcpReport> reports = bench.Sink.Of(TcpBench.Handle);
        reports[^1].Should().BeOfType<TcpReport.PeerFinished>();
        reports.OfType<TcpReport.Data>().SelectMany(d => d.Content.Bytes.ToArray()).Should().Equal(TcpBench.Pattern(1000));
    }

    [Fact]
    public async Task Reset_Idle_PeerSeesConnectionReset()
    {
        await using var bench = new TcpBench();
        Socket peer = await bench.Connect();
        bench.Session.Reset(TcpBench.Handle);
        (await TcpBench.ReadToError(peer)).Should().Be(SocketError.ConnectionReset);
    }

    [Fact]
    public async Task Reset_WithDataQueued_PeerSeesConnectionReset()
    {
        await using var bench = new TcpBench();
        Socket peer = await bench.Connect(peerReceiveBuffer: 4096);
        bench.Session.Transmit(TcpBench.Handle, [TcpBench.Pay(TcpBench.Pattern(Megabytes))]);
        await bench.Sink.Next<TcpReport.Taken>(TcpBench.Handle);
        bench.Session.Reset(TcpBench.Handle);
        (await TcpBench.ReadToError(peer)).Should().Be(SocketError.ConnectionReset);
        bench.Transport.BackgroundConnections.Should().Be(0);
    }

    [Fact]
    public async Task Reset_AfterFinish_PeerSeesConnectionReset()
    {
        await using var bench = new TcpBench();
        Socket peer = await bench.Connect();
        bench.Session.Finish(TcpBench.Handle);
        (await TcpBench.ReadToEnd(peer)).Should().BeEmpty();
        bench.Session.Reset(TcpBench.Handle);

        // Behind the end of the stream a reset shows itself to who sends.
        Func<Task> send = async () =>
        {
            while (true)
                await peer.SendAsync(new byte[1000]).WaitAsync(TcpSink.Patience);
        };
        (await send.Should().ThrowAsync<SocketException>()).Which.SocketErrorCode.Should().BeOneOf(SocketError.ConnectionReset, SocketError.Shutdown);
    }

    [Fact]
    public async Task Reset_OfManyConnectionsWithEveryLoopBusy_IsAlwaysAReset()
    {
        await using var bench = new TcpBench();
        for (int i = 1; i <= 50; i++)
        {
            var handle = new SocketHandle(i);
            Socket peer = await bench.Connect(handle: handle);
            peer.ReceiveTimeout = 30_000;
            bench.Session.Transmit(handle, [TcpBench.Pay(TcpBench.Pattern(300_000))]);
            Task sending = Task.Run(() => peer.SendAsync(TcpBench.Pattern(300_000)));
            bench.Session.Reset(handle);
            Func<Task> both = async () =>
            {
                await TcpBench.ReadToEnd(peer);
                await sending;
            };
            await both.Should().ThrowAsync<SocketException>($"connection {i} was reset");
            await sending.ContinueWith(t => t.Exception, TaskScheduler.Default);
        }
    }

    [Fact]
    public async Task Reset_ThenAnything_ReportsNothing()
    {
        await using var bench = new TcpBench();
        Socket peer = await bench.Connect();
        int before = bench.Sink.Of(TcpBench.Handle).Count;
        bench.Session.Reset(TcpBench.Handle);
        bench.Session.Transmit(TcpBench.Handle, [TcpBench.Pay([1])]);
        bench.Session.Consumed(TcpBench.Handle, 1);
        bench.Session.Finish(TcpBench.Handle);
        bench.Session.HandOff(TcpBench.Handle, []);
        await TcpBench.ReadToError(peer);
        bench.Sink.Of(TcpBench.Handle).Should().HaveCount(before);
        bench.Transport.BackgroundConnections.Should().Be(0);
    }

    [Fact]
    public async Task PeerReset_IsReportedOnceAndLast()
    {
        await using var bench = new TcpBench();
        Socket peer = await bench.Connect();
        peer.LingerState = new LingerOption(true, 0);
        peer.Close();
        (await bench.Sink.Next<TcpReport.Broken>(TcpBench.Handle)).Error.Should().Be(WsaError.ConnectionReset);
        bench.Session.Transmit(TcpBench.Handle, [TcpBench.Pay([1])]);
        bench.Session.Finish(TcpBench.Handle);
        bench.Sink.Of(TcpBench.Handle)[^1].Should().BeOfType<TcpReport.Broken>();
    }

    [Fact]
    public async Task PeerReset_WhileSending_IsReported()
    {
        await using var bench = new TcpBench();
        Socket peer = await bench.Connect(peerReceiveBuffer: 4096);
        bench.Session.Transmit(TcpBench.Handle, [TcpBench.Pay(TcpBench.Pattern(Megabytes))]);
        await bench.Sink.Next<TcpReport.Taken>(TcpBench.Handle);
        peer.LingerState = new LingerOption(true, 0);
        peer.Close();
        (await bench.Sink.Next<TcpReport.Broken>(TcpBench.Handle)).Error.Should().Be(WsaError.ConnectionReset);
    }

    [Fact]
    public async Task PeerReset_WhileTheWindowIsFull_IsReported()
    {
        if (OperatingSystem.IsWindows())
            return;
        await using var bench = new TcpBench();
        Socket peer = await bench.Connect(TcpBench.Stream(window: 100));
        await peer.SendAsync(TcpBench.Pattern(1000));
        (await bench.Sink.Bytes(TcpBench.Handle, 100)).Should().HaveCount(100);
        peer.LingerState = new LingerOption(true, 0);
        peer.Close();
        (await bench.Sink.Next<TcpReport.Broken>(TcpBench.Handle)).Error.Should().Be(WsaError.ConnectionReset);
    }

    [Theory]
    [InlineData(291)]
    [InlineData(10_000)]
    public async Task DataArrived_NeverExceedsTheWindowAndAllArrivesAsItIsConsumed(int window)
    {
        await using var bench = new TcpBench();
        Socket peer = await bench.Connect(TcpBench.Stream(window: window));
        byte[] sent = TcpBench.Pattern(window * 30);
        int delivered = 0;
        int consumed = 0;
        int most = 0;
        bench.Sink.OnReport = report =>
        {
            if (report is TcpReport.Data data)
                most = Math.Max(most, Interlocked.Add(ref delivered, data.Content.Length) - Volatile.Read(ref consumed));
        };
        Task sending = Task.Run(async () =>
        {
            for (int done = 0; done < sent.Length;)
                done += await peer.SendAsync(sent.AsMemory(done));
            peer.Shutdown(SocketShutdown.Send);
        });

        int step = 1;
        while (consumed < sent.Length)
        {
            // All that fits is delivered before anything is consumed.
            await bench.Sink.Bytes(TcpBench.Handle, Math.Min(sent.Length, consumed + window));
            int count = Math.Min(step, delivered - consumed);
            step = (step * 3 % window) + 1;
            Interlocked.Add(ref consumed, count);
            bench.Session.Consumed(TcpBench.Handle, count);
        }

        await sending.WaitAsync(TcpSink.Patience);
        await bench.Sink.Next<TcpReport.PeerFinished>(TcpBench.Handle);
        most.Should().Be(window);
        (await bench.Sink.Bytes(TcpBench.Handle, sent.Length)).Should().Equal(sent);
    }

    [Fact]
    public async Task Close_MegabytesToSlowPeer_AllArriveThenEnd()
    {
        await using var bench = new TcpBench();
        Socket peer = await bench.Connect(peerReceiveBuffer: 4096);
        byte[] sent = TcpBench.Pattern(Megabytes);
        bench.Session.Transmit(TcpBench.Handle, [TcpBench.Pay(sent)]);
        bench.Session.Finish(TcpBench.Handle);
        bench.Session.Close(TcpBench.Handle);
        int reported = bench.Sink.Of(TcpBench.Handle).Count;
        Task drained = bench.Transport.WhenDrainedAsync();
        drained.IsCompleted.Should().BeFalse();
        bench.Transport.BackgroundConnections.Should().Be(1);

        (await TcpBench.ReadToEnd(peer)).Should().Equal(sent);
        await drained.WaitAsync(TcpSink.Patience);
        bench.Sink.Of(TcpBench.Handle).Count.Should().BeLessThanOrEqualTo(reported + 1, "at most the report under way is still made");
        await bench.NoBackground(peer);
    }

    [Fact]
    public async Task HandOff_RestToSlowPeer_ArrivesBehindWhatIsOnItsWayThenEnd()
    {
        await using var bench = new TcpBench();
        Socket peer = await bench.Connect(peerReceiveBuffer: 4096);
        byte[] sent = TcpBench.Pattern(Megabytes);
        bench.Session.Transmit(TcpBench.Handle, [TcpBench.Pay(sent[..3_000_000])]);
        bench.Session.HandOff(TcpBench.Handle, [TcpBench.Pay(sent[3_000_000..5_000_000]), TcpBench.Pay(sent[5_000_000..])]);
        int reported = bench.Sink.Of(TcpBench.Handle).Count;
        Task drained = bench.Transport.WhenDrainedAsync();
        drained.IsCompleted.Should().BeFalse();

        (await TcpBench.ReadToEnd(peer)).Should().Equal(sent);
        await drained.WaitAsync(TcpSink.Patience);
        bench.Sink.Of(TcpBench.Handle).Count.Should().BeLessThanOrEqualTo(reported + 1, "at most the report under way is still made");
        await bench.NoBackground(peer);
    }

    [Fact]
    public async Task Close_WithUnreadDataAndPeerStillSending_PeerSeesEndAndNoReset()
    {
        await using var bench = new TcpBench();
        Socket peer = await bench.Connect(TcpBench.Stream(window: 100));
        await peer.SendAsync(TcpBench.Pattern(50_000));
        await bench.Sink.Bytes(TcpBench.Handle, 100);
        byte[] sent = TcpBench.Pattern(100_000);
        bench.Session.Transmit(TcpBench.Handle, [TcpBench.Pay(sent)]);
        bench.Session.Finish(TcpBench.Handle);
        bench.Session.Close(TcpBench.Handle);

        // More than the buffers between hold: it only gets through if somebody goes on reading.
        byte[] more = TcpBench.Pattern(Megabytes);
        for (int done = 0; done < more.Length;)
            done += await peer.SendAsync(more.AsMemory(done)).AsTask().WaitAsync(TcpSink.Patience);
        (await TcpBench.ReadToEnd(peer)).Should().Equal(sent);
        await bench.NoBackground(peer);
    }

    [Fact]
    public async Task Close_PeerFinishedBefore_LeavesNothingBehind()
    {
        await using var bench = new TcpBench();
        Socket peer = await bench.Connect();
        peer.Shutdown(SocketShutdown.Send);
        await bench.Sink.Next<TcpReport.PeerFinished>(TcpBench.Handle);
        bench.Session.Close(TcpBench.Handle);
        await bench.Transport.WhenDrainedAsync().WaitAsync(TcpSink.Patience);
        (await TcpBench.ReadToEnd(peer)).Should().BeEmpty();
        await bench.NoBackground(peer);
    }

    [Fact]
    public async Task Close_PeerNeverFinishes_KeepsTheConnectionForTheDrainTimeOnly()
    {
        var time = new TcpManualTime();
        await using var bench = new TcpBench(new TcpTransportOptions { DrainTime = TimeSpan.FromSeconds(7), TimeProvider = time });
        Socket peer = await bench.Connect();
        byte[] sent = TcpBench.Pattern(1_000);
        bench.Session.Transmit(TcpBench.Handle, [TcpBench.Pay(sent)]);
        bench.Session.Close(TcpBench.Handle);
        await time.Fire(TimeSpan.FromSeconds(7));
        bench.Transport.BackgroundConnections.Should().Be(0);

        // Nothing was lost or reset by that.
        (await TcpBench.ReadToEnd(peer)).Should().Equal(sent);
    }

    [Fact]
    public async Task Close_WhileConnecting_GivesTheAttemptUpSilently()
    {
        await using var bench = new TcpBench();
        SockAddr local = bench.Bind(TcpBench.Handle, TcpBench.Stream(), SockAddr.Loopback(0));
        Socket listener = bench.ListeningPeer();
        bench.Session.Connect(TcpBench.Handle, TcpBench.Stream(), SockAddr.From((IPEndPoint)listener.LocalEndPoint!));
        bench.Session.Close(TcpBench.Handle);

        // Whether or not the attempt had come through already, the name is free.
        bench.Session.Bind(TcpBench.Handle, TcpBench.Stream(), local.WithPort(0));
        bench.Sink.Of(TcpBench.Handle)[^1].Should().BeOfType<TcpReport.Bound>();
    }

    [Fact]
    public async Task WhenDrained_Cancelled_EndsTheWaitOnly()
    {
        await using var bench = new TcpBench();
        Socket peer = await bench.Connect(peerReceiveBuffer: 4096);
        bench.Session.HandOff(TcpBench.Handle, [TcpBench.Pay(TcpBench.Pattern(Megabytes))]);
        using var source = new CancellationTokenSource();
        Func<Task> wait = () => bench.Transport.WhenDrainedAsync(source.Token);
        Task waiting = wait.Should().ThrowAsync<OperationCanceledException>();
        await source.CancelAsync();
        await waiting;
        (await TcpBench.ReadToEnd(peer)).Should().HaveCount(Megabytes);
    }

    [Fact]
    public async Task WhenDrained_PeerResetsHandedOffConnection_Completes()
    {
        await using var bench = new TcpBench();
        Socket peer = await bench.Connect(peerReceiveBuffer: 4096);
        bench.Session.HandOff(TcpBench.Handle, [TcpBench.Pay(TcpBench.Pattern(Megabytes))]);
        Task drained = bench.Transport.WhenDrainedAsync();
        peer.LingerState = new LingerOption(true, 0);
        peer.Close();
        await drained.WaitAsync(TcpSink.Patience);
        bench.Transport.BackgroundConnections.Should().Be(0);
    }

    [Fact]
    public async Task Dispose_ResetsLiveAndBackgroundConnectionsAndTellsWhoIsLeft()
    {
        await using var bench = new TcpBench();
        var handedOff = new SocketHandle(2);
        Socket live = await bench.Connect();
        Socket background = await bench.Connect(handle: handedOff, peerReceiveBuffer: 4096);
        bench.Session.HandOff(handedOff, [TcpBench.Pay(TcpBench.Pattern(Megabytes))]);
        Task drained = bench.Transport.WhenDrainedAsync();
        await bench.Transport.DisposeAsync();
        (await TcpBench.ReadToError(live)).Should().Be(SocketError.ConnectionReset);
        (await TcpBench.ReadToError(background)).Should().Be(SocketError.ConnectionReset);
        await drained.WaitAsync(TcpSink.Patience);
        bench.Transport.BackgroundConnections.Should().Be(0);
        bench.Sink.Of(TcpBench.Handle)[^1].Should().Be(new TcpReport.Broken(TcpBench.Handle, WsaError.ConnectionAborted));
        bench.Sink.Of(handedOff).OfType<TcpReport.Broken>().Should().BeEmpty();
        bench.TryBind(new(3), TcpBench.Stream(), SockAddr.Loopback(0)).Error.Should().Be(WsaError.NetworkDown);
    }

    [Fact]
    public void OutlivesProvider_IsTrue() => new TcpTransport().OutlivesProvider.Should().BeTrue();

    [Fact]
    public void Options_MakeNoSense_AreRefused()
    {
        FluentActions.Invoking(() => new TcpTransport(new TcpTransportOptions { Backlog = 0 })).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new TcpTransport(new TcpTransportOptions { DrainTime = TimeSpan.FromTicks(-1) }))
            .Should().Throw<ArgumentOutOfRangeException>();
    }
}
