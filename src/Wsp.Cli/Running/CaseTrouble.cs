namespace Wsp.Cli.Running;

/// <summary>A step could not be carried out: the case fails with this reason.</summary>
internal sealed class CaseTrouble(string message) : Exception(message);
