using System.Globalization;

namespace Wsp.Cli.Input;

/// <summary>What a node of a scenario line is.</summary>
internal enum NodeKind
{
    Null,
    Bool,
    Number,
    Text,
    List,
    Object,
}

/// <summary>A piece of a scenario line that remembers its column, so that whatever is wrong with it can be pointed at.</summary>
internal sealed class Node
{
    private static readonly Dictionary<string, Node> s_none = [];

    public required NodeKind Kind { get; init; }

    /// <summary>The column of its first character, from 1.</summary>
    public required int Column { get; init; }

    /// <summary>The text, or the digits of a number.</summary>
    public string Text { get; init; } = "";

    public bool Bool { get; init; }

    public IReadOnlyList<Node> Items { get; init; } = [];

    /// <summary>The members of an object, in order.</summary>
    public IReadOnlyList<Member> Members { get; init; } = [];

    private Dictionary<string, Node> ByName => field ??= Members.Count == 0 ? s_none : Members.ToDictionary(member => member.Name, member => member.Value, StringComparer.Ordinal);

    public Node? this[string name] => ByName.GetValueOrDefault(name);

    /// <summary>The value of a whole number.</summary>
    public bool TryGetNumber(out long value)
    {
        value = 0;
        return Kind == NodeKind.Number && long.TryParse(Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>The only member of an object that is written like <c>{"of":"x"}</c>.</summary>
    public Node? Sole(string name) => Kind == NodeKind.Object && Members.Count == 1 && Members[0].Name == name ? Members[0].Value : null;

    /// <summary>The node as it would be written.</summary>
    public override string ToString() => Kind switch
    {
        NodeKind.Null => "null",
        NodeKind.Bool => Bool ? "true" : "false",
        NodeKind.Number => Text,
        NodeKind.Text => $"\"{Text}\"",
        NodeKind.List => $"[{string.Join(", ", Items)}]",
        _ => $"{{{string.Join(", ", Members.Select(member => $"\"{member.Name}\": {member.Value}"))}}}",
    };

    /// <summary>A member of an object.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Column">The column of its name.</param>
    /// <param name="Value">Its value.</param>
    internal readonly record struct Member(string Name, int Column, Node Value);
}
