using System.CommandLine;
using Wsp.Cli.Commands;

namespace Wsp.Cli;

/// <summary>The commands of the tool and their options.</summary>
internal static class CommandLine
{
    /// <summary>Runs a command.</summary>
    /// <param name="args">The arguments behind the name of the tool.</param>
    /// <param name="console">Where it writes.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string[] args, CliConsole console)
    {
        var root = new RootCommand("An executable reference model of a Winsock 2 service provider.")
        {
            RunCommand.Create(console),
            FunctionsCommand.Create(console),
        };
        ParseResult parsed = root.Parse(args);
        var configuration = new InvocationConfiguration { Output = console.Out, Error = console.Error };
        int code = parsed.Invoke(configuration);
        return parsed.Errors.Count > 0 ? ExitCodes.BadInput : code;
    }
}
