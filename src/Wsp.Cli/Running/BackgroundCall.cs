using Wsp.Cli.Input;
using Wsp.Spi;

namespace Wsp.Cli.Running;

/// <summary>A call that runs on a helper thread while the case goes on.</summary>
internal sealed class BackgroundCall(Step step)
{
    private volatile Observation? _observation;

    public Step Step { get; } = step;

    public required StepThread Thread { get; init; }

    public WspThreadId Id => Thread.Id;

    /// <summary>What it showed, once it has returned.</summary>
    public Observation? Observation
    {
        get => _observation;
        set => _observation = value;
    }

    /// <summary>Why it could not be carried out.</summary>
    public string? Trouble { get; set; }

    public bool Returned => _observation is not null;
}
