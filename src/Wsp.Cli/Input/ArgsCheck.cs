using System.Net;
using Wsp.Cli.Vocabulary;

namespace Wsp.Cli.Input;

/// <summary>Checks the arguments of a step: known, complete, of the right kind, and about things that exist by then.</summary>
internal sealed class ArgsCheck(NodeCheck check, IReadOnlySet<string> names, IReadOnlyCollection<string> background)
{
    private static readonly string[] s_addressKeys = ["family", "ip", "port", "scope"];
    private static readonly string[] s_portForms = ["of", "free", "closed"];

    public void Check(CallSpec call, Node args, int column)
    {
        check.Keys(args, [.. call.Args.Select(arg => arg.Name)], $"argument of {call.Name}");
        foreach (ArgSpec arg in call.Args)
        {
            if (args[arg.Name] is { } node)
                CheckArg(arg, node);
            else if (arg.Required)
                check.Add(args.Members.Count > 0 ? args.Column : column, $"{call.Name} needs \"{arg.Name}\"", $"\"{arg.Name}\": ...");
        }
    }

    private void CheckArg(ArgSpec arg, Node node)
    {
        switch (arg.Kind)
        {
            case ArgKind.Socket:
                if (node.Kind != NodeKind.Text || !ArgWords.SocketTokens.Contains(node.Text))
                    Named(node, ArgWords.SocketTokens);
                break;
            case ArgKind.Sockets:
                if (node.Sole("all_of") is { } group)
                    Named(group, []);
                else if (node.Kind == NodeKind.List)
                    foreach (Node item in node.Items)
                        CheckArg(arg with { Kind = ArgKind.Socket }, item);
                else
                    check.Wrong(node, "a list of sockets or {\"all_of\": ...}");
                break;
            case ArgKind.Reference:
                Named(node, []);
                break;
            case ArgKind.Background:
                check.Word(node, background, "call in the background by now");
                break;
            case ArgKind.Label when ArgWords.ClosedLabels.TryGetValue(arg.Name, out string[]? words):
                check.Word(node, words, arg.Name);
                break;
            case ArgKind.Label or ArgKind.Text:
                if (node.Kind != NodeKind.Text)
                    check.Wrong(node, "a text");
                break;
            case ArgKind.Number:
                Number(node, []);
                break;
            case ArgKind.Amount:
                Number(node, ArgWords.Amounts);
                break;
            case ArgKind.Flags:
                if (node.Kind == NodeKind.List)
                    foreach (Node item in node.Items)
                        Number(item, []);
                else
                    Number(node, []);
                break;
            case ArgKind.Bool:
                if (node.Kind != NodeKind.Bool)
                    check.Wrong(node, "true or false");
                break;
            case ArgKind.Pointer:
                if (node.Kind != NodeKind.Bool && node is not { Kind: NodeKind.Text, Text: "bogus" })
                    check.Wrong(node, "false, true or \"bogus\"");
                break;
            case ArgKind.Address:
                Address(node);
                break;
        }
    }

    private void Address(Node node)
    {
        if (node.Kind == NodeKind.Null || node is { Kind: NodeKind.Text, Text: "GARBAGE" })
            return;
        if (node.Sole("peer") is { } peer)
        {
            Named(peer, []);
            return;
        }

        if (node.Kind == NodeKind.Text)
        {
            check.Word(node, ["GARBAGE"], "address");
            return;
        }

        if (!check.IsObject(node, "an address"))
            return;
        check.Keys(node, s_addressKeys, "part of an address");
        if (node["family"] is { } family)
            Number(family, []);
        else
            check.Add(node.Column, "an address needs \"family\"", "\"family\": \"AF_INET\"");
        if (node["ip"] is not { Kind: NodeKind.Text } ip || !IPAddress.TryParse(ip.Text, out _))
            check.Add((node["ip"] ?? node).Column, "\"ip\" is missing or no address", "\"ip\": \"127.0.0.1\"");
        if (node["port"] is { Kind: NodeKind.Object } port)
        {
            check.Keys(port, s_portForms, "way to give a port");
            if (port.Sole("of") is { } of)
                Named(of, []);
        }
        else if (node["port"] is not { } number || !number.TryGetNumber(out long value) || value is < 0 or > 65535)
        {
            check.Add((node["port"] ?? node).Column, "\"port\" is missing or no port", "0 to 65535, {\"of\": ...}, {\"free\": ...} or {\"closed\": true}");
        }
    }

    private void Named(Node node, IReadOnlyCollection<string> more)
    {
        if (node.Kind == NodeKind.Text && names.Contains(node.Text))
            return;
        if (node.Kind == NodeKind.Text)
            check.Add(node.Column, $"no earlier step made \"{node.Text}\"", Suggestion.For(node.Text, [.. names, .. more]));
        else
            check.Wrong(node, "the name of something an earlier step made");
    }

    private void Number(Node node, IReadOnlyCollection<string> words)
    {
        if (node.TryGetNumber(out _) || (node.Kind == NodeKind.Text && (words.Contains(node.Text) || Constants.TryResolve(node.Text, out _))))
            return;
        if (node.Sole("of") is { } of)
            Named(of, []);
        else if (node.Kind == NodeKind.Text)
            check.Add(node.Column, $"there is no constant \"{node.Text}\"", Suggestion.For(node.Text, [.. words, .. Constants.Like(node.Text)]));
        else
            check.Wrong(node, "a whole number or the name of a constant");
    }
}
