namespace Wsp.Cli.Vocabulary;

/// <summary>The features a case may say it requires.</summary>
internal static class Requirements
{
    /// <summary>The case begins before any startup.</summary>
    public const string Unstarted = "unstarted";

    public static readonly string[] All =
    [
        "ipv6", "ext", "iocp", "messages", "threads", "routines", "apc", "blackhole", "broadcast", "system-handles", Unstarted,
    ];
}
