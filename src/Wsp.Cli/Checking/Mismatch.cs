namespace Wsp.Cli.Checking;

/// <summary>An expectation that did not hold.</summary>
/// <param name="Key">The expectation.</param>
/// <param name="Expected">What was expected, as the case writes it.</param>
/// <param name="Actual">What came.</param>
internal sealed record Mismatch(string Key, string Expected, string Actual);
