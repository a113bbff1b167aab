using System.Net.Sockets;

namespace Wsp.Model.Options;

/// <summary>How an option's value is laid out.</summary>
internal enum OptionShape
{
    /// <summary>A BOOL of four bytes at socket level.</summary>
    Flag,

    /// <summary>A BOOL of which the first byte counts, at protocol level.</summary>
    ByteFlag,

    /// <summary>An int whose short reads zero the buffer.</summary>
    Int,

    /// <summary>A DWORD whose short reads leave the buffer alone.</summary>
    Timeout,

    /// <summary>A LINGER of two 16-bit numbers.</summary>
    Linger,
}

/// <summary>One option the provider knows.</summary>
internal sealed record OptionEntry(int Level, int Name, OptionShape Shape, Func<Draft, SocketState, int> Get, Func<SocketOptions, int, SocketOptions>? Set, Func<SocketState, bool>? Fits = null, Func<SocketState, bool>? TooLate = null);

/// <summary>The options the provider knows, one row each. Reading gives a number (a linger packs l_onoff low and l_linger high); writing gives the new options.</summary>
internal static class OptionTable
{
    public const int SolSocket = 0xFFFF;
    public const int Tcp = 6;
    public const int IPv6 = 41;

    private const int SoLinger = 0x80;
    private const int SoMaxMessageSize = 0x2003;
    private const int SoConditionalAccept = 0x3002;
    private const int SoConnectTime = 0x700C;
    private const int NeverConnected = -1;
    private const int UnsetLingerSeconds = 30;
    private const int MicrosecondsPerSecond = 1_000_000;

    private static readonly OptionEntry[] s_entries =
    [
        Flag(0x0001, OptionFlags.Debug),
        Flag(0x0004, OptionFlags.ReuseAddress),
        Flag(0x0008, OptionFlags.KeepAlive),
        Flag(0x0010, OptionFlags.DontRoute, socket => socket.Family != AddressFamily.InterNetworkV6),
        Flag(0x0020, OptionFlags.Broadcast, socket => !socket.IsStream),
        Flag(0x0100, OptionFlags.OutOfBandInline),
        Flag(~0x0004, OptionFlags.ExclusiveAddressUse),
        Flag(SoConditionalAccept, OptionFlags.ConditionalAccept, socket => socket.IsStream, socket => socket.Stage == SocketStage.Listening),
        new(SolSocket, 0x0002, OptionShape.Flag, (_, socket) => socket.Stage == SocketStage.Listening ? 1 : 0, null),
        new(SolSocket, SoLinger, OptionShape.Linger, (_, socket) => Pack(socket.Options), (options, value) => options with { LingerOn = (value & 0xFFFF) != 0, LingerSeconds = (ushort)(value >>> 16) }, socket => socket.IsStream),
        new(SolSocket, ~SoLinger, OptionShape.Flag, (_, socket) => socket.Options.LingerOn ? 0 : 1, DontLinger, socket => socket.IsStream),
        new(SolSocket, 0x1001, OptionShape.Int, (_, socket) => socket.Options.SendBuffer, (options, value) => options with { SendBuffer = value }),
        new(SolSocket, 0x1002, OptionShape.Int, (_, socket) => socket.Options.ReceiveBuffer, (options, value) => options with { ReceiveBuffer = value }),
        new(SolSocket, 0x1005, OptionShape.Timeout, (_, socket) => (int)socket.Options.SendTimeout, (options, value) => options with { SendTimeout = (uint)value }),
        new(SolSocket, 0x1006, OptionShape.Timeout, (_, socket) => (int)socket.Options.ReceiveTimeout, (options, value) => options with { ReceiveTimeout = (uint)value }),
        new(SolSocket, 0x1007, OptionShape.Int, TakeError, null),
        new(SolSocket, 0x1008, OptionShape.Int, (_, socket) => (int)socket.Type, null),
        new(SolSocket, SoMaxMessageSize, OptionShape.Int, (draft, _) => draft.State.Settings.MaxDatagram, null, socket => !socket.IsStream),
        new(SolSocket, SoConnectTime, OptionShape.Int, ConnectTime, null),
        new(Tcp, (int)SocketOptionName.NoDelay, OptionShape.ByteFlag, (_, socket) => socket.Options.Has(OptionFlags.NoDelay) ? 1 : 0, (options, value) => options.With(OptionFlags.NoDelay, value != 0), socket => socket.IsStream),
        new(IPv6, (int)SocketOptionName.IPv6Only, OptionShape.Int, (_, socket) => socket.Options.Has(OptionFlags.IPv6Only) ? 1 : 0, (options, value) => options.With(OptionFlags.IPv6Only, value != 0), socket => socket.Family == AddressFamily.InterNetworkV6),
    ];

    public static bool KnowsLevel(int level) => level is SolSocket or Tcp or IPv6 or 0 or 17;

    public static OptionEntry? Find(int level, int name)
    {
        foreach (OptionEntry entry in s_entries)
        {
            if (entry.Level == level && entry.Name == name)
                return entry;
        }

        return null;
    }

    private static OptionEntry Flag(int name, OptionFlags flag, Func<SocketState, bool>? fits = null, Func<SocketState, bool>? tooLate = null) =>
        new(SolSocket, name, OptionShape.Flag, (_, socket) => socket.Options.Has(flag) ? 1 : 0, (options, value) => options.With(flag, value != 0), fits, tooLate);

    private static int Pack(SocketOptions options) => (options.LingerOn ? 1 : 0) | (options.LingerSeconds << 16);

    /// <summary>Turning SO_DONTLINGER off turns lingering on, with the time set before or, if there was none, one of our own (CLOSE-44, CLOSE-45).</summary>
    private static SocketOptions DontLinger(SocketOptions options, int value)
    {
        if (value != 0)
            return options with { LingerOn = false };
        return options with { LingerOn = true, LingerSeconds = options.LingerSeconds == 0 ? (ushort)UnsetLingerSeconds : options.LingerSeconds };
    }

    private static int TakeError(Draft draft, SocketState socket)
    {
        int error = (int)socket.PendingError;
        if (error != 0)
            draft.Edit(socket).PendingError = Spi.WsaError.Success;
        return error;
    }

    private static int ConnectTime(Draft draft, SocketState socket) =>
        socket.IsStream && socket.ConnectedAt >= 0 ? (int)((draft.State.Now - socket.ConnectedAt) / MicrosecondsPerSecond) : NeverConnected;
}
