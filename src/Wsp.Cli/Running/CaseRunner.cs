using Wsp.Cli.Input;
using Wsp.Provider;

namespace Wsp.Cli.Running;

/// <summary>Runs one case after another, each in a world and on a thread of its own, and never longer than it may take.</summary>
internal sealed class CaseRunner(CaseSettings settings, ICaseWatcher? watcher = null)
{
    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(5);

    public CaseResult Run(Scenario scenario)
    {
        if (Vocabulary.Features.WhyNot(scenario, settings.Transport) is { } reason)
            return CaseResult.Skipped(scenario, reason);
        watcher?.CaseBegins(scenario);
        var run = new CaseRun(scenario, settings, watcher);
        using var done = new ManualResetEventSlim();
        IReadOnlyList<Failure> found = [];

        // A thread of its own gives the case a fresh queue of asynchronous calls, and can be left behind when it hangs.
        var thread = new Thread(() =>
        {
            found = run.Run();
            WspThread.End();
            SetQuietly(done);
        })
        { IsBackground = true, Name = scenario.Id };
        thread.Start();

        // Judged before the world ends, which lets a hanging call return and the case come to an end that looks good.
        IReadOnlyList<Failure> failures = done.Wait(settings.Timeout) ? found : [run.Hang(settings.Timeout)];
        Release(run);
        return failures.Count > 0 ? CaseResult.Failed(scenario, failures) : CaseResult.Passed(scenario);
    }

    /// <summary>Ends the world of a case. What still hangs then stays behind on background threads.</summary>
    private static void Release(CaseRun run)
    {
        var thread = new Thread(run.Dispose) { IsBackground = true, Name = "farewell" };
        thread.Start();
        thread.Join(s_farewell);
    }

    /// <summary>The runner may have given up on a case that ends after all.</summary>
    private static void SetQuietly(ManualResetEventSlim done)
    {
        try
        {
            done.Set();
        }
        catch (ObjectDisposedException)
        {
        }
    }
}
