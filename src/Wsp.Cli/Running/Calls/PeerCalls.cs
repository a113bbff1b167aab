using Wsp.Cli.Running.Peers;
using Wsp.Cli.Vocabulary;

namespace Wsp.Cli.Running.Calls;

/// <summary>The peer: a party outside the provider.</summary>
internal static class PeerCalls
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(1);

    public static CallSpec[] All { get; } =
    [
        new("Harness.NewPeer", "listen", "", "", 1, NewPeer),
        new("Harness.PeerAccept", "peer!", "", "", 0, context => Do(context, peer => peer.Accept())),
        new("Harness.PeerConnect", "peer! address!", "", "", 0, context => Do(context, peer => peer.Connect(context.SockAddr()))),
        new("Harness.PeerRead", "peer! bytes!", "bytes data pattern", "", 0, Read),
        new("Harness.PeerReadSlowly", "peer! bytes_per_step!", "", "", 0, ReadSlowly),
        new("Harness.PeerSend", "peer! data fill", "", "", 0, context => Do(context, peer => peer.Send(context.Data()))),
        new("Harness.PeerFinish", "peer!", "", "", 0, context => Do(context, peer => peer.Finish())),
        new("Harness.PeerReset", "peer!", "", "", 0, context => Do(context, peer => peer.Reset())),
        new("Harness.PeerEnd", "peer!", "end total pattern", "", 0, End),
    ];

    private static Observation NewPeer(StepContext context)
    {
        Peer peer = context.World.Net.NewPeer();
        if (context.Bool("listen", false))
            peer.Listen();
        return Observation.Making(peer);
    }

    private static Observation Do(StepContext context, Action<Peer> action)
    {
        action(context.Peer());
        return Observation.Nothing;
    }

    private static Observation Read(StepContext context)
    {
        Peer peer = context.Peer();
        byte[] data = peer.Read(context.Int("bytes", 0));
        return Observation.Nothing.With("bytes", (long)data.Length).With("data", data).With("pattern", peer.IsPattern);
    }

    private static Observation ReadSlowly(StepContext context)
    {
        // A peer that is slow is of the outside world; in memory there is nothing that real time would change.
        using var never = new ManualResetEventSlim();
        context.Peer().ReadSlowly(context.Int("bytes_per_step", 1), context.World.IsMemory ? () => { } : () => never.Wait(s_pause));
        return Observation.Nothing;
    }

    private static Observation End(StepContext context)
    {
        Peer peer = context.Peer();
        string end = peer.WaitForEnd();
        return Observation.Nothing.With("end", end).With("total", peer.Total).With("pattern", peer.IsPattern);
    }
}
