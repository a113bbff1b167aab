using FsCheck;
using FsCheck.Fluent;
using Wsp.Model;
using Wsp.Specification;
using Wsp.Spi;
using Input = Wsp.Model.ProviderInput;

namespace Wsp.Core.Tests.Model;

/// <summary>Long random sequences of every input, legal and illegal, in all profiles: the invariants hold after every step.</summary>
public class RandomSequenceTests
{
    [Theory]
    [InlineData("documented")]
    [InlineData("windows")]
    [InlineData("wine")]
    public void AnySequence_OfAnyInputs_KeepsTheInvariants(string profile) =>
        Prop.ForAll(Sequences(120), choices =>
        {
            Run(choices, Profile.Find(profile)!.Readings, _ => { });
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(400));

    [Fact]
    public void AnySequence_TakenTwice_GivesTheSameTransitions() =>
        Prop.ForAll(Sequences(80), choices =>
        {
            var first = new List<string>();
            var second = new List<string>();
            Run(choices, Profile.Documented.Readings, transition => first.Add(StateText.Of(transition)));
            Run(choices, Profile.Documented.Readings, transition => second.Add(StateText.Of(transition)));
            second.Should().Equal(first);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(100));

    /// <summary>Sequences of choices; a failing one is shrunk by leaving parts out.</summary>
    private static Arbitrary<int[]> Sequences(int length) => Arb.From(
        Gen.ArrayOf(Gen.Choose(0, int.MaxValue), length),
        choices => Enumerable.Range(0, choices.Length).Reverse().SelectMany(size => Enumerable.Range(0, choices.Length)
            .Where(at => size > 0 && at % size == 0 && choices.Length > 1 && size < choices.Length)
            .Select(at => (int[])[.. choices[..at], .. choices[Math.Min(at + size, choices.Length)..]])));

    private static void Run(int[] choices, Readings readings, Action<Transition> observe)
    {
        ProviderState state = ProviderState.Initial(new ModelSettings { Readings = readings, TransportWindow = 1_000, SendBuffer = 2_000, MaxBacklog = 2 });
        long request = 0;
        foreach (int choice in choices)
        {
            ProviderInput input = Choose(choice, state, ref request);
            Transition transition = ProviderMachine.Apply(state, input);
            IReadOnlyList<string> broken = ModelInvariants.Check(input, transition);
            if (broken.Count > 0)
                throw new InvalidOperationException($"After {input}: {string.Join(" ", broken)}");
            observe(transition);
            state = transition.State;
        }
    }

    /// <summary>Picks an input that has a chance to do something in the state at hand.</summary>
    private static ProviderInput Choose(int choice, ProviderState state, ref long request)
    {
        var random = new Random(choice);
        var thread = new WspThreadId(random.Next(1, 4));
        SocketState[] sockets = [.. state.Sockets];
        SocketHandle s = sockets.Length == 0 || random.Next(20) == 0 ? new SocketHandle(random.Next(100)) : sockets[random.Next(sockets.Length)].Handle;
        OverlappedRequest? overlapped = random.Next(2) == 0 ? null : new OverlappedRequest(++request, new EventHandle(random.Next(2) * 8), random.Next(3) == 0, false);
        long call = state.Calls.Count == 0 ? 5 : state.Calls.ElementAt(random.Next(state.Calls.Count)).Key;
        long routine = state.Routines.Count == 0 ? 5 : state.Routines.ElementAt(random.Next(state.Routines.Count)).Key;
        return random.Next(44) switch
        {
            0 or 1 or 2 => new Input.Startup { Thread = thread },
            3 => new Input.Cleanup { Thread = thread },
            4 or 5 or 6 => new Input.Socket { Thread = thread, Type = (System.Net.Sockets.SocketType)random.Next(0, 4) },
            7 => new Input.CloseSocket { Thread = thread, Socket = s },
            8 => new Input.Bind { Thread = thread, Socket = s, Address = SockAddr.Loopback(random.Next(2)) },
            9 => new Input.BindAnswered { Endpoint = s, Local = SockAddr.Loopback(9), Error = random.Next(4) == 0 ? WsaError.AddressAlreadyInUse : WsaError.Success },
            10 => new Input.Listen { Thread = thread, Socket = s, Backlog = random.Next(3) },
            11 => new Input.ListenAnswered { Endpoint = s },
            12 => new Input.Accept { Thread = thread, Socket = s, Conditional = random.Next(3) == 0 },
            13 => new Input.Decide { Thread = thread, PendingCall = call, Answer = (ConditionAnswer)random.Next(4) },
            14 or 15 => new Input.Connect { Thread = thread, Socket = s, Address = SockAddr.Loopback(random.Next(1, 3)) },
            16 or 17 => new Input.ConnectAnswered { Endpoint = s, Local = SockAddr.Loopback(3), Error = random.Next(4) == 0 ? WsaError.ConnectionRefused : WsaError.Success },
            18 => new Input.ConnectionArrived { Listener = s, Local = SockAddr.Loopback(1), Remote = SockAddr.Loopback(2) },
            19 => new Input.Shutdown { Thread = thread, Socket = s, How = (System.Net.Sockets.SocketShutdown)random.Next(4) },
            20 or 21 => new Input.Send { Thread = thread, Socket = s, Data = Payload.OfLength(random.Next(4_000)), Overlapped = overlapped },
            22 => new Input.SendTo { Thread = thread, Socket = s, Data = Payload.OfLength(random.Next(100)), Address = SockAddr.Loopback(2), Overlapped = overlapped },
            23 or 24 => new Input.Recv { Thread = thread, Socket = s, Wanted = random.Next(200), Overlapped = overlapped, Flags = (MessageFlags)(random.Next(2) * 2) },
            25 => new Input.RecvFrom { Thread = thread, Socket = s, Wanted = random.Next(200), Overlapped = overlapped, FromLength = 16 },
            26 => new Input.GetOverlappedResult { Thread = thread, Socket = s, Request = random.NextInt64(request + 1), Status = NtStatus.Pending, Wait = random.Next(2) == 0 },
            27 => new Input.CancelBlockingCall { Thread = thread },
            28 => new Input.EventSelect { Thread = thread, Socket = s, EventObject = new EventHandle(8), Events = (NetworkEvents)random.Next(64) },
            29 => new Input.AsyncSelect { Thread = thread, Socket = s, Window = new WindowHandle(4), Events = (NetworkEvents)random.Next(64) },
            30 => new Input.EnumNetworkEvents { Thread = thread, Socket = s },
            31 => new Input.SetSockOpt { Thread = thread, Socket = s, Level = 0xFFFF, Name = new[] { 0x80, 0x1001, 0x1006 }[random.Next(3)], Value = BitConverter.GetBytes(random.Next(3) | (random.Next(3) << 16)), Length = 4 },
            32 => new Input.Ioctl { Thread = thread, Socket = s, Code = 0x8004667E, Input = BitConverter.GetBytes(random.Next(2)), Overlapped = overlapped },
            33 or 34 => new Input.DataArrived { Endpoint = s, Data = Payload.OfLength(random.Next(1, 300)) },
            35 => new Input.DatagramArrived { Endpoint = s, From = SockAddr.Loopback(2), Data = Payload.OfLength(random.Next(300)) },
            36 => new Input.BytesTaken { Endpoint = s, Count = random.Next(2_000) },
            37 => new Input.PeerFinished { Endpoint = s },
            38 => new Input.ConnectionBroken { Endpoint = s },
            39 => random.Next(6) switch { 0 => new Input.NetworkDown(), 1 => new Input.ProcessEnded(), _ => new Input.NetworkUp() },
            40 => new Input.TimePassed { Now = state.Now + random.Next(3_000_000) },
            41 => new Input.Advance { Steps = random.Next(1, 20) },
            42 => random.Next(2) == 0 ? new Input.RoutineDue { Routine = routine } : new Input.RoutineDone { Routine = routine },
            _ => random.Next(4) switch
            {
                0 => new Input.AssociatePort { Thread = thread, Socket = s, Port = new CompletionPortHandle(12) },
                1 => new Input.CancelIo { Thread = thread, Socket = s },
                _ => new Input.CallReturned { PendingCall = call },
            },
        };
    }
}
