using System.Globalization;
using Wsp.Model;
using Wsp.Spi;

namespace Wsp.Cli.Reporting;

/// <summary>Says in words what has happened to a provider.</summary>
internal static class InputWords
{
    public static string Of(ProviderInput input, Func<object, string> name) => input switch
    {
        ProviderInput.Startup startup => $"WSPStartup by {startup.Client ?? "a nameless client"}",
        ProviderInput.Cleanup cleanup => $"WSPCleanup by {cleanup.Client ?? "a nameless client"}",
        ProviderInput.AssociatePort associate => $"{name(associate.Socket)} is associated with port {name(associate.Port)}",
        ProviderInput.CancelIo cancel => $"CancelIo on {name(cancel.Socket)}",
        ProviderInput.SocketCall call => $"WSP{call.Kind} on {name(call.Socket)}",
        ProviderInput.Decide decide => $"the condition function says {decide.Answer}",
        ProviderInput.Call call => $"WSP{call.Kind}",
        ProviderInput.CallReturned => "a blocked call has returned on its thread",
        ProviderInput.RoutineDue => "a completion routine comes to its turn",
        ProviderInput.RoutineDone => "a completion routine has returned",
        ProviderInput.BindAnswered answer => $"network: {name(answer.Endpoint)} bound to {answer.Local}, {answer.Error.Describe()}",
        ProviderInput.AddressAssigned assigned => $"network: {name(assigned.Endpoint)} got the address {assigned.Local}",
        ProviderInput.ListenAnswered answer => $"network: {name(answer.Endpoint)} listens, {answer.Error.Describe()}",
        ProviderInput.ConnectAnswered answer => $"network: {name(answer.Endpoint)} connected from {answer.Local} to {answer.Remote}, {answer.Error.Describe()}",
        ProviderInput.ConnectionArrived arrived => $"network: a connection from {arrived.Remote} at {name(arrived.Listener)}",
        ProviderInput.DataArrived arrived => Text($"network: {arrived.Data.Length} byte(s) for {name(arrived.Endpoint)}"),
        ProviderInput.DatagramArrived arrived => Text($"network: a datagram of {arrived.Data.Length} byte(s) for {name(arrived.Endpoint)} from {arrived.From}"),
        ProviderInput.BytesTaken taken => Text($"network: {taken.Count} byte(s) of {name(taken.Endpoint)} taken"),
        ProviderInput.PeerFinished finished => $"network: FIN for {name(finished.Endpoint)}",
        ProviderInput.ConnectionBroken broken => $"network: {name(broken.Endpoint)} is broken, {broken.Error.Describe()}",
        ProviderInput.NetworkDown => "network: down",
        ProviderInput.NetworkUp => "network: up",
        ProviderInput.ProcessEnded => "the process has ended",
        ProviderInput.TimePassed time => Text($"time: {time.Now / 1000} ms"),
        ProviderInput.Advance => "the final cleanup goes on",
        _ => input.Kind.ToString(),
    };

    /// <summary>What makes two inputs look the same to a reader who does not care for numbers.</summary>
    public static string Shape(ProviderInput input) => input switch
    {
        ProviderInput.SocketCall call => $"{call.Kind} {call.Socket.Value}",
        ProviderInput.DataArrived arrived => $"{arrived.Kind} {arrived.Endpoint.Value}",
        ProviderInput.BytesTaken taken => $"{taken.Kind} {taken.Endpoint.Value}",
        _ => input.Kind.ToString(),
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
