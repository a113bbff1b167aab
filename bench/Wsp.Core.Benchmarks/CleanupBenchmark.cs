using BenchmarkDotNet.Attributes;
using Wsp.Model;
using Input = Wsp.Model.ProviderInput;

namespace Wsp.Core.Benchmarks;

/// <summary>What a final cleanup costs with a pending operation on every socket. An item is one operation aborted or one socket reset: two for each socket.</summary>
[MemoryDiagnoser]
public class CleanupBenchmark
{
    private ProviderState _state = null!;

    [Params(1_000, 100_000)]
    public int Sockets { get; set; }

    [GlobalSetup]
    public void Setup() => _state = Populations.WithConnected(Sockets, pendingReceive: true, out _);

    /// <summary>As far as possible in one step.</summary>
    [Benchmark]
    public ProviderState InOneGo()
    {
        ProviderState state = ProviderMachine.Apply(_state, new Input.Cleanup { Thread = Populations.Thread }).State;
        return ProviderMachine.Apply(state, Input.Advance.AsFarAsPossible).State;
    }

    /// <summary>In steps of 256 items, as the live provider takes them.</summary>
    [Benchmark]
    public ProviderState InBatches()
    {
        ProviderState state = ProviderMachine.Apply(_state, new Input.Cleanup { Thread = Populations.Thread }).State;
        var advance = new Input.Advance { Steps = 256 };
        while (state.CanAdvance)
            state = ProviderMachine.Apply(state, advance).State;
        return state;
    }
}
