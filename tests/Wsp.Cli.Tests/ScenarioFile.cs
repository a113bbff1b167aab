namespace Wsp.Cli.Tests;

/// <summary>A scenario file for one test.</summary>
internal sealed class ScenarioFile : IDisposable
{
    public ScenarioFile(params string[] lines)
    {
        Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"wsp-{Guid.NewGuid():N}.jsonl");
        File.WriteAllLines(Path, lines);
    }

    public string Path { get; }

    /// <summary>A case of some steps, as a line.</summary>
    public static string Case(string steps, string more = "", string id = "case-1") =>
        $"{{\"id\":\"{id}\",\"area\":\"test\",\"given\":\"a test\"{(more.Length > 0 ? "," + more : "")},\"steps\":[{steps}]}}";

    public void Dispose() => File.Delete(Path);
}
