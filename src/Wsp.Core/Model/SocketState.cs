using System.Net.Sockets;
using Wsp.Model.Tables;
using Wsp.Spi;

namespace Wsp.Model;

/// <summary>What a table entry is to the client.</summary>
public enum SocketPhase
{
    /// <summary>A connection waiting to be accepted; the client has no handle of it yet.</summary>
    Waiting,

    /// <summary>An open socket.</summary>
    Open,

    /// <summary>A closed socket with work left for the provider: its handle is gone, its data is still sent (CLOSE-17, CLOSE-20).</summary>
    Closed,
}

/// <summary>How far a socket is on the way from creation to connection.</summary>
public enum SocketStage
{
    /// <summary>No local name (SOCKET-37).</summary>
    Unbound,

    /// <summary>A bind is at the transport.</summary>
    Binding,

    /// <summary>A local name.</summary>
    Bound,

    /// <summary>Listening.</summary>
    Listening,

    /// <summary>A connect is under way.</summary>
    Connecting,

    /// <summary>Connected; for a datagram socket, with a default peer.</summary>
    Connected,

    /// <summary>The connection was broken; <see cref="SocketState.BrokenBy"/> says how.</summary>
    Broken,
}

/// <summary>A datagram that waits to be received.</summary>
/// <param name="From">Its source.</param>
/// <param name="Data">Its content.</param>
public readonly record struct Datagram(SockAddr From, Payload Data);

/// <summary>Everything the provider knows of one socket.</summary>
/// <threadsafety>Immutable once the transition that made it has returned.</threadsafety>
public sealed class SocketState : IKeyed
{
    private const int HandleShift = 2;

    /// <summary>The key in the socket table.</summary>
    public long Key { get; internal init; }

    /// <summary>The descriptor; a multiple of four, as system handles are.</summary>
    public SocketHandle Handle => new(Key << HandleShift);

    /// <summary>What the entry is to the client.</summary>
    public SocketPhase Phase { get; internal set; }

    /// <summary>How far it is.</summary>
    public SocketStage Stage { get; internal set; }

    /// <summary>The address family.</summary>
    public AddressFamily Family { get; internal init; }

    /// <summary>The socket type.</summary>
    public SocketType Type { get; internal init; }

    /// <summary>The protocol.</summary>
    public ProtocolType Protocol { get; internal init; }

    /// <summary>The attribute flags it was created with.</summary>
    public WsaSocketFlags Flags { get; internal set; }

    /// <summary>The local address; of a bind under way, the one asked for.</summary>
    public SockAddr Local { get; internal set; }

    /// <summary>The peer's address.</summary>
    public SockAddr Remote { get; internal set; }

    /// <summary>Whether calls that cannot finish at once fail instead of blocking.</summary>
    public bool Nonblocking { get; internal set; }

    /// <summary>The options.</summary>
    public SocketOptions Options { get; internal set; } = null!;

    /// <summary>The thread that opened it.</summary>
    public WspThreadId OpenedBy { get; internal init; }

    /// <summary>When it was connected, in microseconds of model time; -1 before.</summary>
    public long ConnectedAt { get; internal set; } = -1;

    /// <summary>The error that SO_ERROR reports and clears.</summary>
    public WsaError PendingError { get; internal set; }

    /// <summary>What broke the connection.</summary>
    public WsaError BrokenBy { get; internal set; }

    /// <summary>Received stream data that nobody has read yet.</summary>
    public ByteQueue Received { get; internal set; }

    /// <summary>Received datagrams that nobody has read yet.</summary>
    public Fifo<Datagram> Datagrams { get; internal set; }

    /// <summary>The bytes in <see cref="Datagrams"/>.</summary>
    public long DatagramBytes { get; internal set; }

    /// <summary>Whether the peer has ended its side in good order.</summary>
    public bool PeerFinished { get; internal set; }

    /// <summary>Whether receiving was shut down.</summary>
    public bool ReceiveShutdown { get; internal set; }

    /// <summary>Whether sending was shut down.</summary>
    public bool SendShutdown { get; internal set; }

    /// <summary>Whether the end of our side was handed to the transport.</summary>
    public bool FinishSent { get; internal set; }

    /// <summary>Data accepted from the client and not yet handed to the transport.</summary>
    public ByteQueue Unsent { get; internal set; }

    /// <summary>Bytes handed to the transport and not yet reported as taken.</summary>
    public int InFlight { get; internal set; }

    /// <summary>Bytes accepted and not yet taken by the network: the linger queue of a closed socket.</summary>
    public long QueuedBytes => Unsent.Length + InFlight;

    /// <summary>Pending receives, blocked and overlapped, in the order they were made.</summary>
    public Fifo<PendingCall> Receivers { get; internal set; }

    /// <summary>Pending sends, blocked and overlapped, in the order they were made.</summary>
    public Fifo<PendingCall> Senders { get; internal set; }

    /// <summary>Blocked accepts, in the order they were made.</summary>
    public Fifo<PendingCall> Acceptors { get; internal set; }

    /// <summary>The call that waits for a bind, listen, connect or lingering close, if any.</summary>
    public PendingCall? Waiter { get; internal set; }

    /// <summary>The longest accept queue.</summary>
    public int Backlog { get; internal set; }

    /// <summary>The keys of the connections waiting to be accepted, oldest first.</summary>
    public Fifo<long> AcceptQueue { get; internal set; }

    /// <summary>Whether the request at the head of the queue was deferred (ACCEPT-13 to ACCEPT-16).</summary>
    public bool HeadDeferred { get; internal set; }

    /// <summary>The listener whose queue a waiting connection is in, as a key.</summary>
    public long Listener { get; internal set; }

    /// <summary>What network events are asked for, and which have happened.</summary>
    public EventRegistration Events { get; internal set; } = EventRegistration.None;

    /// <summary>Whether a send was refused for lack of room, so that FD_WRITE is owed when there is some again (EVSEL-27).</summary>
    public bool WriteWanted { get; internal set; }

    /// <summary>Whether it became connected by WSPConnect, rather than by being accepted.</summary>
    public bool Initiated { get; internal set; }

    /// <summary>Whether a finished connect was not yet told to an event registration.</summary>
    public bool ConnectUntold { get; internal set; }

    /// <summary>The completion port the handle is associated with, if any.</summary>
    public CompletionPortHandle Port { get; internal set; }

    /// <summary>The key of that association.</summary>
    public long PortKey { get; internal set; }

    /// <summary>Whether it is a stream socket.</summary>
    public bool IsStream => Type == SocketType.Stream;

    /// <summary>Whether overlapped operations are possible.</summary>
    public bool IsOverlapped => (Flags & WsaSocketFlags.Overlapped) != 0;

    /// <summary>The transition that may still change this object in place.</summary>
    internal EditToken? Owner { get; private set; }

    internal static SocketHandle HandleOf(long key) => new(key << HandleShift);

    internal static long KeyOf(SocketHandle handle) => handle.Value > 0 && (handle.Value & ((1 << HandleShift) - 1)) == 0 ? handle.Value >> HandleShift : 0;

    internal SocketState EditableBy(EditToken token)
    {
        if (ReferenceEquals(Owner, token))
            return this;
        var copy = (SocketState)MemberwiseClone();
        copy.Owner = token;
        return copy;
    }

    internal static SocketState Create(EditToken token, long key, AddressFamily family, SocketType type, ProtocolType protocol, WspThreadId thread) =>
        new() { Key = key, Family = family, Type = type, Protocol = protocol, OpenedBy = thread, Owner = token };
}
