using System.Net.Sockets;
using Wsp.Spi;

namespace Wsp.Model;

/// <summary>
/// Something that happens to a provider: a call of a client's thread, news from the network, or a step of time. Calls carry the thread they come
/// from; nothing in the model reads a clock or asks who is calling.
/// </summary>
public abstract record ProviderInput
{
    private protected ProviderInput(InputKind kind) => Kind = kind;

    /// <summary>Which input it is.</summary>
    public InputKind Kind { get; }

    /// <summary>A call of a client's thread.</summary>
    public abstract record Call : ProviderInput
    {
        private protected Call(InputKind kind)
            : base(kind)
        {
        }

        /// <summary>The calling thread.</summary>
        public WspThreadId Thread { get; init; }
    }

    /// <summary>A call that names a socket.</summary>
    public abstract record SocketCall : Call
    {
        private protected SocketCall(InputKind kind)
            : base(kind)
        {
        }

        /// <summary>The socket.</summary>
        public new required SocketHandle Socket { get; init; }
    }

    /// <summary>A call that can be overlapped.</summary>
    public abstract record TransferCall : SocketCall
    {
        private protected TransferCall(InputKind kind)
            : base(kind)
        {
        }

        /// <summary>The overlapped side, or null for a synchronous call.</summary>
        public OverlappedRequest? Overlapped { get; init; }

        /// <summary>Flags.</summary>
        public MessageFlags Flags { get; init; }

        /// <summary>Whether the pointer to the byte count is null.</summary>
        public bool CountMissing { get; init; }

        /// <summary>The number of buffers.</summary>
        public int BufferCount { get; init; } = 1;

        /// <summary>Whether the buffers together are longer than one array can hold, about 2 GiB. A send is then refused; a receive may fill less than all.</summary>
        public bool IsTooLong { get; init; }
    }

    /// <summary>WSPStartup.</summary>
    public sealed record Startup() : Call(InputKind.Startup)
    {
        /// <summary>The version asked for.</summary>
        public WspVersion Version { get; init; } = WspVersion.V2_2;

        /// <summary>Whether both output pointers are given.</summary>
        public bool HasPointers { get; init; } = true;

        /// <summary>Who asks, for diagnosis.</summary>
        public string? Client { get; init; }

        /// <summary>A number that stands for the upcall table handed over.</summary>
        public long UpcallTable { get; init; }

        /// <summary>Whether a blocking call of a 1.1 client is under way, which only the DLL can know (WSAEINPROGRESS).</summary>
        public bool LegacyCallInProgress { get; init; }
    }

    /// <summary>WSPCleanup.</summary>
    public sealed record Cleanup() : Call(InputKind.Cleanup)
    {
        /// <summary>Who gives its reference back, for diagnosis.</summary>
        public string? Client { get; init; }
    }

    /// <summary>WSPSocket.</summary>
    public sealed record Socket() : Call(InputKind.Socket)
    {
        /// <summary>The address family.</summary>
        public AddressFamily Family { get; init; } = AddressFamily.InterNetwork;

        /// <summary>The socket type.</summary>
        public SocketType Type { get; init; } = SocketType.Stream;

        /// <summary>The protocol.</summary>
        public ProtocolType Protocol { get; init; }

        /// <summary>The protocol description, or null.</summary>
        public WsaProtocolInfo? ProtocolInfo { get; init; }

        /// <summary>The socket group.</summary>
        public int Group { get; init; }

        /// <summary>Attribute flags.</summary>
        public WsaSocketFlags Flags { get; init; } = WsaSocketFlags.Overlapped;
    }

    /// <summary>WSPCloseSocket.</summary>
    public sealed record CloseSocket() : SocketCall(InputKind.CloseSocket);

    /// <summary>WSPBind.</summary>
    public sealed record Bind() : SocketCall(InputKind.Bind)
    {
        /// <summary>The address; none if the bytes given did not form one.</summary>
        public SockAddr Address { get; init; }
    }

    /// <summary>WSPListen.</summary>
    public sealed record Listen() : SocketCall(InputKind.Listen)
    {
        /// <summary>The longest queue asked for.</summary>
        public int Backlog { get; init; }
    }

    /// <summary>WSPAccept.</summary>
    public sealed record Accept() : SocketCall(InputKind.Accept)
    {
        /// <summary>The capacity for the remote address, in bytes; null when a pointer is missing.</summary>
        public int? NameLength { get; init; }

        /// <summary>Whether there is a condition function.</summary>
        public bool Conditional { get; init; }
    }

    /// <summary>The answer of a condition function.</summary>
    public sealed record Decide() : Call(InputKind.Decide)
    {
        /// <summary>The accept it belongs to.</summary>
        public required long PendingCall { get; init; }

        /// <summary>The answer.</summary>
        public ConditionAnswer Answer { get; init; }
    }

    /// <summary>WSPConnect.</summary>
    public sealed record Connect() : SocketCall(InputKind.Connect)
    {
        /// <summary>The peer, or null if the bytes given did not form an address.</summary>
        public SockAddr? Address { get; init; }

        /// <summary>Whether there is user data for the peer.</summary>
        public bool HasCallerData { get; init; }

        /// <summary>Whether there are flow specifications.</summary>
        public bool HasQos { get; init; }
    }

    /// <summary>WSPShutdown.</summary>
    public sealed record Shutdown() : SocketCall(InputKind.Shutdown)
    {
        /// <summary>The direction.</summary>
        public SocketShutdown How { get; init; }
    }

    /// <summary>WSPSendDisconnect.</summary>
    public sealed record SendDisconnect() : SocketCall(InputKind.SendDisconnect)
    {
        /// <summary>Whether there is disconnect data.</summary>
        public bool HasData { get; init; }
    }

    /// <summary>WSPRecvDisconnect.</summary>
    public sealed record RecvDisconnect() : SocketCall(InputKind.RecvDisconnect)
    {
        /// <summary>Whether room for disconnect data is given.</summary>
        public bool HasData { get; init; }
    }

    /// <summary>WSPSend.</summary>
    public sealed record Send() : TransferCall(InputKind.Send)
    {
        /// <summary>The data.</summary>
        public Payload Data { get; init; }
    }

    /// <summary>WSPSendTo.</summary>
    public sealed record SendTo() : TransferCall(InputKind.SendTo)
    {
        /// <summary>The data.</summary>
        public Payload Data { get; init; }

        /// <summary>The destination; null for none given, no address if the bytes given did not form one.</summary>
        public SockAddr? Address { get; init; }
    }

    /// <summary>WSPRecv.</summary>
    public sealed record Recv() : TransferCall(InputKind.Recv)
    {
        /// <summary>The capacity of the buffers, in bytes.</summary>
        public int Wanted { get; init; }
    }

    /// <summary>WSPRecvFrom.</summary>
    public sealed record RecvFrom() : TransferCall(InputKind.RecvFrom)
    {
        /// <summary>The capacity of the buffers, in bytes.</summary>
        public int Wanted { get; init; }

        /// <summary>The capacity for the source address, in bytes; null when a pointer is missing.</summary>
        public int? FromLength { get; init; }
    }

    /// <summary>WSPGetOverlappedResult, with what the record says at the moment of the call.</summary>
    public sealed record GetOverlappedResult() : SocketCall(InputKind.GetOverlappedResult)
    {
        /// <summary>The last operation the record was given to, by <see cref="OverlappedRequest.Id"/>; zero for none.</summary>
        public long Request { get; init; }

        /// <summary>Whether the pointer to the record is null.</summary>
        public bool RecordMissing { get; init; }

        /// <summary>Its status word.</summary>
        public NtStatus Status { get; init; }

        /// <summary>Its byte count.</summary>
        public int Count { get; init; }

        /// <summary>Its flags.</summary>
        public MessageFlags Flags { get; init; }

        /// <summary>Whether to wait.</summary>
        public bool Wait { get; init; }
    }

    /// <summary>WSPCancelBlockingCall.</summary>
    public sealed record CancelBlockingCall() : Call(InputKind.CancelBlockingCall);

    /// <summary>WSPGetSockName.</summary>
    public sealed record GetSockName() : SocketCall(InputKind.GetSockName)
    {
        /// <summary>The capacity, in bytes; null when a pointer is missing.</summary>
        public int? NameLength { get; init; }
    }

    /// <summary>WSPGetPeerName.</summary>
    public sealed record GetPeerName() : SocketCall(InputKind.GetPeerName)
    {
        /// <summary>The capacity, in bytes; null when a pointer is missing.</summary>
        public int? NameLength { get; init; }
    }

    /// <summary>WSPEventSelect.</summary>
    public sealed record EventSelect() : SocketCall(InputKind.EventSelect)
    {
        /// <summary>The event object.</summary>
        public EventHandle EventObject { get; init; }

        /// <summary>The events.</summary>
        public NetworkEvents Events { get; init; }
    }

    /// <summary>WSPAsyncSelect.</summary>
    public sealed record AsyncSelect() : SocketCall(InputKind.AsyncSelect)
    {
        /// <summary>The window.</summary>
        public WindowHandle Window { get; init; }

        /// <summary>The message.</summary>
        public int Message { get; init; }

        /// <summary>The events.</summary>
        public NetworkEvents Events { get; init; }
    }

    /// <summary>WSPEnumNetworkEvents.</summary>
    public sealed record EnumNetworkEvents() : SocketCall(InputKind.EnumNetworkEvents)
    {
        /// <summary>The event object to reset, or none.</summary>
        public EventHandle EventObject { get; init; }

        /// <summary>Whether the pointer to the record is null.</summary>
        public bool RecordMissing { get; init; }
    }

    /// <summary>WSPIoctl.</summary>
    public sealed record Ioctl() : TransferCall(InputKind.Ioctl)
    {
        /// <summary>The control code.</summary>
        public uint Code { get; init; }

        /// <summary>The input, or null for a null pointer.</summary>
        public ReadOnlyMemory<byte>? Input { get; init; }

        /// <summary>The capacity for output, in bytes.</summary>
        public int OutputLength { get; init; }
    }

    /// <summary>WSPGetSockOpt.</summary>
    public sealed record GetSockOpt() : SocketCall(InputKind.GetSockOpt)
    {
        /// <summary>The level.</summary>
        public int Level { get; init; }

        /// <summary>The option.</summary>
        public int Name { get; init; }

        /// <summary>The capacity as the caller states it; null when a pointer is missing.</summary>
        public int? Length { get; init; }
    }

    /// <summary>WSPSetSockOpt.</summary>
    public sealed record SetSockOpt() : SocketCall(InputKind.SetSockOpt)
    {
        /// <summary>The level.</summary>
        public int Level { get; init; }

        /// <summary>The option.</summary>
        public int Name { get; init; }

        /// <summary>The value, or null for a null pointer.</summary>
        public ReadOnlyMemory<byte>? Value { get; init; }

        /// <summary>The length as the caller states it.</summary>
        public int Length { get; init; }
    }

    /// <summary>The system associates a socket with a completion port.</summary>
    public sealed record AssociatePort() : SocketCall(InputKind.AssociatePort)
    {
        /// <summary>The port.</summary>
        public CompletionPortHandle Port { get; init; }

        /// <summary>The key that packets will carry.</summary>
        public long PortKey { get; init; }
    }

    /// <summary>The system cancels the overlapped operations that a thread has pending on a socket.</summary>
    public sealed record CancelIo() : SocketCall(InputKind.CancelIo);

    /// <summary>A released call has returned on its thread.</summary>
    public sealed record CallReturned() : ProviderInput(InputKind.CallReturned)
    {
        /// <summary>The call.</summary>
        public required long PendingCall { get; init; }
    }

    /// <summary>The turn of a queued completion routine has come, in an alertable wait of its thread.</summary>
    public sealed record RoutineDue() : ProviderInput(InputKind.RoutineDue)
    {
        /// <summary>The routine, as a key in <see cref="ProviderState.Routines"/>.</summary>
        public required long Routine { get; init; }
    }

    /// <summary>A completion routine has returned.</summary>
    public sealed record RoutineDone() : ProviderInput(InputKind.RoutineDone)
    {
        /// <summary>The routine, as a key in <see cref="ProviderState.Routines"/>.</summary>
        public required long Routine { get; init; }
    }

    /// <summary>The transport has answered a bind.</summary>
    public sealed record BindAnswered() : ProviderInput(InputKind.BindAnswered)
    {
        /// <summary>The socket.</summary>
        public required SocketHandle Endpoint { get; init; }

        /// <summary>The answer.</summary>
        public WsaError Error { get; init; }

        /// <summary>The address bound.</summary>
        public SockAddr Local { get; init; }
    }

    /// <summary>The transport has given an endpoint a local address on its own, as it does at a connect or a first datagram.</summary>
    public sealed record AddressAssigned() : ProviderInput(InputKind.AddressAssigned)
    {
        /// <summary>The socket.</summary>
        public required SocketHandle Endpoint { get; init; }

        /// <summary>The address.</summary>
        public SockAddr Local { get; init; }
    }

    /// <summary>The transport has answered a listen.</summary>
    public sealed record ListenAnswered() : ProviderInput(InputKind.ListenAnswered)
    {
        /// <summary>The socket.</summary>
        public required SocketHandle Endpoint { get; init; }

        /// <summary>The answer.</summary>
        public WsaError Error { get; init; }
    }

    /// <summary>A connection attempt has ended.</summary>
    public sealed record ConnectAnswered() : ProviderInput(InputKind.ConnectAnswered)
    {
        /// <summary>The socket.</summary>
        public required SocketHandle Endpoint { get; init; }

        /// <summary>The answer.</summary>
        public WsaError Error { get; init; }

        /// <summary>The local address.</summary>
        public SockAddr Local { get; init; }

        /// <summary>The peer's address.</summary>
        public SockAddr Remote { get; init; }
    }

    /// <summary>A connection has arrived at a listener. The result names the endpoint it gets, or refuses it.</summary>
    public sealed record ConnectionArrived() : ProviderInput(InputKind.ConnectionArrived)
    {
        /// <summary>The listening socket.</summary>
        public required SocketHandle Listener { get; init; }

        /// <summary>The local address.</summary>
        public SockAddr Local { get; init; }

        /// <summary>The peer's address.</summary>
        public SockAddr Remote { get; init; }
    }

    /// <summary>Stream data has arrived.</summary>
    public sealed record DataArrived() : ProviderInput(InputKind.DataArrived)
    {
        /// <summary>The socket.</summary>
        public required SocketHandle Endpoint { get; init; }

        /// <summary>The data.</summary>
        public Payload Data { get; init; }
    }

    /// <summary>A datagram has arrived.</summary>
    public sealed record DatagramArrived() : ProviderInput(InputKind.DatagramArrived)
    {
        /// <summary>The socket.</summary>
        public required SocketHandle Endpoint { get; init; }

        /// <summary>Its source.</summary>
        public SockAddr From { get; init; }

        /// <summary>Its content.</summary>
        public Payload Data { get; init; }
    }

    /// <summary>The network has taken bytes that were handed to it.</summary>
    public sealed record BytesTaken() : ProviderInput(InputKind.BytesTaken)
    {
        /// <summary>The socket.</summary>
        public required SocketHandle Endpoint { get; init; }

        /// <summary>How many.</summary>
        public int Count { get; init; }
    }

    /// <summary>The peer has ended its side in good order.</summary>
    public sealed record PeerFinished() : ProviderInput(InputKind.PeerFinished)
    {
        /// <summary>The socket.</summary>
        public required SocketHandle Endpoint { get; init; }
    }

    /// <summary>A connection was reset or broken.</summary>
    public sealed record ConnectionBroken() : ProviderInput(InputKind.ConnectionBroken)
    {
        /// <summary>The socket.</summary>
        public required SocketHandle Endpoint { get; init; }

        /// <summary>How: WSAECONNRESET, WSAECONNABORTED, WSAENETRESET or WSAETIMEDOUT.</summary>
        public WsaError Error { get; init; } = WsaError.ConnectionReset;
    }

    /// <summary>The network below the provider has gone down.</summary>
    public sealed record NetworkDown() : ProviderInput(InputKind.NetworkDown);

    /// <summary>The network is back.</summary>
    public sealed record NetworkUp() : ProviderInput(InputKind.NetworkUp);

    /// <summary>The process has ended, without cleanup if any reference is outstanding.</summary>
    public sealed record ProcessEnded() : ProviderInput(InputKind.ProcessEnded);

    /// <summary>Time has passed.</summary>
    public sealed record TimePassed() : ProviderInput(InputKind.TimePassed)
    {
        /// <summary>The model time, in microseconds from any origin; never runs back.</summary>
        public long Now { get; init; }
    }

    /// <summary>The final cleanup may take more steps.</summary>
    public sealed record Advance() : ProviderInput(InputKind.Advance)
    {
        /// <summary>The most steps to take, one or more.</summary>
        public int Steps { get; init; } = 1;

        /// <summary>Whether to stop where a stage of the cleanup ends, so that each transition is about one stage.</summary>
        public bool StopsAtStage { get; init; }

        /// <summary>As far as the next point where cleanup has to wait.</summary>
        public static Advance AsFarAsPossible { get; } = new() { Steps = int.MaxValue };
    }
}
