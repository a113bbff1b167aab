namespace Wsp.Cli.Vocabulary;

/// <summary>The kinds that argument names usually have, and the words that stand for values.</summary>
internal static class ArgWords
{
    /// <summary>Tokens that stand for a socket without one.</summary>
    public static readonly string[] SocketTokens = ["INVALID_SOCKET", "NULL_SOCKET", "BOGUS_HANDLE"];

    /// <summary>Words for an amount of bytes.</summary>
    public static readonly string[] Amounts = ["half", "full", "double", "pointer_size"];

    /// <summary>Labels that have to be one of a few words.</summary>
    public static readonly Dictionary<string, string[]> ClosedLabels = new(StringComparer.Ordinal)
    {
        ["until"] = ["readable", "oob", "peer_closed", "reset"],
        ["condition"] = ["accept", "reject", "defer"],
        ["process"] = ["self", "zero", "invalid"],
    };

    private static readonly Dictionary<string, ArgKind> s_kinds = new(StringComparer.Ordinal)
    {
        ["socket"] = ArgKind.Socket,
        ["listener"] = ArgKind.Socket,
        ["read"] = ArgKind.Sockets,
        ["write"] = ArgKind.Sockets,
        ["except"] = ArgKind.Sockets,
        ["event"] = ArgKind.Reference,
        ["overlapped"] = ArgKind.Reference,
        ["port"] = ArgKind.Reference,
        ["window"] = ArgKind.Reference,
        ["peer"] = ArgKind.Reference,
        ["background"] = ArgKind.Background,
        ["routine"] = ArgKind.Label,
        ["until"] = ArgKind.Label,
        ["condition"] = ArgKind.Label,
        ["process"] = ArgKind.Label,
        ["thread"] = ArgKind.Label,
        ["flags"] = ArgKind.Flags,
        ["mask"] = ArgKind.Flags,
        ["optlen"] = ArgKind.Amount,
        ["wait"] = ArgKind.Bool,
        ["manual_reset"] = ArgKind.Bool,
        ["suppress_port"] = ArgKind.Bool,
        ["listen"] = ArgKind.Bool,
        ["data"] = ArgKind.Text,
        ["text"] = ArgKind.Text,
        ["client"] = ArgKind.Text,
        ["version"] = ArgKind.Text,
        ["address"] = ArgKind.Address,
        ["optval"] = ArgKind.Any,
        ["input"] = ArgKind.Any,
        ["lengths"] = ArgKind.Any,
        ["fds"] = ArgKind.Any,
        ["protocols"] = ArgKind.Any,
        ["protocol_info"] = ArgKind.Any,
        ["send"] = ArgKind.Any,
    };

    /// <summary>Reads one word of a call's argument list; a name without a kind of its own is a number, or a pointer by its ending.</summary>
    public static ArgSpec Read(string word)
    {
        bool required = word.EndsWith('!');
        string[] parts = word.TrimEnd('!').Split(':');
        ArgKind kind = parts.Length > 1 ? Enum.Parse<ArgKind>(parts[1], ignoreCase: true)
            : s_kinds.TryGetValue(parts[0], out ArgKind known) ? known
            : parts[0].EndsWith("_ptr", StringComparison.Ordinal) ? ArgKind.Pointer
            : ArgKind.Number;
        return new(parts[0], kind, required);
    }
}
