using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Wsp.Model;
using Wsp.Spi;
using Wsp.Transport;
using Wsp.Transport.Memory;

namespace Wsp.Core.Tests.Transport;

/// <summary>The network in memory, as transports are used: by requests and reports.</summary>
public class MemoryNetworkTests
{
    private static readonly SocketHandle s_a = new(4);
    private static readonly SocketHandle s_b = new(8);
    private static readonly SocketOptions s_options = new() { ReceiveBuffer = 1_000, SendBuffer = 1_000 };
    private static readonly EndpointKind s_stream = new(AddressFamily.InterNetwork, SocketType.Stream, s_options);
    private static readonly EndpointKind s_datagram = new(AddressFamily.InterNetwork, SocketType.Dgram, s_options);
    private static readonly SockAddr s_far = SockAddr.From(new IPEndPoint(IPAddress.Parse("10.0.0.2"), 0));

    [Fact]
    public void Connect_ToAListener_ArrivesBeforeTheAnswerAndDataFollows()
    {
        Link link = Connected(new MemoryNetwork());

        link.Near.Lines.Should().Equal("assigned", "connect Success");
        link.Far.Lines.Should().Equal("bind Success", "listen Success", "arrived");
        link.NearSession.Transmit(s_a, Data(10));
        link.Far.Lines.Should().EndWith("data 10");
        link.Near.Lines.Should().EndWith("taken 10");
    }

    [Fact]
    public void Connect_ToNobodyOrRefusedOrBlackHole_IsRefusedOrNeverAnswered()
    {
        var network = new MemoryNetwork();
        var sink = new RecordingSink();
        ITransportSession session = network.Local.Attach(sink);
        session.Connect(s_a, s_stream, SockAddr.Loopback(9));
        sink.Lines.Should().EndWith("connect ConnectionRefused");

        sink.AnswerToConnections = WsaError.ConnectionRefused;
        session.Bind(s_b, s_stream, SockAddr.Loopback(80));
        session.Listen(s_b, 1);
        session.Connect(new SocketHandle(12), s_stream, SockAddr.Loopback(80));
        sink.Lines.Should().EndWith("connect ConnectionRefused");

        int before = sink.Lines.Count(line => line.StartsWith("connect", StringComparison.Ordinal));
        session.Connect(new SocketHandle(16), s_stream, SockAddr.From(new IPEndPoint(IPAddress.Parse("192.0.2.0"), 80)));
        sink.Lines.Count(line => line.StartsWith("connect", StringComparison.Ordinal)).Should().Be(before);
    }

    [Fact]
    public void Transmit_MoreThanTheWindow_WaitsUntilSomethingIsConsumed()
    {
        Link link = Connected(new MemoryNetwork());
        link.NearSession.Transmit(s_a, Data(2_500));
        link.Far.BytesReceived.Should().Be(1_000);
        link.Near.Taken.Should().Be(1_000);

        link.FarSession.Consumed(link.FarHandle, 400);
        link.Far.BytesReceived.Should().Be(1_400);
        link.FarSession.Consumed(link.FarHandle, 1_000);
        link.FarSession.Consumed(link.FarHandle, 1_000);
        link.Far.BytesReceived.Should().Be(2_500);
    }

    [Fact]
    public void Finish_ComesBehindTheLastByte()
    {
        Link link = Connected(new MemoryNetwork());
        link.NearSession.Transmit(s_a, Data(1_500));
        link.NearSession.Finish(s_a);
        link.Far.Lines.Should().NotContain("finished");
        link.FarSession.Consumed(link.FarHandle, 1_000);
        link.Far.Lines.Should().EndWith("finished");
    }

    [Fact]
    public void Reset_WithDataQueued_PeerSeesAResetAndNothingElse()
    {
        Link link = Connected(new MemoryNetwork());
        link.NearSession.Transmit(s_a, Data(5_000));
        link.NearSession.Reset(s_a);
        link.Far.Lines.Should().EndWith("broken ConnectionReset");
        link.FarSession.Consumed(link.FarHandle, 1_000);
        link.Far.BytesReceived.Should().Be(1_000);
        link.Near.Lines.Should().NotContain(line => line.StartsWith("broken", StringComparison.Ordinal));
    }

    [Fact]
    public void HandOff_WithMoreThanTheWindow_IsSentWithoutTheProviderThenFinished()
    {
        Link link = Connected(new MemoryNetwork());
        link.NearSession.Transmit(s_a, Data(500));
        link.NearSession.HandOff(s_a, Data(4_000));
        int reports = link.Near.Lines.Count;
        link.Network.Local.BackgroundConnections.Should().Be(1);
        for (int i = 0; i < 5; i++)
            link.FarSession.Consumed(link.FarHandle, 1_000);

        link.Far.BytesReceived.Should().Be(4_500);
        link.Far.Lines.Should().EndWith("finished");
        link.Near.Lines.Should().HaveCount(reports, "nothing is reported of it any more");
        link.Network.Local.BackgroundConnections.Should().Be(0);
    }

    [Fact]
    public void Data_ForAConnectionThatWasClosed_IsAnsweredByAReset()
    {
        Link link = Connected(new MemoryNetwork());
        link.NearSession.Finish(s_a);
        link.NearSession.Close(s_a);
        link.FarSession.Transmit(link.FarHandle, Data(1));
        link.Far.Lines.Should().EndWith("broken ConnectionReset");
    }

    [Fact]
    public void Data_ForAHandedOffConnectionThatStillSends_IsIgnored()
    {
        Link link = Connected(new MemoryNetwork());
        link.NearSession.HandOff(s_a, Data(3_000));
        link.FarSession.Transmit(link.FarHandle, Data(1));
        link.Far.Lines.Should().NotContain("broken ConnectionReset");
        for (int i = 0; i < 3; i++)
            link.FarSession.Consumed(link.FarHandle, 1_000);
        link.Far.BytesReceived.Should().Be(3_000);
    }

    [Fact]
    public void Latency_NothingHappensUntilTimeHasPassed()
    {
        var network = new MemoryNetwork(new MemoryNetworkOptions { Latency = TimeSpan.FromMilliseconds(10) });
        Link link = Begin(network);
        link.Near.Lines.Should().Equal("assigned");
        network.Advance(TimeSpan.FromMilliseconds(9));
        link.Far.Lines.Should().NotContain("arrived");
        network.Advance(TimeSpan.FromMilliseconds(1));
        link.Far.Lines.Should().EndWith("arrived");
        link.Near.Lines.Should().Equal("assigned");
        network.NextDue.Should().Be(TimeSpan.FromMilliseconds(20));
        network.Advance(TimeSpan.FromMilliseconds(10));
        link.Near.Lines.Should().EndWith("connect Success");
        network.Now.Should().Be(TimeSpan.FromMilliseconds(20));
    }

    [Fact]
    public void SteppedByHand_OneEventAtATime()
    {
        var network = new MemoryNetwork(new MemoryNetworkOptions { AutoRun = false });
        var sink = new RecordingSink();
        ITransportSession session = network.Local.Attach(sink);
        session.Bind(s_a, s_stream, SockAddr.Loopback(0));
        sink.Lines.Should().BeEmpty();
        network.PendingEvents.Should().Be(1);
        network.Step().Should().BeTrue();
        sink.Lines.Should().Equal("bind Success");
        network.Step().Should().BeFalse();
    }

    [Fact]
    public void Partition_HoldsStreamsBackAndLosesDatagramsUntilHealed()
    {
        var network = new MemoryNetwork();
        Link link = Connected(network);
        network.Partition(network.Local, link.FarHost);
        link.NearSession.Transmit(s_a, Data(10));
        link.Far.BytesReceived.Should().Be(0);
        link.FarSession.Bind(new SocketHandle(96), s_datagram, s_far.WithPort(53));
        link.NearSession.TransmitDatagram(new SocketHandle(92), s_datagram, s_far.WithPort(53), new Payload(new byte[] { 7 }));

        network.Heal(network.Local, link.FarHost);

        link.Far.BytesReceived.Should().Be(10);
        link.Far.Lines.Should().NotContain("datagram 7");
    }

    [Fact]
    public void ResetConnections_BothEndsSeeIt()
    {
        Link link = Connected(new MemoryNetwork());
        link.Network.ResetConnections(link.Network.Local, link.FarHost);
        link.Near.Lines.Should().EndWith("broken ConnectionReset");
        link.Far.Lines.Should().EndWith("broken ConnectionReset");
    }

    [Fact]
    public void TakeDown_TellsTheHostsProvidersAndCutsItOff()
    {
        Link link = Connected(new MemoryNetwork());
        link.FarHost.TakeDown();
        link.Far.Lines.Should().EndWith("down");
        link.NearSession.Transmit(s_a, Data(1));
        link.Far.BytesReceived.Should().Be(0);
        link.FarHost.BringUp();
        link.Far.Lines.Should().EndWith("up");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void LossAndJitter_TheSameSeed_GivesTheSameNetwork(int seed)
    {
        static List<string> Run(int seed)
        {
            var network = new MemoryNetwork(new MemoryNetworkOptions { DatagramLoss = 0.3, DatagramJitter = TimeSpan.FromMilliseconds(5), Seed = seed });
            var sink = new RecordingSink();
            ITransportSession session = network.Local.Attach(sink);
            session.Bind(s_a, s_datagram, SockAddr.Loopback(53));
            for (byte i = 0; i < 100; i++)
                session.TransmitDatagram(s_b, s_datagram, SockAddr.Loopback(53), new Payload(new[] { i }));
            network.Advance(TimeSpan.FromMilliseconds(10));
            return [.. sink.Lines.Where(line => line.StartsWith("datagram", StringComparison.Ordinal))];
        }

        List<string> lines = Run(seed);
        lines.Should().Equal(Run(seed));
        lines.Count.Should().BeInRange(50, 90, "about a third is lost");
        lines.Should().NotBeEquivalentTo(Enumerable.Range(0, lines.Count).Select(i => $"datagram {i}"));
        lines.Select(line => int.Parse(line[9..])).Should().NotBeInAscendingOrder("datagrams overtake each other");
        Run(seed + 7).Should().NotEqual(lines);
    }

    [Fact]
    public void TimeProvider_DrivesTheNetwork()
    {
        var time = new ManualTime();
        var network = new MemoryNetwork(new MemoryNetworkOptions { Latency = TimeSpan.FromMilliseconds(10), TimeProvider = time });
        Link link = Begin(network);
        time.Advance(TimeSpan.FromMilliseconds(10));
        link.Far.Lines.Should().EndWith("arrived");
        time.Advance(TimeSpan.FromMilliseconds(10));
        link.Near.Lines.Should().EndWith("connect Success");
    }

    [Fact]
    public void Bind_ForeignTakenAndEphemeralAddresses_AreAnsweredByTheRules()
    {
        var network = new MemoryNetwork();
        var sink = new RecordingSink();
        ITransportSession session = network.Local.Attach(sink);
        session.Bind(s_a, s_stream, SockAddr.From(new IPEndPoint(IPAddress.Parse("192.0.2.0"), 0)));
        session.Bind(s_a, s_stream, SockAddr.Loopback(0));
        sink.LastLocal.Port.Should().BeGreaterThanOrEqualTo(49152);
        session.Bind(s_b, s_stream, sink.LastLocal);
        session.Bind(s_b, s_datagram, SockAddr.Loopback(sink.LastLocal.Port));
        session.Close(s_a);
        sink.Lines.Should().Equal("bind AddressNotAvailable", "bind Success", "bind AddressAlreadyInUse", "bind Success");
    }

    private static ImmutableArray<Payload> Data(int bytes) => [new Payload(new byte[bytes])];

    private static Link Connected(MemoryNetwork network)
    {
        Link link = Begin(network);
        link.Far.Accepted.Should().ContainSingle();
        return link;
    }

    private static Link Begin(MemoryNetwork network)
    {
        MemoryHost far = network.AddHost("far", s_far.ToIPEndPoint().Address);
        var link = new Link(network, far);
        link.FarSession.Bind(s_b, s_stream, s_far.WithPort(80));
        link.FarSession.Listen(s_b, 5);
        link.NearSession.Connect(s_a, s_stream, s_far.WithPort(80));
        return link;
    }

    private sealed class Link
    {
        public Link(MemoryNetwork network, MemoryHost farHost)
        {
            Network = network;
            FarHost = farHost;
            NearSession = network.Local.Attach(Near);
            FarSession = farHost.Attach(Far);
        }

        public MemoryNetwork Network { get; }

        public MemoryHost FarHost { get; }

        public RecordingSink Near { get; } = new();

        public RecordingSink Far { get; } = new();

        public ITransportSession NearSession { get; }

        public ITransportSession FarSession { get; }

        public SocketHandle FarHandle => Far.Accepted[0];
    }
}
