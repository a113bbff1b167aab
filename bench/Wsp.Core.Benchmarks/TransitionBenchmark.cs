using BenchmarkDotNet.Attributes;
using Wsp.Model;
using Wsp.Spi;
using Input = Wsp.Model.ProviderInput;

namespace Wsp.Core.Benchmarks;

/// <summary>What a step of the pure model costs, by the number of sockets that are open beside it.</summary>
[MemoryDiagnoser]
public class TransitionBenchmark
{
    private static readonly Input.Startup s_startup = new() { Thread = Populations.Thread };
    private static readonly Input.Cleanup s_cleanup = new() { Thread = Populations.Thread };
    private readonly Payload _kilobyte = new(new byte[1024]);
    private ProviderState _state = null!;
    private SocketHandle _connected;

    [Params(10, 1_000, 10_000, 100_000)]
    public int Sockets { get; set; }

    [GlobalSetup]
    public void Setup() => _state = Populations.WithConnected(Sockets, pendingReceive: false, out _connected);

    /// <summary>One more reference and its return: two steps.</summary>
    [Benchmark]
    public ProviderState StartupAndCleanup()
    {
        ProviderState state = ProviderMachine.Apply(_state, s_startup).State;
        return ProviderMachine.Apply(state, s_cleanup).State;
    }

    /// <summary>A socket is made and closed: two steps.</summary>
    [Benchmark]
    public ProviderState OpenAndClose()
    {
        Transition opened = ProviderMachine.Apply(_state, new Input.Socket { Thread = Populations.Thread });
        return ProviderMachine.Apply(opened.State, new Input.CloseSocket { Thread = Populations.Thread, Socket = opened.Result.Socket }).State;
    }

    /// <summary>A kilobyte is sent and taken by the network, a kilobyte arrives and is received: four steps.</summary>
    [Benchmark]
    public ProviderState SendAndReceive()
    {
        ProviderState state = ProviderMachine.Apply(_state, new Input.Send { Thread = Populations.Thread, Socket = _connected, Data = _kilobyte }).State;
        state = ProviderMachine.Apply(state, new Input.BytesTaken { Endpoint = _connected, Count = 1024 }).State;
        state = ProviderMachine.Apply(state, new Input.DataArrived { Endpoint = _connected, Data = _kilobyte }).State;
        return ProviderMachine.Apply(state, new Input.Recv { Thread = Populations.Thread, Socket = _connected, Wanted = 1024 }).State;
    }
}
