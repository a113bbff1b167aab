using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Wsp.Cli.Running;

namespace Wsp.Cli.Reporting;

/// <summary>Results for programs: one object a case, then one for the whole.</summary>
internal sealed class JsonReport(CliConsole console) : IReport
{
    // The output is a file or a pipe, never a page: names stay readable.
    private static readonly JsonSerializerOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public void Add(CaseResult result)
    {
        var line = new JsonObject
        {
            ["id"] = result.Scenario.Id,
            ["file"] = result.Scenario.File,
            ["line"] = result.Scenario.Line,
            ["verdict"] = result.Verdict switch { Verdict.Passed => "passed", Verdict.Failed => "failed", _ => "skipped" },
        };
        if (result.Verdict == Verdict.Skipped)
            line["reason"] = result.Reason;
        if (result.Verdict == Verdict.Failed)
        {
            line["failures"] = new JsonArray([.. result.Failures.Select(failure => new JsonObject
            {
                ["step"] = failure.Step,
                ["call"] = failure.Call,
                ["key"] = failure.Key,
                ["expected"] = failure.Expected,
                ["actual"] = failure.Actual,
            })]);
        }

        Write(line);
    }

    public void Finish(Summary summary)
    {
        Write(new JsonObject
        {
            ["summary"] = new JsonObject
            {
                ["passed"] = summary.Passed,
                ["failed"] = summary.Failed,
                ["skipped"] = summary.Skipped,
                ["problems"] = summary.Problems,
            },
        });
        console.Error.WriteLine(summary.Line);
    }

    private void Write(JsonObject line) => console.Out.WriteLine(line.ToJsonString(s_options));
}
