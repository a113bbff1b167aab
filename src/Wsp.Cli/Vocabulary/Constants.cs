using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Wsp.Spi;

namespace Wsp.Cli.Vocabulary;

/// <summary>The one table of names and numbers: the constants of the specification, the errors and status words, and the few names scenarios need beside them.</summary>
internal static class Constants
{
    private const string Resource = "Wsp.Specification/spi/constants/sockets.json";

    // Names that scenarios use and the specification's table does not list.
    private static readonly (string Name, long Value)[] s_more =
    [
        ("SOMAXCONN", 0x7FFFFFFF),
        ("SO_PROTOCOL_INFO", 0x2005),
        ("IP_HDRINCL", 2), ("IP_MULTICAST_TTL", 10), ("IP_MTU", 73), ("IPV6_V6ONLY", 27),
        ("TCP_KEEPALIVE", 3), ("TCP_KEEPCNT", 16), ("TCP_KEEPINTVL", 17),
        ("POLLERR", 0x1), ("POLLHUP", 0x2), ("POLLNVAL", 0x4), ("POLLWRNORM", 0x10), ("POLLWRBAND", 0x20), ("POLLRDNORM", 0x100), ("POLLRDBAND", 0x200), ("POLLPRI", 0x400),
        ("NO_ERROR", 0), ("SUCCESS", 0),
        ("ERROR_OPERATION_ABORTED", 995),
    ];

    private static readonly Lazy<FrozenDictionary<string, long>> s_byName = new(Load);

    public static IReadOnlyCollection<string> Names => s_byName.Value.Keys;

    /// <summary>Finds a constant by its native name, or reads a hexadecimal number.</summary>
    public static bool TryResolve(string name, out long value)
    {
        if (s_byName.Value.TryGetValue(name, out value))
            return true;
        return name.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            && long.TryParse(name.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>The names of the constants with a prefix, for suggestions.</summary>
    public static IReadOnlyCollection<string> Like(string name)
    {
        int underscore = name.IndexOf('_', StringComparison.Ordinal);
        string prefix = underscore > 0 ? name[..(underscore + 1)] : "";
        List<string> similar = [.. Names.Where(known => known.StartsWith(prefix, StringComparison.Ordinal))];
        return similar.Count > 0 ? similar : Names;
    }

    private static FrozenDictionary<string, long> Load()
    {
        var table = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (WsaError error in Enum.GetValues<WsaError>())
            table[error.NativeName()] = (long)error;
        foreach (NtStatus status in Enum.GetValues<NtStatus>())
            table[status.NativeName()] = (uint)status;
        Assembly core = typeof(WsaError).Assembly;
        string resource = core.GetManifestResourceNames().First(name => name.Replace('\\', '/') == Resource);
        using (Stream stream = core.GetManifestResourceStream(resource)!)
        using (JsonDocument document = JsonDocument.Parse(stream))
            Collect(document.RootElement, table);
        foreach ((string name, long value) in s_more)
            table[name] = value;
        return table.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static void Collect(JsonElement element, Dictionary<string, long> table)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Array:
                foreach (JsonElement item in element.EnumerateArray())
                    Collect(item, table);
                break;
            case JsonValueKind.Object:
                if (element.TryGetProperty("name", out JsonElement name) && element.TryGetProperty("value", out JsonElement value)
                    && name.ValueKind == JsonValueKind.String && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number))
                    table.TryAdd(name.GetString()!, number);
                foreach (JsonProperty property in element.EnumerateObject())
                    Collect(property.Value, table);
                break;
        }
    }
}
