using Wsp.Cli.Vocabulary;

namespace Wsp.Cli.Input;

/// <summary>Checks the expectations of a step, so that none is ever passed over in silence.</summary>
internal sealed class ExpectCheck(NodeCheck check, IReadOnlySet<string> names)
{
    private static readonly string[] s_overlappedKeys = ["Internal", "InternalValue", "InternalHigh"];
    private static readonly string[] s_addressKeys = ["family", "ip", "port", "scope"];

    private static readonly Dictionary<string, string[]> s_objectKeys = new(StringComparer.Ordinal)
    {
        ["address"] = s_addressKeys,
        ["from"] = s_addressKeys,
        ["completion"] = ["key", "bytes", "overlapped", "status", "status_value", "win32_error", "win32_value"],
        ["message"] = ["socket", "event", "error"],
    };

    private static readonly string[] s_routineKeys = ["routine", "error", "bytes", "overlapped"];

    public void Check(CallSpec call, Node expect)
    {
        check.Keys(expect, call.Expects, $"expectation of {call.Name}");
        foreach (Node.Member member in expect.Members)
        {
            if (call.Expects.Contains(member.Name))
                CheckValue(call, member);
        }

        if (expect["ok"] is not null && (expect["error"] ?? expect["error_any"] ?? expect["fails"]) is { } contradiction)
            check.Add(contradiction.Column, "a call cannot both succeed and fail", "either \"ok\" or an error");
    }

    private void CheckValue(CallSpec call, Node.Member member)
    {
        Node value = member.Value;
        if (IsReference(value))
            return;
        switch (Expected.Kinds[member.Name])
        {
            case ExpectKind.Bool when value.Kind != NodeKind.Bool:
                check.Wrong(value, "true or false");
                break;
            case ExpectKind.Bool when member.Name is "ok" or "fails" or "none" && !value.Bool:
                check.Add(value.Column, $"\"{member.Name}\": false says nothing", "true, or leave it out");
                break;
            case ExpectKind.Number:
                Number(value);
                break;
            case ExpectKind.Text when value.Kind != NodeKind.Text:
                check.Wrong(value, "a text");
                break;
            case ExpectKind.Text when member.Name == "raw" && (value.Text.Length % 2 != 0 || !value.Text.All(char.IsAsciiHexDigit)):
                check.Wrong(value, "an even number of hexadecimal digits");
                break;
            case ExpectKind.List when value.Kind != NodeKind.List:
                check.Wrong(value, "a list");
                break;
            case ExpectKind.List:
                List(call, member);
                break;
            case ExpectKind.Object when value.Kind != NodeKind.Object:
                check.Wrong(value, "an object");
                break;
            case ExpectKind.Object:
                Object(member);
                break;
            case ExpectKind.Any when value.Kind == NodeKind.Text:
                Number(value);
                break;
        }
    }

    private void List(CallSpec call, Node.Member member)
    {
        foreach (Node item in member.Value.Items)
        {
            switch (member.Name)
            {
                case "untouched":
                    check.Word(item, call.Outs, $"out parameter of {call.Name}");
                    break;
                case "routine_calls":
                    if (check.IsObject(item, "a routine call"))
                        check.Keys(item, s_routineKeys, "part of a routine call");
                    break;
                case "error_any" or "values" or "events":
                    Number(item);
                    break;
                case "read" or "write" or "except":
                    Name(item);
                    break;
            }
        }
    }

    private void Object(Node.Member member)
    {
        if (s_objectKeys.TryGetValue(member.Name, out string[]? known))
        {
            check.Keys(member.Value, known, $"part of \"{member.Name}\"");
        }
        else if (member.Name == "overlapped")
        {
            foreach (Node.Member record in member.Value.Members)
            {
                if (!names.Contains(record.Name))
                    check.Add(record.Column, $"no earlier step made \"{record.Name}\"", Suggestion.For(record.Name, [.. names]));
                if (!check.IsObject(record.Value, "an overlapped record"))
                    continue;
                check.Keys(record.Value, s_overlappedKeys, "field of an overlapped record");
                foreach (Node.Member field in record.Value.Members)
                    Number(field.Value);
            }
        }
        else if (member.Name == "event_errors")
        {
            foreach (Node.Member entry in member.Value.Members)
            {
                if (!entry.Name.StartsWith("FD_", StringComparison.Ordinal) || !Constants.TryResolve(entry.Name, out _))
                    check.Add(entry.Column, $"\"{entry.Name}\" is no network event", Suggestion.For(entry.Name, Constants.Like("FD_")));
                Number(entry.Value);
            }
        }
    }

    /// <summary>An object that stands for a value; its own content is checked here.</summary>
    private bool IsReference(Node node)
    {
        if (node.Kind != NodeKind.Object || node.Members.Count != 1 || !Expected.References.Contains(node.Members[0].Name))
            return false;
        Node content = node.Members[0].Value;
        switch (node.Members[0].Name)
        {
            case "of" or "handle_of":
                Name(content);
                break;
            case "any_of" when content.Kind != NodeKind.List:
                check.Wrong(content, "a list");
                break;
            case "at_least":
                Number(content);
                break;
        }

        return true;
    }

    private void Name(Node node)
    {
        if (node.Kind != NodeKind.Text)
            check.Wrong(node, "the name of something an earlier step made");
        else if (!names.Contains(node.Text))
            check.Add(node.Column, $"no earlier step made \"{node.Text}\"", Suggestion.For(node.Text, [.. names]));
    }

    private void Number(Node node)
    {
        if (node.TryGetNumber(out _) || IsReference(node))
            return;
        if (node.Kind != NodeKind.Text)
            check.Wrong(node, "a whole number, a constant or a word for a number");
        else if (!Expected.NumberWords.Contains(node.Text) && !Constants.TryResolve(node.Text, out _))
            check.Add(node.Column, $"there is no constant \"{node.Text}\"", Suggestion.For(node.Text, [.. Expected.NumberWords, .. Constants.Like(node.Text)]));
    }
}
