using Wsp.Model;
using Wsp.Spi;
using Input = Wsp.Model.ProviderInput;

namespace Wsp.Core.Benchmarks;

/// <summary>Provider states with many sockets, to measure single steps on.</summary>
internal static class Populations
{
    public static readonly WspThreadId Thread = new(1);

    public static ProviderState Started() => ProviderMachine.Apply(ProviderState.Initial(), new Input.Startup { Thread = Thread }).State;

    public static ProviderState WithConnected(int sockets, bool pendingReceive, out SocketHandle last)
    {
        ProviderState state = Started();
        last = SocketHandle.Invalid;
        for (int i = 0; i < sockets; i++)
        {
            state = Connect(state, out last);
            if (pendingReceive)
                state = ProviderMachine.Apply(state, new Input.Recv { Thread = Thread, Socket = last, Wanted = 1024, Overlapped = new OverlappedRequest(i + 1, new EventHandle(8), false, false) }).State;
        }

        return state;
    }

    private static ProviderState Connect(ProviderState state, out SocketHandle s)
    {
        Transition created = ProviderMachine.Apply(state, new Input.Socket { Thread = Thread });
        s = created.Result.Socket;
        state = ProviderMachine.Apply(created.State, new Input.Ioctl { Thread = Thread, Socket = s, Code = 0x8004667E, Input = new byte[] { 1, 0, 0, 0 } }).State;
        state = ProviderMachine.Apply(state, new Input.Connect { Thread = Thread, Socket = s, Address = SockAddr.Loopback(80) }).State;
        return ProviderMachine.Apply(state, new Input.ConnectAnswered { Endpoint = s, Local = SockAddr.Loopback(4000), Remote = SockAddr.Loopback(80) }).State;
    }
}
