using System.Globalization;
using System.Text;
using Wsp.Model;

namespace Wsp.Core.Tests.Model;

/// <summary>A state or a transition as text, for comparing and for telling schedules apart.</summary>
internal static class StateText
{
    public static string Of(ProviderState state)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{state.Phase}/{state.Stage} r{state.References.Length} down{state.IsNetworkDown} q{state.QueuedBytes} {state.Ledger.Accepted}/{state.Ledger.Delivered}/{state.Ledger.HandedOff}/{state.Ledger.Discarded}");
        foreach (SocketState s in state.Sockets)
            text.Append(CultureInfo.InvariantCulture, $"|{s.Handle} {s.Phase} {s.Stage} {s.Received.Length} {s.Unsent.Length}+{s.InFlight} {s.PeerFinished}{s.SendShutdown}{s.ReceiveShutdown}{s.FinishSent} {s.BrokenBy} R{s.Receivers.Count} S{s.Senders.Count} A{s.Acceptors.Count}/{s.AcceptQueue.Count} {s.Events.Recorded}/{s.Events.Quiet} {s.Local}{s.Options.LingerOn}");
        foreach (PendingCall call in state.Calls)
            text.Append(CultureInfo.InvariantCulture, $"|c{call.Key} {call.Kind} {call.Progress} {call.Done}");
        foreach (PendingCall operation in state.Operations)
            text.Append(CultureInfo.InvariantCulture, $"|o{operation.Overlapped!.Id} {operation.Done}");
        foreach (RoutineState routine in state.Routines)
            text.Append(CultureInfo.InvariantCulture, $"|a{routine.Key} {routine.Progress}");
        return text.ToString();
    }

    public static string Of(Transition transition)
    {
        var text = new StringBuilder(Of(transition.State));
        text.Append(" => ").Append(transition.Result.ToString());
        foreach (ProviderEffect effect in transition.Effects)
            text.Append('|').Append(Of(effect));
        foreach (var rule in transition.Rules)
            text.Append('#').Append(rule.Text);
        return text.ToString();
    }

    private static string Of(ProviderEffect effect) => effect switch
    {
        ProviderEffect.ReleaseCaller release => $"release {release.Call} {release.Result}",
        ProviderEffect.FinishOverlapped finish => $"finish {finish.Request} {finish.Error} {finish.Count}",
        ProviderEffect.EndpointEffect endpoint => $"{endpoint.GetType().Name} {endpoint.Endpoint}",
        _ => effect.GetType().Name,
    };
}
