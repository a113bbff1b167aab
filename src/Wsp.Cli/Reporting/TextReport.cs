using System.Globalization;
using Spectre.Console;
using Wsp.Cli.Running;

namespace Wsp.Cli.Reporting;

/// <summary>Results for people: a table by area, every failure, the reasons for skips, and the count.</summary>
internal sealed class TextReport(CliConsole console) : IReport
{
    public void Add(CaseResult result)
    {
        // Everything is told at the end, when it can be put in order.
    }

    public void Finish(Summary summary)
    {
        if (summary.Results.Count > 0)
            WriteTable(summary);
        WriteFailures(summary);
        WriteSkips(summary);
        if (summary.Problems > 0)
            console.Ansi.MarkupLine($"[red]{summary.Problems} problem(s) with the input, reported above.[/]");
        console.Out.WriteLine(summary.Line);
    }

    private void WriteTable(Summary summary)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumns("File", "Area");
        foreach (string column in (string[])["Passed", "Failed", "Skipped"])
            table.AddColumn(new TableColumn(column).RightAligned());
        foreach (var group in summary.Results.GroupBy(result => (result.Scenario.File, result.Scenario.Area)))
        {
            table.AddRow(
                Markup.Escape(Path.GetFileName(group.Key.File)), Markup.Escape(group.Key.Area),
                Count(group, Verdict.Passed, "green"), Count(group, Verdict.Failed, "red"), Count(group, Verdict.Skipped, "yellow"));
        }

        console.Ansi.Write(table);
    }

    private static string Count(IEnumerable<CaseResult> results, Verdict verdict, string colour)
    {
        int count = results.Count(result => result.Verdict == verdict);
        return count == 0 ? "[grey]0[/]" : string.Create(CultureInfo.InvariantCulture, $"[{colour}]{count}[/]");
    }

    private void WriteFailures(Summary summary)
    {
        foreach (CaseResult result in summary.Results.Where(result => result.Verdict == Verdict.Failed))
        {
            console.Ansi.MarkupLine($"[red]failed[/] [bold]{Markup.Escape(result.Scenario.Id)}[/] {Markup.Escape(result.Scenario.Given)}");
            console.Ansi.MarkupLine($"  [grey]{Markup.Escape(result.Scenario.File)}:{result.Scenario.Line}[/]");
            foreach (Failure failure in result.Failures)
            {
                console.Ansi.MarkupLine($"  step {failure.Step}, {Markup.Escape(failure.Call)}, {Markup.Escape(failure.Key)}");
                console.Ansi.MarkupLine($"    expected {Markup.Escape(failure.Expected)}");
                console.Ansi.MarkupLine($"    came     {Markup.Escape(failure.Actual)}");
            }
        }
    }

    private void WriteSkips(Summary summary)
    {
        List<IGrouping<string, CaseResult>> reasons = [.. summary.Results.Where(result => result.Verdict == Verdict.Skipped)
            .GroupBy(result => result.Reason).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal)];
        if (reasons.Count == 0)
            return;
        console.Ansi.MarkupLine("[yellow]skipped[/] for want of");
        foreach (var reason in reasons)
            console.Ansi.MarkupLine($"  {reason.Count()} {Markup.Escape(reason.Key)}");
    }
}
