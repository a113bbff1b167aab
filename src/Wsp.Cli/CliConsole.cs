using Spectre.Console;

namespace Wsp.Cli;

/// <summary>Where the tool writes. Tests hand in writers of their own.</summary>
internal sealed class CliConsole
{
    // Tables on something that is no terminal are not to be folded at 80 columns.
    private const int PlainWidth = 400;

    private CliConsole(TextWriter output, TextWriter error, IAnsiConsole ansi)
    {
        Out = output;
        Error = error;
        Ansi = ansi;
        AnsiError = Plain(error);
    }

    public TextWriter Out { get; }

    public TextWriter Error { get; }

    /// <summary>Output with colours and tables, on top of <see cref="Out"/>.</summary>
    public IAnsiConsole Ansi { get; }

    /// <summary>Output with tables, on top of <see cref="Error"/>.</summary>
    public IAnsiConsole AnsiError { get; }

    /// <summary>Whether somebody is watching, who would like to see progress.</summary>
    public bool IsInteractive => Ansi.Profile.Out.IsTerminal && Ansi.Profile.Capabilities.Interactive;

    /// <summary>The process's own streams; colours only where somebody sees them.</summary>
    public static CliConsole OfProcess() => Console.IsOutputRedirected
        ? Over(Console.Out, Console.Error)
        : new(Console.Out, Console.Error, AnsiConsole.Console);

    public static CliConsole Over(TextWriter output, TextWriter error) => new(output, error, Plain(output));

    private static IAnsiConsole Plain(TextWriter writer)
    {
        IAnsiConsole ansi = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        ansi.Profile.Width = PlainWidth;
        return ansi;
    }
}
