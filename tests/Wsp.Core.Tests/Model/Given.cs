using System.Net.Sockets;
using Wsp.Model;
using Wsp.Specification;
using Wsp.Spi;
using Input = Wsp.Model.ProviderInput;

namespace Wsp.Core.Tests.Model;

/// <summary>A pure provider driven input by input; every step is checked against the invariants.</summary>
internal sealed class Given
{
    public static readonly WspThreadId Main = new(1);
    public static readonly WspThreadId Other = new(2);
    public static readonly WspThreadId Third = new(3);

    private long _lastRequest;

    private Given(ProviderState state) => State = state;

    public ProviderState State { get; private set; }

    public Transition Last { get; private set; }

    public IReadOnlyList<ProviderEffect> Effects => Last.Effects;

    public static Given NotInitialized(ModelSettings? settings = null) => new(ProviderState.Initial(settings));

    public static Given NotInitialized(Readings readings) => new(ProviderState.Initial(new ModelSettings { Readings = readings }));

    public static Given Running(int references = 1, ModelSettings? settings = null)
    {
        Given given = NotInitialized(settings);
        for (int i = 0; i < references; i++)
            given.Apply(new Input.Startup { Thread = Main, UpcallTable = i + 1 }).Result.Error.Should().Be(WsaError.Success);
        return given;
    }

    public static Given Running(Readings readings, int references = 1) => Running(references, new ModelSettings { Readings = readings });

    public Transition Apply(ProviderInput input)
    {
        Last = ProviderMachine.Apply(State, input);
        ModelInvariants.Check(input, Last).Should().BeEmpty("invariants hold after {0}", input.Kind);
        State = Last.State;
        return Last;
    }

    public WsaError Error(ProviderInput input) => Apply(input).Result.Error;

    public SocketHandle Stream(WspThreadId thread = default) =>
        Apply(new Input.Socket { Thread = thread.Value == 0 ? Main : thread }).Result.Socket;

    public SocketHandle Datagram() => Apply(new Input.Socket { Thread = Main, Type = SocketType.Dgram }).Result.Socket;

    public SocketHandle Bound(bool stream = true)
    {
        SocketHandle s = stream ? Stream() : Datagram();
        Apply(new Input.Bind { Thread = Main, Socket = s, Address = SockAddr.Loopback(0) });
        long call = Last.Result.Call;
        Apply(new Input.BindAnswered { Endpoint = s, Local = SockAddr.Loopback(5000) });
        Apply(new Input.CallReturned { PendingCall = call });
        return s;
    }

    public SocketHandle Listener(int backlog = 5)
    {
        SocketHandle s = Bound();
        long call = Apply(new Input.Listen { Thread = Main, Socket = s, Backlog = backlog }).Result.Call;
        Apply(new Input.ListenAnswered { Endpoint = s });
        Apply(new Input.CallReturned { PendingCall = call });
        return s;
    }

    public SocketHandle Connected(WspThreadId thread = default)
    {
        SocketHandle s = Stream(thread);
        long call = Apply(new Input.Connect { Thread = Main, Socket = s, Address = SockAddr.Loopback(80) }).Result.Call;
        Apply(new Input.ConnectAnswered { Endpoint = s, Local = SockAddr.Loopback(4000), Remote = SockAddr.Loopback(80) });
        Apply(new Input.CallReturned { PendingCall = call });
        return s;
    }

    public SocketHandle Arrive(SocketHandle listener) =>
        Apply(new Input.ConnectionArrived { Listener = listener, Local = SockAddr.Loopback(5000), Remote = SockAddr.Loopback(6000) }).Result.Socket;

    public Given Nonblocking(SocketHandle s)
    {
        Apply(new Input.Ioctl { Thread = Main, Socket = s, Code = 0x8004667E, Input = new byte[] { 1, 0, 0, 0 } }).Result.Error.Should().Be(WsaError.Success);
        return this;
    }

    public Given Linger(SocketHandle s, ushort onOff, ushort seconds)
    {
        byte[] value = [(byte)onOff, (byte)(onOff >> 8), (byte)seconds, (byte)(seconds >> 8)];
        Apply(new Input.SetSockOpt { Thread = Main, Socket = s, Level = 0xFFFF, Name = 0x80, Value = value, Length = 4 }).Result.Error.Should().Be(WsaError.Success);
        return this;
    }

    public Given SetOption(SocketHandle s, int name, int number)
    {
        Apply(new Input.SetSockOpt { Thread = Main, Socket = s, Level = 0xFFFF, Name = name, Value = BitConverter.GetBytes(number), Length = 4 }).Result.Error.Should().Be(WsaError.Success);
        return this;
    }

    public OverlappedRequest Request(long e = 0, bool routine = false) => new(++_lastRequest, new EventHandle(e), routine, false);

    public Transition Send(SocketHandle s, int bytes, OverlappedRequest? overlapped = null, WspThreadId thread = default) =>
        Apply(new Input.Send { Thread = thread.Value == 0 ? Main : thread, Socket = s, Data = Payload.OfLength(bytes), Overlapped = overlapped });

    public Transition Recv(SocketHandle s, int bytes, OverlappedRequest? overlapped = null, WspThreadId thread = default) =>
        Apply(new Input.Recv { Thread = thread.Value == 0 ? Main : thread, Socket = s, Wanted = bytes, Overlapped = overlapped });

    public Transition Data(SocketHandle s, int bytes) => Apply(new Input.DataArrived { Endpoint = s, Data = Payload.OfLength(bytes) });

    /// <summary>Begins the cleanup that gives back one reference.</summary>
    public Transition Cleanup(WspThreadId thread = default, string? client = null) =>
        Apply(new Input.Cleanup { Thread = thread.Value == 0 ? Main : thread, Client = client });

    /// <summary>Begins the final cleanup and takes all its steps, one at a time, letting cancelled calls return; gives all effects in order.</summary>
    public List<ProviderEffect> RunCleanup(WspThreadId thread = default)
    {
        List<ProviderEffect> effects = [.. Cleanup(thread).Effects];
        for (int i = 0; i < 10_000 && State.Phase == ProviderPhase.CleaningUp; i++)
        {
            effects.AddRange(Apply(new Input.Advance()).Effects);
            foreach (PendingCall call in State.Calls.Where(call => call.Progress == CallProgress.Leaving).ToList())
                Apply(new Input.CallReturned { PendingCall = call.Key });
        }

        State.Phase.Should().Be(ProviderPhase.NotInitialized, "the cleanup has to end");
        return effects;
    }
}
