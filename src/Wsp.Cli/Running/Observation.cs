using Wsp.Spi;

namespace Wsp.Cli.Running;

/// <summary>What a step showed: the answer of the call, the values that can be expected of it, and what it made.</summary>
internal sealed class Observation
{
    /// <summary>The answer of a call of the interface; null for a step of the runner that answers nothing.</summary>
    public WsaError? Error { get; init; }

    /// <summary>
    /// What can be expected, by the name of the expectation: <see cref="long"/>, <see cref="bool"/>, <see cref="string"/>, bytes, <see cref="Named"/>,
    /// lists and dictionaries of these.
    /// </summary>
    public Dictionary<string, object?> Values { get; } = new(StringComparer.Ordinal);

    /// <summary>For each out parameter, whether it still holds what it was filled with before the call.</summary>
    public Dictionary<string, bool> Untouched { get; } = new(StringComparer.Ordinal);

    /// <summary>What the step made, for the names that <c>as</c> gives.</summary>
    public IReadOnlyList<object> Made { get; init; } = [];

    public static Observation Of(WsaError error) => new() { Error = error };

    public static Observation Nothing => new();

    public static Observation Making(params object[] made) => new() { Made = made };

    /// <summary>Adds a value.</summary>
    public Observation With(string name, object? value)
    {
        Values[name] = value;
        return this;
    }

    /// <summary>Adds what is known of an out parameter.</summary>
    public Observation Out(string name, bool untouched)
    {
        Untouched[name] = untouched;
        return this;
    }
}
