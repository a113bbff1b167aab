using Wsp.Cli.Checking;
using Wsp.Cli.Input;
using Wsp.Cli.Vocabulary;
using Wsp.Spi;

namespace Wsp.Cli.Running;

/// <summary>One run of one case, on the thread it is called on.</summary>
internal sealed class CaseRun(Scenario scenario, CaseSettings settings, ICaseWatcher? watcher) : IDisposable
{
    private static readonly TimeSpan s_blocking = TimeSpan.FromSeconds(5);

    private volatile World? _world;
    private volatile Step? _current;

    /// <summary>Carries out the steps until one does not hold.</summary>
    public IReadOnlyList<Failure> Run()
    {
        try
        {
            var world = new World(settings.Profile, settings.Transport, watcher is not null);
            _world = world;
            if (!scenario.Requires.Contains(Requirements.Unstarted))
                Start(world);
            var expectations = new Expectations(world);
            foreach (Step step in scenario.Steps)
            {
                _current = step;
                IReadOnlyList<Failure> failures = RunStep(world, expectations, step);
                if (failures.Count > 0)
                    return failures;
            }

            return [];
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // A fault of one case, whatever it is, must not stop the others.
            return [Fail(Words(exception))];
        }
    }

    /// <summary>What a case that takes too long is told to have failed with.</summary>
    public Failure Hang(TimeSpan timeout) => new(
        _current?.Number ?? 0, _current?.Call.Name ?? "(start)", "(time)", $"an end within {timeout.TotalSeconds:0.###} s",
        $"still running: {_world?.DescribeWaits() ?? "the case has not started"}");

    public void Dispose() => _world?.Dispose();

    private static void Start(World world)
    {
        WsaError error = world.Provider.Startup(WspVersion.V2_2, new WspData(), null, world.System, new WspProcTable());
        if (error != WsaError.Success)
            throw new CaseTrouble($"the WSPStartup that every case begins with answered {error.Describe()}");
        world.TakeRecords();
    }

    private static string Words(Exception exception) => exception is CaseTrouble ? exception.Message : $"{exception.GetType().Name}: {exception.Message}";

    private Failure Fail(string actual) => new(_current?.Number ?? 0, _current?.Call.Name ?? "(start)", "(works)", "a step that can be carried out", actual);

    private IReadOnlyList<Failure> RunStep(World world, Expectations expectations, Step step)
    {
        if (step.Background is not null)
        {
            Begin(world, step);
            watcher?.StepDone(world, step, null, world.TakeRecords());
            return [];
        }

        var context = new StepContext(world, step);
        Observation came = step.Thread is { } name
            ? world.Threads.GetOrAdd(name, static made => new StepThread(made)).Do(() => step.Call.Run!(context))
            : step.Call.Run!(context);
        world.Name(step.As, came.Made);
        watcher?.StepDone(world, step, came, world.TakeRecords());
        return [.. expectations.Check(step.Expect, came).Select(mismatch => new Failure(step.Number, step.Call.Name, mismatch.Key, mismatch.Expected, mismatch.Actual))];
    }

    /// <summary>Starts a call on a helper thread and goes on when it waits inside the provider, or has returned.</summary>
    private static void Begin(World world, Step step)
    {
        var thread = new StepThread(step.Background!);
        var call = new BackgroundCall(step) { Thread = thread };
        world.Background[step.Background!] = call;
        thread.Begin(() =>
        {
            try
            {
                Observation came = step.Call.Run!(new StepContext(world, step));
                world.Name(step.As, came.Made);
                call.Observation = came;
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                call.Trouble = Words(exception);
            }

            world.Pulse();
        });
        thread.Dispose();
        if (!step.Call.IsHarness)
            world.WaitUntil(() => call.Returned || call.Trouble is not null || world.IsBlocked(call.Id), s_blocking);
    }
}
