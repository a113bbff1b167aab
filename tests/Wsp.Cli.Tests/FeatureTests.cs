using Wsp.Cli.Input;
using Wsp.Cli.Running;
using Wsp.Cli.Vocabulary;

namespace Wsp.Cli.Tests;

/// <summary>Cases are skipped for what they contain, never for how they end.</summary>
public class FeatureTests
{
    private const string Socket = """{"call":"WSPSocket","args":{"af":"AF_INET","type":"SOCK_STREAM","protocol":"IPPROTO_TCP"},"as":"s"},""";

    [Theory]
    [InlineData("""{"call":"WSPSelect"}""", "WSPSelect")]
    [InlineData("""{"call":"WSPStringToAddress","args":{"text":"1.1.1.1","af":2}}""", "WSPStringToAddress")]
    [InlineData("""{"call":"WSCEnumProtocols"}""", "protocol catalog")]
    [InlineData("""{"call":"WSAPoll"}""", "WSAPoll")]
    [InlineData("""{"call":"DisconnectEx","args":{"socket":"s"}}""", "extension functions")]
    [InlineData("""{"call":"Harness.CloseSystemHandle","args":{"socket":"s"}}""", "system handles")]
    [InlineData("""{"call":"WSPSend","args":{"socket":"s","data":"x","flags":["MSG_OOB"]}}""", "urgent data")]
    [InlineData("""{"call":"WSPIoctl","args":{"socket":"s","code":"SIOCATMARK"}}""", "urgent data")]
    [InlineData("""{"call":"WSPIoctl","args":{"socket":"s","code":"SIO_KEEPALIVE_VALS"},"expect":{"ok":true}}""", "control codes")]
    [InlineData("""{"call":"WSPGetSockOpt","args":{"socket":"s","level":"SOL_SOCKET","name":"SO_OPENTYPE"},"expect":{"ok":true}}""", "SO_OPENTYPE")]
    public void What_is_missing_is_named(string step, string reason) => WhyNot(Socket + step).Should().Contain(reason);

    [Theory]
    [InlineData("""{"call":"WSPIoctl","args":{"socket":"s","code":"SIO_FLUSH"},"expect":{"error":"WSAEOPNOTSUPP"}}""")]
    [InlineData("""{"call":"WSPIoctl","args":{"socket":"s","code":"0xDEADBEEF"},"expect":{"error":"WSAEOPNOTSUPP"}}""")]
    [InlineData("""{"call":"WSPIoctl","args":{"socket":"s","code":"FIONBIO","input":1},"expect":{"ok":true}}""")]
    [InlineData("""{"call":"WSPGetSockOpt","args":{"socket":"s","level":"SOL_SOCKET","name":"SO_OPENTYPE"},"expect":{"error":"WSAENOPROTOOPT"}}""")]
    [InlineData("""{"call":"WSPGetSockOpt","args":{"socket":"s","level":2048,"name":"SO_MAX_MSG_SIZE"},"expect":{"error":"WSAEINVAL"}}""")]
    [InlineData("""{"call":"WSPEventSelect","args":{"socket":"s","mask":["FD_OOB"]}}""")]
    public void What_is_about_a_refusal_is_run(string step) => WhyNot(Socket + step).Should().BeNull();

    [Theory]
    [InlineData("""{"call":"Harness.NetworkDown"}""", "")]
    [InlineData("""{"call":"WSPCleanup"}""", "\"requires\":[\"blackhole\"]")]
    [InlineData("""{"call":"WSPCleanup"}""", "\"requires\":[\"broadcast\"]")]
    public void What_needs_a_network_of_our_own_runs_in_memory_only(string step, string more)
    {
        WhyNot(step, more, TransportKind.Tcp).Should().Contain("memory only");
        WhyNot(step, more).Should().BeNull();
    }

    private static string? WhyNot(string steps, string more = "", TransportKind transport = TransportKind.Memory)
    {
        using var file = new ScenarioFile(ScenarioFile.Case(steps, more));
        var reader = new ScenarioReader();
        reader.Read(file.Path);
        reader.Problems.Should().BeEmpty();
        return Features.WhyNot(reader.Scenarios.Single(), transport);
    }
}
