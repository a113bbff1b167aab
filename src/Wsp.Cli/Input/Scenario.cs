using Wsp.Cli.Vocabulary;

namespace Wsp.Cli.Input;

/// <summary>One case: a sequence of calls and what they must answer.</summary>
internal sealed record Scenario
{
    public required string File { get; init; }

    public required int Line { get; init; }

    public required string Id { get; init; }

    public required string Area { get; init; }

    public required string Given { get; init; }

    /// <summary>Features a runner must have.</summary>
    public IReadOnlyList<string> Requires { get; init; } = [];

    /// <summary>Clauses of the specification the case shows.</summary>
    public IReadOnlyList<string> Clauses { get; init; } = [];

    public required IReadOnlyList<Step> Steps { get; init; }
}

/// <summary>One call of a case.</summary>
internal sealed record Step
{
    /// <summary>Its place in the case, from 1.</summary>
    public required int Number { get; init; }

    public required CallSpec Call { get; init; }

    public required Node Args { get; init; }

    public required Node Expect { get; init; }

    /// <summary>The names its results get.</summary>
    public IReadOnlyList<string> As { get; init; } = [];

    /// <summary>The helper thread it runs on while the case goes on, or null.</summary>
    public string? Background { get; init; }

    /// <summary>The named thread it runs on while the case waits, or null.</summary>
    public string? Thread { get; init; }
}
