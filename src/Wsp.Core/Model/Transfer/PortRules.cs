using Wsp.Specification;
using Wsp.Spi;

namespace Wsp.Model.Transfer;

/// <summary>The association of a socket with a completion port, which the system makes and the provider observes.</summary>
internal static class PortRules
{
    public static readonly Rule Associated = new("the socket belongs to the port", "GETOVL-33", "CLOSE-13");
    public static readonly Rule AssociatedAlready = new("the socket belongs to a port already", "GETOVL-33");

    public static Rule Associate(Draft draft, ProviderInput.AssociatePort input)
    {
        if (draft.Open(input.Socket) is not { } socket)
            return draft.Fail(WsaError.InvalidHandle, CommonRules.NotASocket);
        if (socket.Port.Value != 0)
            return draft.Fail(WsaError.InvalidParameter, AssociatedAlready);
        socket = draft.Edit(socket);
        socket.Port = input.Port;
        socket.PortKey = input.PortKey;
        return draft.Succeed(Associated);
    }
}
