namespace Wsp.Cli;

/// <summary>The tool's exit codes.</summary>
internal static class ExitCodes
{
    /// <summary>Nothing failed and all input could be used.</summary>
    public const int Success = 0;

    /// <summary>A case failed.</summary>
    public const int Failures = 1;

    /// <summary>Input could not be used; that includes the command line.</summary>
    public const int BadInput = 2;
}
