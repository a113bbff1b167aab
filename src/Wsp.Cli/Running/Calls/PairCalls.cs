using System.Net.Sockets;
using Wsp.Cli.Vocabulary;
using Wsp.Spi;

namespace Wsp.Cli.Running.Calls;

/// <summary>Ready-made connections and listeners over 127.0.0.1.</summary>
internal static class PairCalls
{
    public static CallSpec[] All { get; } =
    [
        new("Harness.TcpPair", "flags", "", "", 2, context =>
        {
            (SocketHandle connecting, SocketHandle accepted) = Pair(context);
            return Observation.Making(connecting, accepted);
        }),
        new("Harness.TcpPairs", "count! flags", "", "", 1, Pairs),
        new("Harness.TcpListener", "backlog", "", "", 1, context => Observation.Making(Listener(context, context.Int("backlog", 5)))),
    ];

    private static Observation Pairs(StepContext context)
    {
        var group = new List<SocketHandle>();
        for (int i = 0; i < context.Int("count", 0); i++)
        {
            (SocketHandle connecting, SocketHandle accepted) = Pair(context);
            group.Add(connecting);
            group.Add(accepted);
        }

        return Observation.Making(group);
    }

    private static (SocketHandle Connecting, SocketHandle Accepted) Pair(StepContext context)
    {
        SocketHandle listener = Listener(context, 1);
        SocketHandle connecting = New(context, (WsaSocketFlags)context.Flags("flags", (int)WsaSocketFlags.Overlapped));
        SockAddr address = context.Provider.State.FindOpen(listener)!.Local;
        Check(context.Provider.Connect(connecting, address.ToBytes()), "WSPConnect");
        Check(context.Provider.Accept(listener, null, null, null, out SocketHandle accepted), "WSPAccept");
        Check(context.Provider.CloseSocket(listener), "WSPCloseSocket");
        return (connecting, accepted);
    }

    private static SocketHandle Listener(StepContext context, int backlog)
    {
        SocketHandle listener = New(context, (WsaSocketFlags)context.Flags("flags", (int)WsaSocketFlags.Overlapped));
        Check(context.Provider.Bind(listener, SockAddr.Loopback(0).ToBytes()), "WSPBind");
        Check(context.Provider.Listen(listener, backlog), "WSPListen");
        return listener;
    }

    private static SocketHandle New(StepContext context, WsaSocketFlags flags)
    {
        Check(context.Provider.Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp, null, 0, flags, out SocketHandle socket), "WSPSocket");
        return socket;
    }

    private static void Check(WsaError error, string call)
    {
        if (error != WsaError.Success)
            throw new CaseTrouble($"{call} on the way answered {error.Describe()}");
    }
}
