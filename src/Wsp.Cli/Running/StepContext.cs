using System.Net;
using System.Net.Sockets;
using System.Text;
using Wsp.Cli.Input;
using Wsp.Cli.Running.Peers;
using Wsp.Cli.Vocabulary;
using Wsp.Provider;
using Wsp.Spi;

namespace Wsp.Cli.Running;

/// <summary>A step being carried out: its world, and its arguments as the call wants them.</summary>
internal sealed class StepContext(World world, Step step)
{
    private const byte GarbageByte = 0xFE;

    public World World { get; } = world;

    public Step Step { get; } = step;

    public WspProvider Provider => World.Provider;

    public Node? this[string name] => Step.Args[name];

    public string? Text(string name) => this[name]?.Text;

    public bool Has(string name) => this[name] is not null;

    public bool Bool(string name, bool otherwise) => this[name] is { Kind: NodeKind.Bool } node ? node.Bool : otherwise;

    /// <summary>Whether a pointer is given; an unreadable one counts as missing, since there is no such thing here.</summary>
    public bool Pointer(string name) => this[name] switch
    {
        null => true,
        { Kind: NodeKind.Bool } node => node.Bool,
        _ => false,
    };

    public int Int(string name, int otherwise) => this[name] is { } node ? unchecked((int)Number(node)) : otherwise;

    public long Long(string name, long otherwise) => this[name] is { } node ? Number(node) : otherwise;

    public TimeSpan Timeout(double otherwise) => TimeSpan.FromMilliseconds(this["timeout_ms"] is { } node ? Number(node) : otherwise);

    /// <summary>The sum of a list of constants; <paramref name="otherwise"/> when it is left out.</summary>
    public int Flags(string name, int otherwise = 0) => this[name] switch
    {
        null => otherwise,
        { Kind: NodeKind.List } list => unchecked((int)list.Items.Aggregate(0L, (sum, item) => sum | Number(item))),
        var node => unchecked((int)Number(node)),
    };

    public SocketHandle Socket(string name = "socket") => SocketOf(this[name]!.Text);

    public SocketHandle SocketOf(string text) => text switch
    {
        "INVALID_SOCKET" => SocketHandle.Invalid,
        "NULL_SOCKET" => default,
        "BOGUS_HANDLE" => new SocketHandle(0x7ABC_DEF0),
        _ => World.Get<SocketHandle>(text),
    };

    public EventHandle Event(string name = "event") => this[name] is { } node ? World.Get<EventHandle>(node.Text) : EventHandle.None;

    public OverlappedRecord? Overlapped(string name = "overlapped") => this[name] is { } node ? World.Get<OverlappedRecord>(node.Text) : null;

    public Peer Peer() => World.Get<Peer>(this["peer"]!.Text);

    public WspCompletionRoutine? Routine() => this["routine"] is { } node ? World.Routine(node.Text) : null;

    /// <summary>The bytes of <c>data</c> or <c>fill</c>.</summary>
    public byte[] Data(SocketHandle? sender = null)
    {
        if (this["data"] is { } text)
            return Encoding.Latin1.GetBytes(text.Text);
        int length = Int("fill", 0);
        if (sender is not { } socket)
            return Pattern.From(0, length);
        long offset = World.PatternSent.GetOrAdd(socket, 0);
        World.PatternSent[socket] = offset + length;
        return Pattern.From(offset, length);
    }

    /// <summary>The native form of an address; empty for a missing one. A stated length cuts it or fills it up with zeroes.</summary>
    public byte[] Address(string name = "address")
    {
        if (this[name] is not { Kind: not NodeKind.Null } node)
            return [];
        byte[] bytes = AddressBytes(node);
        int length = Int("namelen", bytes.Length);
        Array.Resize(ref bytes, Math.Max(0, length));
        return bytes;
    }

    public SockAddr SockAddr(string name = "address") =>
        Spi.SockAddr.TryRead(Address(name), out SockAddr address) ? address : throw new CaseTrouble("this is no address to connect to");

    /// <summary>A number, a constant, or the earlier result it refers to.</summary>
    public long Number(Node node)
    {
        if (node.TryGetNumber(out long number) || (node.Kind == NodeKind.Text && Constants.TryResolve(node.Text, out number)))
            return number;
        if (node.Sole("of") is { } of)
            return World.Get<long>(of.Text);
        throw new CaseTrouble($"{node} is no number that this call knows");
    }

    private byte[] AddressBytes(Node node)
    {
        if (node is { Kind: NodeKind.Text, Text: "GARBAGE" })
        {
            byte[] garbage = new byte[Spi.SockAddr.IPv4Size];
            Array.Fill(garbage, GarbageByte);
            return garbage;
        }

        if (node.Sole("peer") is { } peer)
            return World.Get<Peer>(peer.Text).Address.ToBytes();
        var family = (AddressFamily)Number(node["family"]!);
        var host = IPAddress.Parse(node["ip"]!.Text);
        int port = Port(node["port"]!);
        byte[] bytes = Spi.SockAddr.From(new IPEndPoint(host, port)).ToBytes();
        bytes[0] = (byte)((int)family & 0xFF);
        bytes[1] = (byte)((int)family >> 8);
        if (node["scope"] is { } scope && bytes.Length == Spi.SockAddr.IPv6Size)
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(24), (uint)Number(scope));
        return bytes;
    }

    private int Port(Node node)
    {
        if (node.Sole("of") is { } of)
            return World.PortOf(of.Text);
        if (node.Sole("free") is { } free)
            return World.FreePort(free.Text);
        return node.Kind == NodeKind.Object ? World.Net.UnusedPort() : (int)Number(node);
    }
}
