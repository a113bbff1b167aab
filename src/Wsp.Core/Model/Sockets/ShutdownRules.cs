using System.Net.Sockets;
using Wsp.Model.Transfer;
using Wsp.Specification;
using Wsp.Spi;

namespace Wsp.Model.Sockets;

/// <summary>The end of a direction: shutdown and the two disconnects. None of them waits or frees anything.</summary>
internal static class ShutdownRules
{
    public static readonly Rule Done = new("the direction is ended", "SHUTDOWN-02", "SHUTDOWN-09", "SHUTDOWN-13", "SHUTDOWN-14", "SHUTDOWN-15", "SHUTDOWN-16");
    public static readonly Rule SendDisconnected = new("sending has ended and so does the connection, in good order", "SENDDISC-02", "SENDDISC-03", "SENDDISC-08", "SENDDISC-10", "SENDDISC-13");
    public static readonly Rule RecvDisconnected = new("receiving has ended", "RECVDISC-02", "RECVDISC-13", "RECVDISC-15");
    public static readonly Rule BadDirection = new("the direction is none of the defined values", "WSPShutdown#errors/WSAEINVAL");
    public static readonly Rule NotConnected = new("the socket is connection-oriented and not connected", "WSPShutdown#errors/WSAENOTCONN", "WSPSendDisconnect#errors/WSAENOTCONN", "WSPRecvDisconnect#errors/WSAENOTCONN");
    public static readonly Rule NoDisconnectData = new("TCP has no disconnect data", "SENDDISC-07", "RECVDISC-AMB-02");
    public static readonly Rule UnreadData = new("receiving ends with data unread: the connection is reset", "SHUTDOWN-05", "SHUTDOWN-AMB-02");

    public static Rule Shutdown(Draft draft, ProviderInput.Shutdown input)
    {
        if (draft.Open(input.Socket) is not { } socket)
            return draft.Fail(WsaError.NotSocket, CommonRules.NotASocket);
        if (input.How is not (SocketShutdown.Receive or SocketShutdown.Send or SocketShutdown.Both))
            return draft.Fail(WsaError.InvalidArgument, BadDirection);
        if (Refusal(draft, socket) is { } refusal)
            return refusal;
        socket = draft.Edit(socket);
        if (input.How is SocketShutdown.Send or SocketShutdown.Both)
            EndSending(draft, socket);
        if (input.How is SocketShutdown.Receive or SocketShutdown.Both)
            EndReceiving(draft, socket);
        return draft.Succeed(Done);
    }

    public static Rule SendDisconnect(Draft draft, ProviderInput.SendDisconnect input)
    {
        if (draft.Open(input.Socket) is not { } socket)
            return draft.Fail(WsaError.NotSocket, CommonRules.NotASocket);
        if (input.HasData)
            return draft.Fail(WsaError.ProtocolOption, NoDisconnectData);
        if (Refusal(draft, socket) is { } refusal)
            return refusal;
        EndSending(draft, draft.Edit(socket));
        return draft.Succeed(SendDisconnected);
    }

    public static Rule RecvDisconnect(Draft draft, ProviderInput.RecvDisconnect input)
    {
        if (draft.Open(input.Socket) is not { } socket)
            return draft.Fail(WsaError.NotSocket, CommonRules.NotASocket);
        if (input.HasData)
            return draft.Fail(WsaError.ProtocolOption, NoDisconnectData);
        if (Refusal(draft, socket) is { } refusal)
            return refusal;
        EndReceiving(draft, draft.Edit(socket));
        return draft.Succeed(RecvDisconnected);
    }

    private static Rule? Refusal(Draft draft, SocketState socket)
    {
        if (!socket.IsStream || socket.Stage == SocketStage.Connected)
            return null;
        return draft.Fail(socket.Stage == SocketStage.Broken ? socket.BrokenBy : WsaError.NotConnected, NotConnected);
    }

    private static void EndSending(Draft draft, SocketState socket)
    {
        socket.SendShutdown = true;
        if (socket.IsStream)
            SendRules.Pump(draft, socket);
    }

    private static void EndReceiving(Draft draft, SocketState socket)
    {
        socket.ReceiveShutdown = true;
        if (socket.IsStream && !socket.Received.IsEmpty)
            DeliveryRules.Break(draft, socket, WsaError.ConnectionAborted, DiscardReason.UnreadData, UnreadData, reset: true);
    }
}
