using System.CommandLine;
using Spectre.Console;
using Wsp.Provider;
using Wsp.Spi;

namespace Wsp.Cli.Commands;

/// <summary><c>wsp functions</c>: the provider's procedure table.</summary>
internal static class FunctionsCommand
{
    public static Command Create(CliConsole console)
    {
        var command = new Command("functions", "Lists the slots of the provider's procedure table: which work, and what the others answer.");
        command.SetAction(_ => Print(console));
        return command;
    }

    private static int Print(CliConsole console)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumns("Slot", "Works", "Answer", "Remark");
        foreach (WspProcEntry entry in Procedures.Table)
        {
            table.AddRow(
                Markup.Escape(entry.Name),
                entry.Works ? "[green]yes[/]" : "[yellow]no[/]",
                entry.Works ? "" : Markup.Escape(entry.Answer.Describe()),
                Markup.Escape(entry.Remark));
        }

        console.Ansi.Write(table);
        return ExitCodes.Success;
    }
}
