using Wsp.Specification;

namespace Wsp.Cli.Running;

/// <summary>How cases are run.</summary>
/// <param name="Profile">Whose behaviour the provider shows.</param>
/// <param name="Transport">What is below it.</param>
/// <param name="Timeout">How long a case may take.</param>
internal sealed record CaseSettings(Profile Profile, TransportKind Transport, TimeSpan Timeout);
