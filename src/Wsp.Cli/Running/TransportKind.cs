namespace Wsp.Cli.Running;

/// <summary>What a case runs on.</summary>
internal enum TransportKind
{
    Memory,
    Tcp,
}
