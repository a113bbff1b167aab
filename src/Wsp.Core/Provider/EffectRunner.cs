using System.Collections.Concurrent;
using Wsp.Model;
using Wsp.Spi;
using Wsp.Transport;

namespace Wsp.Provider;

/// <summary>Carries out one effect: on a blocked caller, on the client's records, through an upcall, or at the transport.</summary>
internal sealed class EffectRunner(
    WspProvider provider,
    ITransportSession transport,
    HandleBridge handles,
    ConcurrentDictionary<long, BlockedCaller> callers,
    ConcurrentDictionary<long, OverlappedUse> uses)
{
    public void Run(ProviderEffect effect)
    {
        if (effect is ProviderEffect.EndpointEffect endpointEffect)
            RunAtTransport(endpointEffect);
        else
            RunAtClient(effect);
    }

    /// <summary>Lets go of the records whose operations ended in a batch, and of all of them when the provider may be unloaded.</summary>
    public void LetGo(EffectPump.Batch batch)
    {
        foreach (ProviderEffect effect in batch.Effects)
        {
            // With a routine the use lives on until the routine has run, or has lost its chance at a cleanup.
            if (effect is ProviderEffect.FinishOverlapped finish && uses.TryGetValue(finish.Request, out OverlappedUse? use) && use.Routine is null)
                uses.TryRemove(finish.Request, out _);
            else if (effect is ProviderEffect.Unloadable && batch.Transition.State.Routines.Count == 0)
                uses.Clear();
        }
    }

    private void RunAtClient(ProviderEffect effect)
    {
        switch (effect)
        {
            case ProviderEffect.ReleaseCaller release:
                if (callers.TryGetValue(release.Call, out BlockedCaller? caller))
                    caller.Release(release.Result);
                break;
            case ProviderEffect.BeginOverlapped begin:
                if (uses.TryGetValue(begin.Request, out OverlappedUse? begun))
                    begun.Overlapped.Internal = NtStatus.Pending;
                break;
            case ProviderEffect.FinishOverlapped finish:
                Finish(finish);
                break;
            case ProviderEffect.SetEvent set:
                provider.Upcalls.SetEvent(set.EventObject);
                break;
            case ProviderEffect.ResetEvent reset:
                provider.Upcalls.ResetEvent(reset.EventObject);
                break;
            case ProviderEffect.QueueRoutine queue:
                provider.Upcalls.QueueApc(queue.Thread, RoutineApc.Shim, new RoutineApc(provider, uses, queue.Routine, queue.Request));
                break;
            case ProviderEffect.PostCompletion post:
                PostPacket(post);
                break;
            case ProviderEffect.PostMessage message:
                provider.Upcalls.PostMessage(message.Window, message.Message, handles.Outer(message.Socket).Value, (long)message.Event | ((long)message.Error << 16));
                break;
            case ProviderEffect.ReleaseHandle release:
                handles.Release(provider.Upcalls, release.Socket);
                break;
        }
    }

    private void RunAtTransport(ProviderEffect.EndpointEffect effect)
    {
        switch (effect)
        {
            case ProviderEffect.BindEndpoint bind:
                transport.Bind(bind.Endpoint, EndpointKind.Of(bind.Socket), bind.Address);
                break;
            case ProviderEffect.ListenEndpoint listen:
                transport.Listen(listen.Endpoint, listen.Backlog);
                break;
            case ProviderEffect.ConnectEndpoint connect:
                transport.Connect(connect.Endpoint, EndpointKind.Of(connect.Socket), connect.Remote);
                break;
            case ProviderEffect.AcceptEndpoint:
                transport.Accepted(effect.Endpoint);
                break;
            case ProviderEffect.Transmit transmit:
                transport.Transmit(transmit.Endpoint, transmit.Data);
                break;
            case ProviderEffect.TransmitDatagram datagram:
                transport.TransmitDatagram(datagram.Endpoint, EndpointKind.Of(datagram.Socket), datagram.To, datagram.Data);
                break;
            case ProviderEffect.Consumed consumed:
                transport.Consumed(consumed.Endpoint, consumed.Count);
                break;
            case ProviderEffect.FinishEndpoint:
                transport.Finish(effect.Endpoint);
                break;
            case ProviderEffect.ResetEndpoint:
                transport.Reset(effect.Endpoint);
                break;
            case ProviderEffect.CloseEndpoint:
                transport.Close(effect.Endpoint);
                break;
            case ProviderEffect.HandOffEndpoint handOff:
                transport.HandOff(handOff.Endpoint, handOff.Rest);
                break;
        }
    }

    private void Finish(ProviderEffect.FinishOverlapped finish)
    {
        if (uses.TryGetValue(finish.Request, out OverlappedUse? use))
            use.Finish(finish);
    }

    private void PostPacket(ProviderEffect.PostCompletion post)
    {
        if (!uses.TryGetValue(post.Request, out OverlappedUse? use))
            return;
        if (provider.Upcalls is ICompletionPorts ports)
            ports.Post(post.Port, new CompletionPacket(post.PortKey, use.Overlapped, post.Count, post.Error.ToNtStatus()));
        else
            provider.Upcalls.CompleteOverlappedRequest(SocketHandle.Invalid, use.Overlapped, post.Error, post.Count);
    }
}
