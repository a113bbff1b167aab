namespace Wsp.Cli.Vocabulary;

/// <summary>What an expectation is written as.</summary>
internal enum ExpectKind
{
    Bool,

    /// <summary>A number, a constant, a word for a number, a reference, or any of several.</summary>
    Number,

    Text,
    List,
    Object,

    /// <summary>Something with a shape of its own: an object, a number, or a word.</summary>
    Any,
}

/// <summary>The expectations of the vocabulary and the words that may stand in them.</summary>
internal static class Expected
{
    /// <summary>Words that stand for numbers.</summary>
    public static readonly string[] NumberWords = ["positive", "nonzero", "untouched", "needed", "pointer_size", "half", "full", "double"];

    /// <summary>Objects with one member that stand for values.</summary>
    public static readonly string[] References = ["of", "handle_of", "any_of", "at_least"];

    public static readonly Dictionary<string, ExpectKind> Kinds = new(StringComparer.Ordinal)
    {
        ["ok"] = ExpectKind.Bool,
        ["error"] = ExpectKind.Number,
        ["value"] = ExpectKind.Number,
        ["error_any"] = ExpectKind.List,
        ["values"] = ExpectKind.List,
        ["fails"] = ExpectKind.Bool,
        ["untouched"] = ExpectKind.List,
        ["overlapped"] = ExpectKind.Object,
        ["version"] = ExpectKind.Text,
        ["high_version"] = ExpectKind.Text,
        ["description"] = ExpectKind.Text,
        ["system_status"] = ExpectKind.Text,
        ["max_sockets"] = ExpectKind.Number,
        ["max_udp_dg"] = ExpectKind.Number,
        ["address"] = ExpectKind.Object,
        ["from"] = ExpectKind.Object,
        ["namelen"] = ExpectKind.Number,
        ["namelen_below"] = ExpectKind.Number,
        ["padding_zero"] = ExpectKind.Bool,
        ["bytes"] = ExpectKind.Number,
        ["data"] = ExpectKind.Text,
        ["data_per_buffer"] = ExpectKind.List,
        ["pattern"] = ExpectKind.Bool,
        ["optval"] = ExpectKind.Any,
        ["optlen"] = ExpectKind.Number,
        ["raw"] = ExpectKind.Text,
        ["output"] = ExpectKind.Any,
        ["bytes_returned"] = ExpectKind.Number,
        ["events"] = ExpectKind.List,
        ["event_errors"] = ExpectKind.Object,
        ["count"] = ExpectKind.Number,
        ["read"] = ExpectKind.List,
        ["write"] = ExpectKind.List,
        ["except"] = ExpectKind.List,
        ["revents"] = ExpectKind.List,
        ["info"] = ExpectKind.Object,
        ["text"] = ExpectKind.Text,
        ["length"] = ExpectKind.Number,
        ["length_at_least"] = ExpectKind.Number,
        ["family"] = ExpectKind.Number,
        ["needed"] = ExpectKind.Number,
        ["protocols_include"] = ExpectKind.List,
        ["protocols_exclude"] = ExpectKind.List,
        ["min_count"] = ExpectKind.Number,
        ["service_flags"] = ExpectKind.Object,
        ["completion"] = ExpectKind.Object,
        ["message"] = ExpectKind.Object,
        ["none"] = ExpectKind.Bool,
        ["routine_calls"] = ExpectKind.List,
        ["signaled"] = ExpectKind.Bool,
        ["blocked"] = ExpectKind.Bool,
        ["ran"] = ExpectKind.Number,
        ["last_error"] = ExpectKind.Number,
        ["every_send_complete"] = ExpectKind.Bool,
        ["total"] = ExpectKind.Number,
        ["end_of_stream"] = ExpectKind.Bool,
        ["end"] = ExpectKind.Text,
    };
}
