using Wsp.Core.Tests;

namespace Wsp.Cli.Tests;

/// <summary>Runs the tool in this process.</summary>
internal static class Cli
{
    /// <summary>The repository's own scenarios.</summary>
    public static string Scenarios { get; } = Path.Combine(RepositoryRoot.Path, "scenarios");

    public static CliRun Run(params string[] args)
    {
        var output = new StringWriter();
        var error = new StringWriter();
        int code = CommandLine.Run(args, CliConsole.Over(output, error));
        return new CliRun(code, output.ToString(), error.ToString());
    }
}

/// <summary>What a run of the tool showed.</summary>
internal sealed record CliRun(int Code, string Output, string Error)
{
    public IReadOnlyList<string> Lines { get; } = Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd('\r')).ToList();

    public string LastLine => Lines.Count > 0 ? Lines[^1] : "";
}
