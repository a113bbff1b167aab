using System.Text.Json;

namespace Wsp.Cli.Tests;

/// <summary>Exit codes, the last line, and the formats.</summary>
public class CommandTests
{
    private const string Good = """{"call":"WSPCleanup","expect":{"ok":true}}""";
    private const string Bad = """{"call":"WSPCleanup","expect":{"error":"WSAENOTSOCK"}}""";
    private const string Missing = """{"call":"WSPSelect","args":{"timeout_ms":0},"expect":{"ok":true}}""";

    [Fact]
    public void A_run_where_nothing_fails_is_a_success()
    {
        using var file = new ScenarioFile(ScenarioFile.Case(Good), ScenarioFile.Case(Missing, id: "case-2"));

        CliRun run = Cli.Run("run", file.Path);

        run.Code.Should().Be(0);
        run.LastLine.Should().Be("1 passed, 0 failed, 1 skipped");
        run.Output.Should().Contain("1 WSPSelect: no select yet");
        run.Error.Should().BeEmpty();
    }

    [Fact]
    public void A_failure_is_told_and_gives_exit_code_1()
    {
        using var file = new ScenarioFile(ScenarioFile.Case(Bad), ScenarioFile.Case(Good, id: "case-2"));

        CliRun run = Cli.Run("run", file.Path);

        run.Code.Should().Be(1);
        run.LastLine.Should().Be("1 passed, 1 failed, 0 skipped");
        run.Output.Should().Contain("failed case-1").And.Contain("step 1, WSPCleanup, error").And.Contain("expected \"WSAENOTSOCK\"").And.Contain("came     success (0)");
    }

    [Theory]
    [InlineData("run", "/there/is/no/such/file.jsonl")]
    [InlineData("run")]
    [InlineData("run", "x", "--profile", "linux")]
    [InlineData("run", "x", "--timeout", "0")]
    [InlineData("walk")]
    public void Input_that_cannot_be_used_gives_exit_code_2(params string[] args) => Cli.Run(args).Code.Should().Be(2);

    [Fact]
    public void A_directory_is_walked()
    {
        string directory = Directory.CreateTempSubdirectory("wsp").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(directory, "deep"));
            File.WriteAllText(Path.Combine(directory, "deep", "a.jsonl"), ScenarioFile.Case(Good));
            File.WriteAllText(Path.Combine(directory, "notes.txt"), "not a scenario");

            Cli.Run("run", directory).LastLine.Should().Be("1 passed, 0 failed, 0 skipped");
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public void An_empty_directory_is_no_success()
    {
        string directory = Directory.CreateTempSubdirectory("wsp").FullName;
        try
        {
            Cli.Run("run", directory).Code.Should().Be(2);
        }
        finally
        {
            Directory.Delete(directory);
        }
    }

    [Fact]
    public void Json_gives_one_object_a_case_and_the_count_beside_it()
    {
        using var file = new ScenarioFile(ScenarioFile.Case(Good), ScenarioFile.Case(Bad, id: "case-2"), ScenarioFile.Case(Missing, id: "case-3"));

        CliRun run = Cli.Run("run", file.Path, "--format", "json");

        JsonElement[] lines = [.. run.Lines.Select(line => JsonDocument.Parse(line).RootElement)];
        lines.Should().HaveCount(4);
        lines[0].GetProperty("verdict").GetString().Should().Be("passed");
        lines[1].GetProperty("line").GetInt32().Should().Be(2);
        JsonElement failure = lines[1].GetProperty("failures")[0];
        failure.GetProperty("step").GetInt32().Should().Be(1);
        failure.GetProperty("key").GetString().Should().Be("error");
        lines[2].GetProperty("reason").GetString().Should().Contain("WSPSelect");
        lines[3].GetProperty("summary").GetProperty("failed").GetInt32().Should().Be(1);
        run.Error.TrimEnd().Should().Be("1 passed, 1 failed, 1 skipped");
    }

    [Fact]
    public void A_case_that_hangs_fails_at_its_step_and_stops_no_other()
    {
        using var file = new ScenarioFile(
            ScenarioFile.Case("""{"call":"Harness.TcpPair","as":["c","s"]},{"call":"WSPRecv","args":{"socket":"c","length":1}}"""),
            ScenarioFile.Case(Good, id: "case-2"));

        CliRun run = Cli.Run("run", file.Path, "--timeout", "0.3");

        run.LastLine.Should().Be("1 passed, 1 failed, 0 skipped");
        run.Output.Should().Contain("step 2, WSPRecv, (time)").And.Contain("WSPRecv on c is blocked");
    }

    [Fact]
    public void A_step_that_cannot_be_carried_out_fails_and_stops_no_other()
    {
        using var file = new ScenarioFile(
            ScenarioFile.Case("""{"call":"Harness.NewEvent","as":"e"},{"call":"WSPCloseSocket","args":{"socket":"e"}}"""),
            ScenarioFile.Case(Good, id: "case-2"));

        CliRun run = Cli.Run("run", file.Path);

        run.LastLine.Should().Be("1 passed, 1 failed, 0 skipped");
        run.Output.Should().Contain("\"e\" is an event, where SocketHandle is wanted");
    }

    [Fact]
    public void Explaining_tells_calls_transitions_effects_and_clauses()
    {
        using var file = new ScenarioFile(ScenarioFile.Case(
            """{"call":"Harness.NewOverlapped","as":"o"},{"call":"Harness.TcpPair","as":["[c]","s"]},{"call":"WSPRecv","args":{"socket":"[c]","length":1,"overlapped":"o"}},{"call":"WSPCleanup","args":{"client":"[bold]"}}"""));

        CliRun run = Cli.Run("run", file.Path, "--explain");

        run.Code.Should().Be(0);
        run.Output.Should().Contain("WSA_IO_PENDING (997)")
            .And.Contain("WSPCleanup by [bold]")
            .And.Contain("Running(1) => CleaningUp(CancelBlockingCalls)")
            .And.Contain("operation 1 on [c] ends: its record says STATUS_CANCELLED")
            .And.Contain("transport: RST on s")
            .And.Contain("CLEANUP-17")
            .And.Contain("left behind by a nameless client: 2 open socket(s), 1 pending operation(s)")
            .And.Contain("verifier stop E10C");
    }

    [Fact]
    public void Explaining_folds_what_repeats()
    {
        string sends = string.Join(',', Enumerable.Repeat("""{"call":"Harness.ReceiveExactly","args":{"socket":"s","count":500000}}""", 1));
        using var file = new ScenarioFile(ScenarioFile.Case(
            """{"call":"Harness.TcpPair","as":["c","s"]},{"call":"WSPSend","args":{"socket":"c","fill":500000},"background":"b"},""" + sends));

        CliRun run = Cli.Run("run", file.Path, "--explain");

        run.Output.Should().Contain("more time(s)");
        run.Lines.Count.Should().BeLessThan(200);
    }

    [Fact]
    public void Functions_lists_every_slot()
    {
        CliRun run = Cli.Run("functions");

        run.Code.Should().Be(0);
        foreach (var entry in Provider.Procedures.Table)
            run.Output.Should().Contain(entry.Name);
    }
}
