using Wsp.Cli.Input;
using Wsp.Provider;

namespace Wsp.Cli.Running;

/// <summary>Told about each step of a case while it runs.</summary>
internal interface ICaseWatcher
{
    void CaseBegins(Scenario scenario);

    /// <summary>A step has returned, or begun in the background.</summary>
    /// <param name="world">The case's world.</param>
    /// <param name="step">The step.</param>
    /// <param name="came">What it showed; null for a step that has begun in the background.</param>
    /// <param name="transitions">The provider's transitions since the step before.</param>
    void StepDone(World world, Step step, Observation? came, IReadOnlyList<TransitionRecord> transitions);
}
