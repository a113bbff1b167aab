using Wsp.Cli.Input;

namespace Wsp.Cli.Running;

/// <summary>How a case ended.</summary>
internal enum Verdict
{
    Passed,
    Failed,
    Skipped,
}

/// <summary>What was wrong at a step.</summary>
/// <param name="Step">The step, from 1.</param>
/// <param name="Call">Its call.</param>
/// <param name="Key">The expectation, or what else there was to hold.</param>
/// <param name="Expected">What was expected.</param>
/// <param name="Actual">What came.</param>
internal sealed record Failure(int Step, string Call, string Key, string Expected, string Actual);

/// <summary>The result of one case.</summary>
internal sealed record CaseResult(Scenario Scenario, Verdict Verdict, string Reason, IReadOnlyList<Failure> Failures)
{
    public static CaseResult Passed(Scenario scenario) => new(scenario, Verdict.Passed, "", []);

    public static CaseResult Failed(Scenario scenario, IReadOnlyList<Failure> failures) => new(scenario, Verdict.Failed, "", failures);

    public static CaseResult Skipped(Scenario scenario, string reason) => new(scenario, Verdict.Skipped, reason, []);
}
