using System.Globalization;
using Wsp.Cli.Running;

namespace Wsp.Cli.Reporting;

/// <summary>The results of a run, counted.</summary>
internal sealed class Summary(int problems)
{
    private readonly List<CaseResult> _results = [];

    public IReadOnlyList<CaseResult> Results => _results;

    /// <summary>How many pieces of input could not be used.</summary>
    public int Problems { get; } = problems;

    public int Passed => Count(Verdict.Passed);

    public int Failed => Count(Verdict.Failed);

    public int Skipped => Count(Verdict.Skipped);

    /// <summary>The last line of every run.</summary>
    public string Line => string.Create(CultureInfo.InvariantCulture, $"{Passed} passed, {Failed} failed, {Skipped} skipped");

    public void Add(CaseResult result) => _results.Add(result);

    private int Count(Verdict verdict) => _results.Count(result => result.Verdict == verdict);
}
