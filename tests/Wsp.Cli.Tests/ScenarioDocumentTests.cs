using Wsp.Cli.Vocabulary;

namespace Wsp.Cli.Tests;

/// <summary>docs/scenarios.md tells of every call, and its example is a case that passes.</summary>
public class ScenarioDocumentTests
{
    private static readonly string s_document = File.ReadAllText(Path.Combine(Cli.Scenarios, "..", "docs", "scenarios.md"));

    [Fact]
    public void The_document_lists_every_call() =>
        CallTable.All.Keys.Where(call => !s_document.Contains($"| `{call}` |", StringComparison.Ordinal)).Should().BeEmpty();

    [Fact]
    public void The_document_lists_every_requirement() =>
        Requirements.All.Where(feature => !s_document.Contains($"`{feature}`", StringComparison.Ordinal)).Should().BeEmpty();

    [Fact]
    public void The_example_of_the_document_passes()
    {
        string file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".jsonl");
        File.WriteAllText(file, s_document.Split("```json\n")[1].Split("```")[0]);
        try
        {
            Cli.Run("run", file).LastLine.Should().Be("1 passed, 0 failed, 0 skipped");
        }
        finally
        {
            File.Delete(file);
        }
    }
}
