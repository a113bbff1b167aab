using Wsp.Model;
using Wsp.Spi;
using Xunit.Abstractions;
using Input = Wsp.Model.ProviderInput;

namespace Wsp.Core.Tests.Model;

/// <summary>
/// All interleavings of short scripts: what two or three threads do, what the network does, and the steps of a final cleanup, in every order. The state
/// is a value, so each branch simply goes on from it. Every single step is checked against the invariants, and every schedule has to end with a
/// provider that may be unloaded and started again.
/// </summary>
public class InterleavingTests(ITestOutputHelper output)
{
    private const long AtLeast = 100_000;

    [Fact]
    [Trait("Clause", "CLEANUP-14")]
    [Trait("Clause", "CLEANUP-17")]
    [Trait("Clause", "CLEANUP-18")]
    [Trait("Clause", "CLEANUP-26")]
    [Trait("Clause", "CLEANUP-30")]
    public void EverySchedule_OfCallsNetworkAndCleanupSteps_KeepsTheInvariants()
    {
        long schedules = 0;
        foreach (Scene scene in Scenes())
        {
            long before = schedules;
            Explore(scene.Start, [.. scene.Scripts.Select(script => 0)], scene, ref schedules);
            output.WriteLine($"{scene.Name}: {schedules - before:N0} schedules");
        }

        output.WriteLine($"{schedules:N0} schedules in all");
        schedules.Should().BeGreaterThanOrEqualTo(AtLeast);
    }

    private static void Explore(ProviderState state, int[] at, Scene scene, ref long schedules)
    {
        bool ended = true;
        for (int i = 0; i < at.Length; i++)
        {
            if (at[i] >= scene.Scripts[i].Length)
                continue;
            ended = false;
            ProviderState next = Take(state, scene.Scripts[i][at[i]](state), scene);
            at[i]++;
            Explore(next, at, scene, ref schedules);
            at[i]--;
        }

        if (!ended)
            return;
        schedules++;
        Settle(state, scene);
    }

    /// <summary>Lets cancelled calls return and the network take what it has, then the cleanup has to end and a startup has to work.</summary>
    private static void Settle(ProviderState state, Scene scene)
    {
        for (int i = 0; i < 100 && !state.Unloadable; i++)
        {
            if (state.Phase == ProviderPhase.Running)
                state = state.IsNetworkDown ? Take(state, new Input.NetworkUp(), scene) : Take(state, new Input.Cleanup { Thread = Given.Main }, scene);
            state = Take(state, Input.Advance.AsFarAsPossible, scene);
            foreach (PendingCall call in state.Calls.Where(call => call.Progress == CallProgress.Leaving).ToList())
                state = Take(state, new Input.CallReturned { PendingCall = call.Key }, scene);
            foreach (SocketState socket in state.Sockets.Where(socket => socket.InFlight > 0).ToList())
                state = Take(state, new Input.BytesTaken { Endpoint = socket.Handle, Count = socket.InFlight }, scene);
        }

        if (!state.Unloadable)
            throw new InvalidOperationException($"{scene.Name}: the provider does not become unloadable: {StateText.Of(state)}");
        if (state.IsNetworkDown)
            state = Take(state, new Input.NetworkUp(), scene);
        Transition restart = ProviderMachine.Apply(state, new Input.Startup { Thread = Given.Main });
        if (restart.Result.Error != WsaError.Success)
            throw new InvalidOperationException($"{scene.Name}: the provider does not start again.");
    }

    private static ProviderState Take(ProviderState state, ProviderInput input, Scene scene)
    {
        Transition transition = ProviderMachine.Apply(state, input);
        IReadOnlyList<string> broken = ModelInvariants.Check(input, transition);
        if (broken.Count > 0)
            throw new InvalidOperationException($"{scene.Name}, after {input.Kind}: {string.Join(" ", broken)} In {StateText.Of(state)}");
        return transition.State;
    }

    private static IEnumerable<Scene> Scenes()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        yield return new Scene("receives against cleanup", given.State,
        [
            [
                _ => new Input.Recv { Thread = Given.Other, Socket = s, Wanted = 10, Overlapped = new OverlappedRequest(1, new EventHandle(8), false, false) },
                _ => new Input.Recv { Thread = Given.Other, Socket = s, Wanted = 10 },
                _ => new Input.CloseSocket { Thread = Given.Other, Socket = s },
            ],
            [
                _ => new Input.DataArrived { Endpoint = s, Data = Payload.OfLength(5) },
                _ => new Input.PeerFinished { Endpoint = s },
                _ => new Input.ConnectionBroken { Endpoint = s },
            ],
            Cleanup(steps: 7),
        ]);

        given = Given.Running();
        SocketHandle closing = given.Connected();
        given.Send(closing, 60_000);
        yield return new Scene("lingering data against cleanup", given.State,
        [
            [
                _ => new Input.Send { Thread = Given.Other, Socket = closing, Data = Payload.OfLength(9_000), Overlapped = new OverlappedRequest(1, default, true, false) },
                _ => new Input.CloseSocket { Thread = Given.Other, Socket = closing },
            ],
            [
                _ => new Input.BytesTaken { Endpoint = closing, Count = 30_000 },
                _ => new Input.BytesTaken { Endpoint = closing, Count = 30_000 },
                _ => new Input.NetworkDown(),
            ],
            Cleanup(steps: 7),
        ]);

        given = Given.Running();
        SocketHandle listener = given.Listener();
        yield return new Scene("accepts against cleanup", given.State,
        [
            [
                _ => new Input.Accept { Thread = Given.Other, Socket = listener },
                state => new Input.Recv { Thread = Given.Other, Socket = Newest(state), Wanted = 1, Overlapped = new OverlappedRequest(1, default, true, false) },
            ],
            [
                _ => new Input.ConnectionArrived { Listener = listener, Local = SockAddr.Loopback(1), Remote = SockAddr.Loopback(2) },
                state => new Input.DataArrived { Endpoint = Newest(state), Data = Payload.OfLength(1) },
                state => new Input.RoutineDue { Routine = state.Routines.FirstOrDefault()?.Key ?? 0 },
                state => new Input.RoutineDone { Routine = state.Routines.FirstOrDefault()?.Key ?? 0 },
            ],
            Cleanup(steps: 7),
        ]);

        given = Given.Running(references: 2);
        SocketHandle shared = given.Connected();
        yield return new Scene("startups, cleanups and death", given.State,
        [
            [
                _ => new Input.Cleanup { Thread = Given.Main },
                _ => new Input.Startup { Thread = Given.Main },
                _ => new Input.Cleanup { Thread = Given.Main },
            ],
            [
                _ => new Input.Recv { Thread = Given.Other, Socket = shared, Wanted = 1 },
                _ => new Input.Cleanup { Thread = Given.Other },
                _ => new Input.Socket { Thread = Given.Other },
            ],
            [
                _ => new Input.Advance(),
                _ => new Input.Advance { Steps = 3 },
                _ => Input.Advance.AsFarAsPossible,
                _ => new Input.ProcessEnded(),
            ],
        ]);

        given = Given.Running(settings: new ModelSettings { TransportOutlivesProvider = false });
        SocketHandle waiting = given.Connected();
        given.Linger(waiting, 1, 5);
        given.Send(waiting, 100);
        yield return new Scene("a lingering close on a transport that goes too", given.State,
        [
            [
                _ => new Input.CloseSocket { Thread = Given.Other, Socket = waiting },
                state => new Input.CallReturned { PendingCall = state.Calls.FirstOrDefault(call => call.Kind == CallKind.CloseSocket)?.Key ?? 0 },
            ],
            [
                _ => new Input.BytesTaken { Endpoint = waiting, Count = 60 },
                _ => new Input.TimePassed { Now = 6_000_000 },
                _ => new Input.BytesTaken { Endpoint = waiting, Count = 40 },
            ],
            Cleanup(steps: 7),
        ]);

        given = Given.Running();
        SocketHandle selected = given.Connected();
        yield return new Scene("registrations against cleanup", given.State,
        [
            [
                _ => new Input.EventSelect { Thread = Given.Other, Socket = selected, EventObject = new EventHandle(8), Events = (NetworkEvents)0x3F },
                _ => new Input.AsyncSelect { Thread = Given.Other, Socket = selected, Window = new WindowHandle(4), Message = 1, Events = (NetworkEvents)0x3F },
                _ => new Input.CancelBlockingCall { Thread = Given.Other },
            ],
            [
                _ => new Input.DataArrived { Endpoint = selected, Data = Payload.OfLength(5) },
                _ => new Input.PeerFinished { Endpoint = selected },
                _ => new Input.ConnectionBroken { Endpoint = selected },
            ],
            Cleanup(steps: 7),
        ]);
    }

    private static Func<ProviderState, ProviderInput>[] Cleanup(int steps) =>
        [_ => new Input.Cleanup { Thread = Given.Main }, .. Enumerable.Repeat<Func<ProviderState, ProviderInput>>(_ => new Input.Advance(), steps)];

    private static SocketHandle Newest(ProviderState state) => state.Sockets.Count == 0 ? SocketHandle.Invalid : state.Sockets.Last().Handle;

    private sealed record Scene(string Name, ProviderState Start, Func<ProviderState, ProviderInput>[][] Scripts);
}
