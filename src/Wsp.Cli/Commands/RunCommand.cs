using System.CommandLine;
using System.Globalization;
using Wsp.Cli.Running;
using Wsp.Specification;

namespace Wsp.Cli.Commands;

/// <summary><c>wsp run</c>.</summary>
internal static class RunCommand
{
    private const double DefaultTimeout = 30;

    public static Command Create(CliConsole console)
    {
        var paths = new Argument<string[]>("FILE|DIR") { Description = "Scenario files, or directories with *.jsonl files.", Arity = ArgumentArity.OneOrMore };
        var profile = new Option<string>("--profile") { Description = "Whose behaviour the provider shows.", DefaultValueFactory = _ => Profile.Documented.Name };
        profile.AcceptOnlyFromAmong([.. Profile.All.Select(known => known.Name)]);
        var transport = new Option<string>("--transport") { Description = "What is below the provider.", DefaultValueFactory = _ => "memory" };
        transport.AcceptOnlyFromAmong("memory", "tcp");
        var format = new Option<string>("--format") { Description = "How results are written.", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        var explain = new Option<bool>("--explain") { Description = "Shows every step: the call, its result, and each transition of the provider with its effects and clauses." };
        var timeout = new Option<double>("--timeout") { Description = "The most seconds a case may take.", DefaultValueFactory = _ => DefaultTimeout };
        timeout.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1
                && double.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out double seconds) && seconds is not (> 0 and <= 86400))
                result.AddError("--timeout has to be more than 0 and at most 86400 seconds.");
        });
        var command = new Command("run", "Runs scenarios: sequences of calls and what they must answer.") { paths, profile, transport, explain, format, timeout };
        command.SetAction(parsed =>
        {
            var settings = new CaseSettings(
                Profile.Find(parsed.GetValue(profile)!)!,
                parsed.GetValue(transport) == "tcp" ? TransportKind.Tcp : TransportKind.Memory,
                TimeSpan.FromSeconds(parsed.GetValue(timeout)));
            return new RunSession(console, settings, parsed.GetValue(format) == "json", parsed.GetValue(explain)).Run(parsed.GetValue(paths)!);
        });
        return command;
    }
}
