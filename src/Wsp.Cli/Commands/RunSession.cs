using Spectre.Console;
using Wsp.Cli.Input;
using Wsp.Cli.Reporting;
using Wsp.Cli.Running;

namespace Wsp.Cli.Commands;

/// <summary>One run of <c>wsp run</c>: reads everything, runs it, reports.</summary>
internal sealed class RunSession(CliConsole console, CaseSettings settings, bool json, bool explain)
{
    public int Run(IEnumerable<string> paths)
    {
        var reader = new ScenarioReader();
        foreach (string path in paths)
            reader.Read(path);
        foreach (Problem problem in reader.Problems)
            console.Error.WriteLine(problem);
        IReport report = json ? new JsonReport(console) : new TextReport(console);
        var summary = new Summary(reader.Problems.Count);
        var runner = new CaseRunner(settings, explain ? new Explainer(json ? console.AnsiError : console.Ansi) : null);
        if (console.IsInteractive && !explain && !json)
            RunWithProgress(reader.Scenarios, scenario => Take(runner, scenario, report, summary));
        else
            foreach (Scenario scenario in reader.Scenarios)
                Take(runner, scenario, report, summary);
        report.Finish(summary);
        return reader.Problems.Count > 0 ? ExitCodes.BadInput : summary.Failed > 0 ? ExitCodes.Failures : ExitCodes.Success;
    }

    private static void Take(CaseRunner runner, Scenario scenario, IReport report, Summary summary)
    {
        CaseResult result = runner.Run(scenario);
        summary.Add(result);
        report.Add(result);
    }

    private void RunWithProgress(IReadOnlyList<Scenario> scenarios, Action<Scenario> run) => console.Ansi.Progress().AutoClear(true).Start(progress =>
    {
        ProgressTask task = progress.AddTask("cases", maxValue: Math.Max(1, scenarios.Count));
        foreach (Scenario scenario in scenarios)
        {
            run(scenario);
            task.Increment(1);
        }
    });
}
