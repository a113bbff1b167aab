using System.Text.Json;

namespace Wsp.Cli.Tests;

/// <summary>The repository's scenarios, all of them.</summary>
public class ScenarioTests
{
    private static readonly string[] s_own = ["startup.jsonl", "cleanup.jsonl", "close.jsonl", "process-death.jsonl", "cleanup-tour.jsonl"];

    [Fact]
    public void What_Windows_was_measured_to_do_the_provider_does_under_its_profile()
    {
        CliRun run = Cli.Run("run", At("windows-cases.jsonl"), "--profile", "windows", "--format", "json");

        JsonElement[] lines = [.. run.Lines.Select(line => JsonDocument.Parse(line).RootElement)];
        List<string?> failed = [.. lines.Where(line => line.TryGetProperty("verdict", out JsonElement verdict) && verdict.GetString() == "failed").Select(line => line.GetProperty("id").GetString())];
        failed.Should().BeEquivalentTo(Counts.WindowsOpen);
        run.Error.TrimEnd().Should().Be($"{Counts.WindowsPassed} passed, {Counts.WindowsOpen.Length} failed, {Counts.WindowsSkipped} skipped");
    }

    [Theory]
    [InlineData("documented")]
    [InlineData("windows")]
    public void Our_own_pass_in_memory(string profile)
    {
        CliRun run = Cli.Run(["run", .. s_own.Select(At), "--profile", profile]);

        run.LastLine.Should().Be($"{Counts.Own} passed, 0 failed, 0 skipped", run.Output);
        run.Code.Should().Be(0);
    }

    [Fact]
    public void The_tour_passes_in_memory() =>
        Cli.Run("run", At("cleanup-tour.jsonl")).LastLine.Should().Be("1 passed, 0 failed, 0 skipped");

    [Fact]
    public void The_tour_passes_over_real_sockets() =>
        Cli.Run("run", At("cleanup-tour.jsonl"), "--transport", "tcp").LastLine.Should().Be("1 passed, 0 failed, 0 skipped");

    [Fact]
    public void Our_own_pass_over_real_sockets()
    {
        CliRun run = Cli.Run(["run", .. s_own.Select(At), "--transport", "tcp"]);

        run.LastLine.Should().Be($"{Counts.Own - Counts.OwnMemoryOnly} passed, 0 failed, {Counts.OwnMemoryOnly} skipped", run.Output);
    }

    [Fact]
    public void The_tour_can_be_explained()
    {
        CliRun run = Cli.Run("run", At("cleanup-tour.jsonl"), "--explain");

        run.Code.Should().Be(0);
        run.Output.Should().Contain("left behind by app").And.Contain("CleaningUp(CancelBlockingCalls) => CleaningUp(AbortOverlapped)").And.Contain("verifier stop E106").And.Contain("verifier stop E10C");
    }

    private static string At(string name) => Path.Combine(Cli.Scenarios, name);
}
