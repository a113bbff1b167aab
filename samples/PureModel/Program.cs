using Wsp.Model;
using Wsp.Spi;

ProviderState state = ProviderState.Initial();
var me = new WspThreadId(1);

Transition Apply(ProviderInput input)
{
    Transition step = ProviderMachine.Apply(state, input);
    state = step.State;
    foreach (ProviderEffect effect in step.Effects)
        Console.WriteLine($"  {effect.GetType().Name}: {effect.Because.Text}");
    return step;
}

Apply(new ProviderInput.Startup { Thread = me, Client = "app" });
SocketHandle s = Apply(new ProviderInput.Socket { Thread = me }).Result.Socket;
Apply(new ProviderInput.Connect { Thread = me, Socket = s, Address = SockAddr.Loopback(80) });
Apply(new ProviderInput.ConnectAnswered { Endpoint = s, Local = SockAddr.Loopback(5000) });
Apply(new ProviderInput.Recv { Thread = me, Socket = s, Wanted = 100, Overlapped = OverlappedRequest.Of(1) });
Apply(new ProviderInput.Cleanup { Thread = me });
while (state.CanAdvance)
    Apply(new ProviderInput.Advance());             // one call, operation or socket at a time
Console.WriteLine(state.Unloadable ? "may be unloaded" : string.Join(", ", state.WaitingFor()));
