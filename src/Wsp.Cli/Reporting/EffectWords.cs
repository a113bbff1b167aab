using System.Globalization;
using Wsp.Cli.Running;
using Wsp.Model;
using Wsp.Spi;

namespace Wsp.Cli.Reporting;

/// <summary>Says in words what a provider has to do after a transition.</summary>
internal static class EffectWords
{
    public static string Of(ProviderEffect effect, Func<object, string> name) => effect switch
    {
        ProviderEffect.ReleaseCaller release => $"the blocked call on thread {release.Thread.Value} returns: {release.Result}",
        ProviderEffect.BeginOverlapped begin => Text($"operation {begin.Request} is pending: its record says STATUS_PENDING"),
        ProviderEffect.FinishOverlapped finish => Text($"operation {finish.Request} on {name(finish.Socket)} ends: its record says {finish.Error.ToNtStatus().NativeName()}, {finish.Count} byte(s)"),
        ProviderEffect.SetEvent set => set.Request == 0 ? $"event {name(set.EventObject)} is set" : Text($"event {name(set.EventObject)} is set for operation {set.Request}"),
        ProviderEffect.ResetEvent reset => $"event {name(reset.EventObject)} is reset",
        ProviderEffect.QueueRoutine queue => Text($"the completion routine of operation {queue.Request} is queued to thread {queue.Thread.Value}"),
        ProviderEffect.PostCompletion post => Text($"a packet for operation {post.Request} goes to port {name(post.Port)}: {post.Error.Describe()}, {post.Count} byte(s)"),
        ProviderEffect.PostMessage message => $"a message goes to window {name(message.Window)}: {EventNames.One(message.Event)} on {name(message.Socket)}, {message.Error.Describe()}",
        ProviderEffect.ReleaseHandle release => $"the descriptor of {name(release.Socket)} is given back",
        ProviderEffect.Unloadable => "the provider may be unloaded",
        ProviderEffect.BindEndpoint bind => $"transport: bind {name(bind.Endpoint)} to {bind.Address}",
        ProviderEffect.ListenEndpoint listen => Text($"transport: listen on {name(listen.Endpoint)}, backlog {listen.Backlog}"),
        ProviderEffect.ConnectEndpoint connect => $"transport: connect {name(connect.Endpoint)} to {connect.Remote}",
        ProviderEffect.AcceptEndpoint accept => $"transport: the connection of {name(accept.Endpoint)} was accepted",
        ProviderEffect.Transmit transmit => Text($"transport: send {Bytes(transmit.Data)} byte(s) on {name(transmit.Endpoint)}"),
        ProviderEffect.TransmitDatagram datagram => Text($"transport: send a datagram of {datagram.Data.Length} byte(s) from {name(datagram.Endpoint)} to {datagram.To}"),
        ProviderEffect.Consumed consumed => Text($"transport: room for {consumed.Count} more byte(s) on {name(consumed.Endpoint)}"),
        ProviderEffect.FinishEndpoint finish => $"transport: FIN on {name(finish.Endpoint)} behind the last byte",
        ProviderEffect.ResetEndpoint reset => $"transport: RST on {name(reset.Endpoint)}",
        ProviderEffect.CloseEndpoint close => $"transport: done with {name(close.Endpoint)}",
        ProviderEffect.HandOffEndpoint handOff => Text($"transport: takes over {name(handOff.Endpoint)} with {Bytes(handOff.Rest)} byte(s) to send and {handOff.InFlight} on their way, then FIN"),
        _ => effect.GetType().Name,
    };

    private static long Bytes(System.Collections.Immutable.ImmutableArray<Payload> data) => data.IsDefault ? 0 : data.Sum(run => (long)run.Length);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
