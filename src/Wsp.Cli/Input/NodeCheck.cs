namespace Wsp.Cli.Input;

/// <summary>Checks the nodes of one line and collects what is wrong.</summary>
internal sealed class NodeCheck(string file, int line)
{
    private readonly List<Problem> _problems = [];

    public IReadOnlyList<Problem> Problems => _problems;

    public void Add(int column, string wrong, string right) => _problems.Add(new(file, line, column, wrong, right));

    public bool IsObject(Node node, string what)
    {
        if (node.Kind == NodeKind.Object)
            return true;
        Add(node.Column, $"{what} is an object, not {Kind(node)}", "{...}");
        return false;
    }

    /// <summary>Reports members that are not known.</summary>
    public void Keys(Node node, IReadOnlyCollection<string> known, string what)
    {
        foreach (Node.Member member in node.Members)
        {
            if (!known.Contains(member.Name))
                Add(member.Column, $"\"{member.Name}\" is no {what}", Suggestion.For(member.Name, known));
        }
    }

    public string RequiredText(Node node, string key)
    {
        if (node[key] is { Kind: NodeKind.Text, Text.Length: > 0 } found)
            return found.Text;
        Add((node[key] ?? node).Column, $"\"{key}\" is missing or no text", $"\"{key}\": \"...\"");
        return "";
    }

    public IReadOnlyList<string> Texts(Node? node)
    {
        if (node is null)
            return [];
        if (node.Kind == NodeKind.List && node.Items.All(item => item.Kind == NodeKind.Text))
            return [.. node.Items.Select(item => item.Text)];
        Add(node.Column, "a list of texts is wanted here", "[\"...\"]");
        return [];
    }

    public IReadOnlyList<string> Words(Node? node, IReadOnlyCollection<string> known, string what)
    {
        IReadOnlyList<string> texts = Texts(node);
        foreach (Node item in texts.Count > 0 ? node!.Items : [])
            Word(item, known, what);
        return texts;
    }

    public bool Word(Node node, IReadOnlyCollection<string> known, string what)
    {
        if (node.Kind == NodeKind.Text && known.Contains(node.Text))
            return true;
        if (node.Kind == NodeKind.Text)
            Add(node.Column, $"\"{node.Text}\" is no {what}", Suggestion.For(node.Text, known));
        else
            Wrong(node, $"the name of a {what}");
        return false;
    }

    public void Wrong(Node node, string wanted) => Add(node.Column, $"{Kind(node)} does not fit here", $"{wanted} is wanted");

    private static string Kind(Node node) => node.Kind switch
    {
        NodeKind.Null => "null",
        NodeKind.Bool => node.Bool ? "true" : "false",
        NodeKind.Number => $"the number {node.Text}",
        NodeKind.Text => $"the text \"{node.Text}\"",
        NodeKind.List => "a list",
        _ => "an object",
    };
}
