using Wsp.Cli;

return CommandLine.Run(args, CliConsole.OfProcess());
