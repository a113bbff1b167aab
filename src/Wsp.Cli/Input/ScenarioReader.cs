using Wsp.Cli.Vocabulary;
using Wsp.Specification;

namespace Wsp.Cli.Input;

/// <summary>Reads scenario files: what can be run, and everything wrong with the rest.</summary>
internal sealed class ScenarioReader
{
    private static readonly string[] s_caseKeys =
        ["id", "area", "given", "requires", "clauses", "layer", "steps", "windows_verified", "composed", "windows", "wine_differs", "approximate", "note", "origin"];

    private static readonly string[] s_layers = ["provider", "dll"];

    private readonly List<Scenario> _scenarios = [];
    private readonly List<Problem> _problems = [];

    public IReadOnlyList<Scenario> Scenarios => _scenarios;

    public IReadOnlyList<Problem> Problems => _problems;

    /// <summary>Reads a file, or all <c>*.jsonl</c> files below a directory.</summary>
    public void Read(string path)
    {
        if (Directory.Exists(path))
        {
            string[] files = Directory.GetFiles(path, "*.jsonl", SearchOption.AllDirectories);
            if (files.Length == 0)
                _problems.Add(new(path, 0, 0, "there is no scenario file in this directory", "files named *.jsonl"));
            foreach (string file in files.Order(StringComparer.Ordinal))
                ReadFile(file);
        }
        else
        {
            ReadFile(path);
        }
    }

    private void ReadFile(string file)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            _problems.Add(new(file, 0, 0, File.Exists(file) ? $"this file cannot be read: {exception.Message}" : "there is no such file or directory", "a file of scenarios or a directory with *.jsonl files"));
            return;
        }

        if (lines.All(string.IsNullOrWhiteSpace))
            _problems.Add(new(file, 0, 0, "there is no case in this file", "one case a line"));
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < lines.Length; i++)
        {
            if (!string.IsNullOrWhiteSpace(lines[i]) && ReadLine(file, i + 1, lines[i]) is { } scenario)
            {
                if (ids.TryAdd(scenario.Id, i + 1))
                    _scenarios.Add(scenario);
                else
                    _problems.Add(new(file, i + 1, 1, $"the id \"{scenario.Id}\" is that of line {ids[scenario.Id]}", "an id of its own for each case"));
            }
        }
    }

    private Scenario? ReadLine(string file, int line, string text)
    {
        Node? root = NodeParser.Parse(text, out (int Column, string Wrong, string Right) error);
        if (root is null)
        {
            _problems.Add(new(file, line, error.Column, error.Wrong, error.Right));
            return null;
        }

        var check = new NodeCheck(file, line);
        if (!check.IsObject(root, "a case"))
        {
            _problems.AddRange(check.Problems);
            return null;
        }

        check.Keys(root, s_caseKeys, "key of a case");
        string id = check.RequiredText(root, "id");
        string area = check.RequiredText(root, "area");
        string given = check.RequiredText(root, "given");
        IReadOnlyList<string> requires = check.Words(root["requires"], Requirements.All, "feature");
        if (root["layer"] is { } layer)
            check.Word(layer, s_layers, "layer");
        IReadOnlyList<string> clauses = check.Texts(root["clauses"]);
        foreach (Node clause in root["clauses"]?.Items ?? [])
        {
            if (clause.Kind == NodeKind.Text && ClauseCatalog.Find(clause.Text) is null)
                check.Add(clause.Column, $"there is no clause \"{clause.Text}\"", Suggestion.For(clause.Text, [.. ClauseCatalog.All.Select(known => known.Id)]));
        }

        IReadOnlyList<Step> steps = new StepReader(check).Read(root);
        _problems.AddRange(check.Problems);
        if (check.Problems.Count > 0)
            return null;
        return new Scenario { File = file, Line = line, Id = id, Area = area, Given = given, Requires = requires, Clauses = clauses, Steps = steps };
    }
}
