using Wsp.Cli.Vocabulary;

namespace Wsp.Cli.Input;

/// <summary>Reads the steps of a case and checks them against the vocabulary.</summary>
internal sealed class StepReader(NodeCheck check)
{
    private static readonly string[] s_stepKeys = ["call", "args", "as", "expect", "background", "thread", "note"];
    private static readonly Node s_nothing = new() { Kind = NodeKind.Object, Column = 1 };

    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CallSpec> _background = new(StringComparer.Ordinal);

    public IReadOnlyList<Step> Read(Node root)
    {
        if (root["steps"] is not { Kind: NodeKind.List, Items.Count: > 0 } list)
        {
            check.Add((root["steps"] ?? root).Column, "\"steps\" is missing, empty or no list", "\"steps\": [{\"call\": ...}, ...]");
            return [];
        }

        var steps = new List<Step>();
        foreach (Node node in list.Items)
        {
            if (ReadStep(node, steps.Count + 1) is { } step)
                steps.Add(step);
        }

        return steps;
    }

    private Step? ReadStep(Node node, int number)
    {
        if (!check.IsObject(node, "a step"))
            return null;
        check.Keys(node, s_stepKeys, "key of a step");
        if (node["call"] is not { } name)
        {
            check.Add(node.Column, $"step {number} has no \"call\"", "\"call\": \"WSP...\" or \"Harness...\"");
            return null;
        }

        if (!check.Word(name, CallTable.All.Keys, "call"))
            return null;
        CallSpec call = CallTable.All[name.Text];
        Node args = node["args"] ?? s_nothing;
        Node expect = node["expect"] ?? s_nothing;
        if (!check.IsObject(args, "\"args\"") | !check.IsObject(expect, "\"expect\""))
            return null;
        new ArgsCheck(check, _names, _background.Keys).Check(call, args, node.Column);
        string? background = Label(node["background"]);
        CallSpec answering = call.Name == "Harness.Join" && args["background"] is { } joined && _background.TryGetValue(joined.Text, out CallSpec? began) ? began : call;
        new ExpectCheck(check, _names).Check(answering, expect);
        if (background is not null && node["expect"] is not null)
            check.Add(node["expect"]!.Column, "a call in the background has not returned yet", "put \"expect\" on its Harness.Join");
        if (background is not null)
            _background[background] = call;
        return new Step { Number = number, Call = call, Args = args, Expect = expect, As = ReadAs(node["as"], call), Background = background, Thread = Label(node["thread"]) };
    }

    private string? Label(Node? node)
    {
        if (node is null or { Kind: NodeKind.Text, Text.Length: > 0 })
            return node?.Text;
        check.Wrong(node, "a name");
        return null;
    }

    private IReadOnlyList<string> ReadAs(Node? node, CallSpec call)
    {
        if (node is null)
            return [];
        IReadOnlyList<string> names = node.Kind == NodeKind.Text ? [node.Text] : check.Texts(node);
        if (names.Count > call.Results)
            check.Add(node.Column, $"{call.Name} gives {(call.Results == 0 ? "nothing" : $"{call.Results} result(s)")} to name", call.Results == 0 ? "leave \"as\" out" : "as many names as results");
        _names.UnionWith(names);
        return names;
    }
}
