using BenchmarkDotNet.Attributes;
using Stateless;
using Wsp.Model;
using Input = Wsp.Model.ProviderInput;

namespace Wsp.Core.Benchmarks;

/// <summary>
/// The same two steps, one more reference and its return, as a bare state machine of the Stateless library with a counter beside it would take them,
/// and as the model takes them.
/// </summary>
[MemoryDiagnoser]
public class PeerBenchmark
{
    private static readonly Input.Startup s_startup = new() { Thread = Populations.Thread };
    private static readonly Input.Cleanup s_cleanup = new() { Thread = Populations.Thread };
    private readonly ProviderState _state = Populations.Started();
    private readonly StateMachine<Phase, Trigger> _machine = Build();
    private int _references = 1;

    private enum Phase
    {
        NotInitialized,
        Running,
    }

    private enum Trigger
    {
        Startup,
        Cleanup,
    }

    [Benchmark(Baseline = true)]
    public int StatelessTwoTransitions()
    {
        _machine.Fire(Trigger.Startup);
        _references++;
        _machine.Fire(Trigger.Cleanup);
        return --_references;
    }

    [Benchmark]
    public ProviderState ModelTwoTransitions()
    {
        ProviderState state = ProviderMachine.Apply(_state, s_startup).State;
        return ProviderMachine.Apply(state, s_cleanup).State;
    }

    private static StateMachine<Phase, Trigger> Build()
    {
        var machine = new StateMachine<Phase, Trigger>(Phase.Running);
        machine.Configure(Phase.NotInitialized).Permit(Trigger.Startup, Phase.Running);
        machine.Configure(Phase.Running).PermitReentry(Trigger.Startup).PermitReentry(Trigger.Cleanup);
        return machine;
    }
}
