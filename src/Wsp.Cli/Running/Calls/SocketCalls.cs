using System.Net.Sockets;
using Wsp.Cli.Input;
using Wsp.Cli.Vocabulary;
using Wsp.Spi;

namespace Wsp.Cli.Running.Calls;

/// <summary>Sockets: creation, connections, shutdown, close.</summary>
internal static class SocketCalls
{
    public static CallSpec[] All { get; } =
    [
        new("WSPSocket", "af! type! protocol! flags protocol_info", "", "", 1, Socket),
        new("WSPCloseSocket", "socket!", "", "", 0, Close),
        new("WSPBind", "socket! address! namelen", "", "", 0, context => Observation.Of(context.Provider.Bind(context.Socket(), context.Address()))),
        new("WSPConnect", "socket! address! namelen", "", "", 0, context => Observation.Of(context.Provider.Connect(context.Socket(), context.Address()))),
        new("WSPListen", "socket! backlog!", "", "", 0, context => Observation.Of(context.Provider.Listen(context.Socket(), context.Int("backlog", 0)))),
        new("WSPAccept", "socket! namelen name_ptr namelen_ptr condition", "address namelen namelen_below", "name", 1, Accept),
        new("WSPShutdown", "socket! how!", "", "", 0, context => Observation.Of(context.Provider.Shutdown(context.Socket(), (SocketShutdown)context.Int("how", 0)))),
        new("WSPSendDisconnect", "socket!", "", "", 0, context => Observation.Of(context.Provider.SendDisconnect(context.Socket(), null))),
        new("WSPRecvDisconnect", "socket!", "", "", 0, context => Observation.Of(context.Provider.RecvDisconnect(context.Socket(), null))),
        new("WSPCancelBlockingCall", "", "", "", 0, context => Observation.Of(context.Provider.CancelBlockingCall())),
    ];

    private static Observation Socket(StepContext context)
    {
        WsaError error = context.Provider.Socket(
            (AddressFamily)context.Int("af", 0), (SocketType)context.Int("type", 0), (ProtocolType)context.Int("protocol", 0),
            ProtocolInfo(context), 0, (WsaSocketFlags)context.Flags("flags", (int)WsaSocketFlags.Overlapped), out SocketHandle s);
        return Made(error, s);
    }

    private static Observation Close(StepContext context)
    {
        SocketHandle socket = context.Socket();
        context.World.Remember(socket);
        return Observation.Of(context.Provider.CloseSocket(socket));
    }

    private static Observation Accept(StepContext context)
    {
        var name = NameBuffer.Make(context);
        ConditionAnswer? answer = context.Text("condition") switch
        {
            "accept" => ConditionAnswer.Accept,
            "reject" => ConditionAnswer.Reject,
            "defer" => ConditionAnswer.Defer,
            _ => null,
        };
        WsaError error = context.Provider.Accept(context.Socket(), name.Native, answer is { } given ? _ => given : null, null, out SocketHandle accepted);
        return name.Show(Made(error, accepted));
    }

    private static Observation Made(WsaError error, SocketHandle socket) =>
        new() { Error = error, Made = error == WsaError.Success ? [socket] : [] };

    private static WsaProtocolInfo? ProtocolInfo(StepContext context) => context["protocol_info"] switch
    {
        null => null,
        { Kind: NodeKind.Object } node => new WsaProtocolInfo
        {
            AddressFamily = Part(node, "address_family"),
            SocketType = Part(node, "socket_type"),
            Protocol = Part(node, "protocol"),
        },
        var name => context.World.Get<WsaProtocolInfo>(name.Text),
    };

    private static int Part(Node node, string name) =>
        node[name] is not { } part ? 0
        : part.TryGetNumber(out long number) || Constants.TryResolve(part.Text, out number) ? unchecked((int)number)
        : throw new CaseTrouble($"{part} is no {name}");
}
