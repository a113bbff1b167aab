using Wsp.Cli.Input;

namespace Wsp.Cli.Tests;

/// <summary>What the reader says about input that cannot be used: where, what, and what would be right.</summary>
public class ParserTests
{
    private const string Cleanup = """{"call":"WSPCleanup"}""";

    [Theory]
    [InlineData("{\"id\":\"a\",}", 11, "not JSON")]
    [InlineData("[1]", 1, "a case is an object")]
    [InlineData("{\"id\":\"ä\" x", 11, "not JSON")]
    [InlineData("{\"id\":\"a\",\"id\":\"b\"}", 11, "given twice")]
    [InlineData("{\"id\":\"a\"} {}", 12, "not JSON")]
    public void Json_errors_are_told_with_their_column(string line, int column, string wrong)
    {
        using var file = new ScenarioFile(line);

        Problem problem = ProblemsOf(file).First();

        problem.Line.Should().Be(1);
        problem.Column.Should().Be(column);
        problem.Wrong.Should().Contain(wrong);
    }

    [Theory]
    [InlineData("""{"call":"WSPSennd"}""", "\"WSPSennd\" is no call", "did you mean \"WSPSend\"?")]
    [InlineData("""{"cal":"WSPCleanup"}""", "\"cal\" is no key of a step", "did you mean \"call\"?")]
    [InlineData("""{"call":"WSPCleanup","expect":{"okay":true}}""", "\"okay\" is no expectation of WSPCleanup", "did you mean \"ok\"?")]
    [InlineData("""{"call":"WSPCleanup","expect":{"bytes":1}}""", "\"bytes\" is no expectation of WSPCleanup", "known here")]
    [InlineData("""{"call":"WSPCleanup","expect":{"error":"WSAENOTSOK"}}""", "there is no constant \"WSAENOTSOK\"", "did you mean \"WSAENOTSOCK\"?")]
    [InlineData("""{"call":"WSPCleanup","expect":{"ok":false}}""", "says nothing", "leave it out")]
    [InlineData("""{"call":"WSPCleanup","expect":{"ok":true,"fails":true}}""", "cannot both succeed and fail", "either")]
    [InlineData("""{"call":"WSPSocket","args":{"af":"AF_INED","type":1,"protocol":0}}""", "there is no constant \"AF_INED\"", "did you mean \"AF_INET\"?")]
    [InlineData("""{"call":"WSPSocket","args":{"af":true,"type":1,"protocol":0}}""", "true does not fit here", "a whole number")]
    [InlineData("""{"call":"WSPSocket","args":{"af":2,"type":1}}""", "WSPSocket needs \"protocol\"", "\"protocol\"")]
    [InlineData("""{"call":"WSPListen","args":{"sokket":"INVALID_SOCKET","socket":"INVALID_SOCKET","backlog":1}}""", "\"sokket\" is no argument of WSPListen", "did you mean \"socket\"?")]
    [InlineData("""{"call":"WSPCloseSocket","args":{"socket":"s"}}""", "no earlier step made \"s\"", "known here")]
    [InlineData("""{"call":"WSPCloseSocket","args":{"socket":"INVALID_SOCKET"},"as":"x"}""", "gives nothing to name", "leave \"as\" out")]
    [InlineData("""{"call":"Harness.Join","args":{"background":"b"}}""", "is no call in the background by now", "nothing is known here")]
    [InlineData("""{"call":"WSPCleanup","background":"b","expect":{"ok":true}}""", "has not returned yet", "Harness.Join")]
    [InlineData("""{"call":"WSPConnect","args":{"socket":"INVALID_SOCKET","address":{"family":"AF_INET","ip":"1.2.3.x","port":1}}}""", "\"ip\" is missing or no address", "127.0.0.1")]
    [InlineData("""{"call":"WSPConnect","args":{"socket":"INVALID_SOCKET","address":{"family":"AF_INET","ip":"1.2.3.4","port":70000}}}""", "no port", "0 to 65535")]
    [InlineData("""{"call":"WSPGetSockOpt","args":{"socket":"INVALID_SOCKET","level":0,"name":0},"expect":{"untouched":["value"]}}""", "no out parameter of WSPGetSockOpt", "known here: optval, optlen")]
    [InlineData("""{"call":"WSPGetSockOpt","args":{"socket":"INVALID_SOCKET","level":0,"name":0},"expect":{"raw":"0g"}}""", "does not fit here", "hexadecimal")]
    public void A_wrong_step_is_told_with_a_hint(string step, string wrong, string right)
    {
        using var file = new ScenarioFile("", ScenarioFile.Case(step));

        Problem problem = ProblemsOf(file).First();

        problem.Line.Should().Be(2);
        problem.Column.Should().BeGreaterThan(1);
        problem.Wrong.Should().Contain(wrong);
        problem.Right.Should().Contain(right);
    }

    [Theory]
    [InlineData("\"requires\":[\"ipv5\"]", "\"ipv5\" is no feature", "did you mean \"ipv6\"?")]
    [InlineData("\"clauses\":[\"CLEANUP-99\"]", "there is no clause \"CLEANUP-99\"", "did you mean")]
    [InlineData("\"layer\":\"kernel\"", "is no layer", "provider, dll")]
    [InlineData("\"requirs\":[]", "\"requirs\" is no key of a case", "did you mean \"requires\"?")]
    public void A_wrong_case_is_told_with_a_hint(string more, string wrong, string right)
    {
        using var file = new ScenarioFile(ScenarioFile.Case(Cleanup, more));

        Problem problem = ProblemsOf(file).First();

        problem.Wrong.Should().Contain(wrong);
        problem.Right.Should().Contain(right);
    }

    [Fact]
    public void The_column_points_at_the_wrong_name()
    {
        string line = ScenarioFile.Case("""{"call":"WSPCleanup","expect":{"okay":true}}""");
        using var file = new ScenarioFile(line);

        ProblemsOf(file).Single().Column.Should().Be(line.IndexOf("\"okay\"", StringComparison.Ordinal) + 1);
    }

    [Fact]
    public void A_wrong_line_stops_no_other_case()
    {
        using var file = new ScenarioFile("nonsense", ScenarioFile.Case(Cleanup), "", "{", ScenarioFile.Case(Cleanup, id: "case-2"));

        CliRun run = Cli.Run("run", file.Path);

        run.Error.Should().Contain($"{file.Path}:1:2: this is not JSON").And.Contain($"{file.Path}:4:");
        run.LastLine.Should().Be("2 passed, 0 failed, 0 skipped");
        run.Code.Should().Be(ExitCodes.BadInput);
    }

    [Fact]
    public void An_id_names_one_case()
    {
        using var file = new ScenarioFile(ScenarioFile.Case(Cleanup), ScenarioFile.Case(Cleanup));

        ProblemsOf(file).Single().Wrong.Should().Contain("is that of line 1");
    }

    private static IReadOnlyList<Problem> ProblemsOf(ScenarioFile file)
    {
        var reader = new ScenarioReader();
        reader.Read(file.Path);
        reader.Problems.Should().NotBeEmpty();
        return reader.Problems;
    }
}
