using System.Collections.Immutable;
using Wsp.Specification;
using Wsp.Spi;

namespace Wsp.Model;

/// <summary>What an effect does, seen from outside.</summary>
public enum EffectGroup
{
    /// <summary>Releases a blocked caller or writes a record: tells nobody who did not ask.</summary>
    Answer,

    /// <summary>Tells the client: an event, a routine, a packet, a message.</summary>
    Notification,

    /// <summary>Asks something of the transport.</summary>
    Transport,

    /// <summary>Gives a system resource back.</summary>
    Release,
}

/// <summary>
/// Something the shell has to do after a transition, in order. What is not an effect does not happen: silence is the absence of one.
/// </summary>
public abstract record ProviderEffect
{
    private protected ProviderEffect(EffectGroup group) => Group = group;

    /// <summary>What it does, seen from outside.</summary>
    public EffectGroup Group { get; }

    /// <summary>The rule that caused it.</summary>
    public required Rule Because { get; init; }

    /// <summary>Something about a transport endpoint.</summary>
    public abstract record EndpointEffect : ProviderEffect
    {
        private protected EndpointEffect()
            : base(EffectGroup.Transport)
        {
        }

        /// <summary>The endpoint, named by the handle of its socket. The name outlives the handle.</summary>
        public required SocketHandle Endpoint { get; init; }
    }

    /// <summary>A blocked call is to return.</summary>
    public sealed record ReleaseCaller() : ProviderEffect(EffectGroup.Answer)
    {
        /// <summary>The call.</summary>
        public required long Call { get; init; }

        /// <summary>Its thread.</summary>
        public WspThreadId Thread { get; init; }

        /// <summary>What it returns.</summary>
        public CallResult Result { get; init; }
    }

    /// <summary>An overlapped operation has become pending: its record shows it in progress.</summary>
    public sealed record BeginOverlapped() : ProviderEffect(EffectGroup.Answer)
    {
        /// <summary>The operation, by <see cref="OverlappedRequest.Id"/>.</summary>
        public required long Request { get; init; }
    }

    /// <summary>An overlapped operation has ended: data goes into its buffers and the result into its record. Tells nobody.</summary>
    public sealed record FinishOverlapped() : ProviderEffect(EffectGroup.Answer)
    {
        /// <summary>The operation, by <see cref="OverlappedRequest.Id"/>.</summary>
        public required long Request { get; init; }

        /// <summary>The socket.</summary>
        public SocketHandle Socket { get; init; }

        /// <summary>The final status.</summary>
        public WsaError Error { get; init; }

        /// <summary>The bytes moved.</summary>
        public int Count { get; init; }

        /// <summary>The flags that go with it.</summary>
        public MessageFlags Flags { get; init; }

        /// <summary>Data for the buffers.</summary>
        public ImmutableArray<Payload> Data { get; init; }

        /// <summary>The source address of a datagram.</summary>
        public SockAddr From { get; init; }

        /// <summary>Whether it ended inside the call that started it.</summary>
        public bool AtOnce { get; init; }
    }

    /// <summary>An event object is set.</summary>
    public sealed record SetEvent() : ProviderEffect(EffectGroup.Notification)
    {
        /// <summary>The event.</summary>
        public required EventHandle EventObject { get; init; }

        /// <summary>The operation it indicates, by <see cref="OverlappedRequest.Id"/>; zero for network events.</summary>
        public long Request { get; init; }
    }

    /// <summary>An event object is reset, because an operation has become pending or a record was fetched.</summary>
    public sealed record ResetEvent() : ProviderEffect(EffectGroup.Answer)
    {
        /// <summary>The event.</summary>
        public required EventHandle EventObject { get; init; }
    }

    /// <summary>A completion routine is queued to its thread.</summary>
    public sealed record QueueRoutine() : ProviderEffect(EffectGroup.Notification)
    {
        /// <summary>The routine, as a key in <see cref="ProviderState.Routines"/>.</summary>
        public required long Routine { get; init; }

        /// <summary>The operation, by <see cref="OverlappedRequest.Id"/>.</summary>
        public long Request { get; init; }

        /// <summary>The thread.</summary>
        public WspThreadId Thread { get; init; }
    }

    /// <summary>A completion packet is queued to a port.</summary>
    public sealed record PostCompletion() : ProviderEffect(EffectGroup.Notification)
    {
        /// <summary>The port.</summary>
        public required CompletionPortHandle Port { get; init; }

        /// <summary>The key of the association.</summary>
        public long PortKey { get; init; }

        /// <summary>The operation, by <see cref="OverlappedRequest.Id"/>.</summary>
        public long Request { get; init; }

        /// <summary>The final status.</summary>
        public WsaError Error { get; init; }

        /// <summary>The bytes moved.</summary>
        public int Count { get; init; }
    }

    /// <summary>A message is posted to a window.</summary>
    public sealed record PostMessage() : ProviderEffect(EffectGroup.Notification)
    {
        /// <summary>The window.</summary>
        public required WindowHandle Window { get; init; }

        /// <summary>The message.</summary>
        public int Message { get; init; }

        /// <summary>The socket.</summary>
        public SocketHandle Socket { get; init; }

        /// <summary>The event.</summary>
        public NetworkEvents Event { get; init; }

        /// <summary>Its error.</summary>
        public WsaError Error { get; init; }
    }

    /// <summary>A descriptor goes back to whoever made it (CLOSE-35, CLEANUP-40).</summary>
    public sealed record ReleaseHandle() : ProviderEffect(EffectGroup.Release)
    {
        /// <summary>The descriptor.</summary>
        public required SocketHandle Socket { get; init; }
    }

    /// <summary>The provider may be unloaded: nothing of it runs or touches a caller's memory any more.</summary>
    public sealed record Unloadable() : ProviderEffect(EffectGroup.Release);

    /// <summary>The transport is to bind an endpoint; it answers with <see cref="ProviderInput.BindAnswered"/>.</summary>
    public sealed record BindEndpoint : EndpointEffect
    {
        /// <summary>The address asked for.</summary>
        public SockAddr Address { get; init; }

        /// <summary>The socket's type, options and family, which decide over sharing an address.</summary>
        public required SocketState Socket { get; init; }
    }

    /// <summary>The transport is to listen; it answers with <see cref="ProviderInput.ListenAnswered"/>.</summary>
    public sealed record ListenEndpoint : EndpointEffect
    {
        /// <summary>The longest queue.</summary>
        public int Backlog { get; init; }
    }

    /// <summary>The transport is to connect; it answers with <see cref="ProviderInput.ConnectAnswered"/>.</summary>
    public sealed record ConnectEndpoint : EndpointEffect
    {
        /// <summary>The peer.</summary>
        public SockAddr Remote { get; init; }

        /// <summary>The socket.</summary>
        public required SocketState Socket { get; init; }
    }

    /// <summary>A waiting connection was accepted.</summary>
    public sealed record AcceptEndpoint : EndpointEffect;

    /// <summary>Stream data goes out.</summary>
    public sealed record Transmit : EndpointEffect
    {
        /// <summary>The data.</summary>
        public ImmutableArray<Payload> Data { get; init; }
    }

    /// <summary>A datagram goes out.</summary>
    public sealed record TransmitDatagram : EndpointEffect
    {
        /// <summary>Its destination.</summary>
        public SockAddr To { get; init; }

        /// <summary>Its content.</summary>
        public Payload Data { get; init; }

        /// <summary>The socket.</summary>
        public required SocketState Socket { get; init; }
    }

    /// <summary>Room for received data has become free.</summary>
    public sealed record Consumed : EndpointEffect
    {
        /// <summary>How many bytes.</summary>
        public int Count { get; init; }
    }

    /// <summary>Our side of the stream ends in good order behind the data sent: a FIN.</summary>
    public sealed record FinishEndpoint : EndpointEffect;

    /// <summary>The connection is reset at once: an RST. The endpoint is free.</summary>
    public sealed record ResetEndpoint : EndpointEffect;

    /// <summary>The provider is done with the endpoint; what the transport still has of it is sent in good order.</summary>
    public sealed record CloseEndpoint : EndpointEffect;

    /// <summary>The rest of a closed connection passes to the transport, which outlives the provider: data, then a FIN.</summary>
    public sealed record HandOffEndpoint : EndpointEffect
    {
        /// <summary>The data not handed over before.</summary>
        public ImmutableArray<Payload> Rest { get; init; }

        /// <summary>Bytes handed over before and not yet taken.</summary>
        public int InFlight { get; init; }
    }
}
