using System.Net;
using System.Net.Sockets;
using Wsp.Model;
using Wsp.Spi;
using Input = Wsp.Model.ProviderInput;

namespace Wsp.Core.Tests.Model;

/// <summary>Steps that many tests take, and questions they ask of a transition.</summary>
internal static class GivenSteps
{
    public const int SolSocket = 0xFFFF;

    public static readonly EventHandle Event = new(64);
    public static readonly SockAddr Broadcast = SockAddr.From(new IPEndPoint(IPAddress.Broadcast, 9));
    public static readonly SockAddr OfOtherFamily = SockAddr.From(new IPEndPoint(IPAddress.IPv6Loopback, 80));

    // Calls

    public static Transition Close(this Given given, SocketHandle s, WspThreadId thread = default) =>
        given.Apply(new Input.CloseSocket { Thread = thread.Value == 0 ? Given.Main : thread, Socket = s });

    public static Transition Connect(this Given given, SocketHandle s, SockAddr? address) =>
        given.Apply(new Input.Connect { Thread = Given.Main, Socket = s, Address = address });

    public static Transition Connect(this Given given, SocketHandle s, int port = 80) => given.Connect(s, SockAddr.Loopback(port));

    public static Transition Accept(this Given given, SocketHandle listener, bool conditional = false, WspThreadId thread = default) =>
        given.Apply(new Input.Accept { Thread = thread.Value == 0 ? Given.Main : thread, Socket = listener, NameLength = SockAddr.IPv4Size, Conditional = conditional });

    public static Transition Decide(this Given given, long call, ConditionAnswer answer) =>
        given.Apply(new Input.Decide { Thread = Given.Main, PendingCall = call, Answer = answer });

    public static Transition Listen(this Given given, SocketHandle s, int backlog) =>
        given.Apply(new Input.Listen { Thread = Given.Main, Socket = s, Backlog = backlog });

    public static Transition Shutdown(this Given given, SocketHandle s, SocketShutdown how) =>
        given.Apply(new Input.Shutdown { Thread = Given.Main, Socket = s, How = how });

    public static Transition SendTo(this Given given, SocketHandle s, int bytes, SockAddr? to) =>
        given.Apply(new Input.SendTo { Thread = Given.Main, Socket = s, Data = Payload.OfLength(bytes), Address = to });

    public static Transition RecvFrom(this Given given, SocketHandle s, int bytes, int? room = SockAddr.IPv4Size, OverlappedRequest? overlapped = null) =>
        given.Apply(new Input.RecvFrom { Thread = Given.Main, Socket = s, Wanted = bytes, FromLength = room, Overlapped = overlapped });

    public static Transition Peek(this Given given, SocketHandle s, int bytes, OverlappedRequest? overlapped = null) =>
        given.Apply(new Input.Recv { Thread = Given.Main, Socket = s, Wanted = bytes, Flags = MessageFlags.Peek, Overlapped = overlapped });

    public static Transition Select(this Given given, SocketHandle s, NetworkEvents events) =>
        given.Apply(new Input.EventSelect { Thread = Given.Main, Socket = s, EventObject = Event, Events = events });

    public static Transition Messages(this Given given, SocketHandle s, NetworkEvents events) =>
        given.Apply(new Input.AsyncSelect { Thread = Given.Main, Socket = s, Window = new WindowHandle(8), Message = 1025, Events = events });

    /// <summary>Fetches the record of network events, and empties it.</summary>
    public static NetworkEvents Fetch(this Given given, SocketHandle s) => given.Record(s).Recorded;

    /// <summary>Fetches the record of network events with its errors, and empties it.</summary>
    public static EventRegistration Record(this Given given, SocketHandle s) =>
        (EventRegistration)given.Apply(new Input.EnumNetworkEvents { Thread = Given.Main, Socket = s }).Result.Detail!;

    public static Transition GetOption(this Given given, SocketHandle s, int name, int level = SolSocket, int? length = 4) =>
        given.Apply(new Input.GetSockOpt { Thread = Given.Main, Socket = s, Level = level, Name = name, Length = length });

    /// <summary>The value of an option of four bytes.</summary>
    public static int Option(this Given given, SocketHandle s, int name, int level = SolSocket)
    {
        CallResult result = given.GetOption(s, name, level).Result;
        result.Error.Should().Be(WsaError.Success);
        return BitConverter.ToInt32(result.Data[0].Bytes.Span);
    }

    public static Transition Put(this Given given, SocketHandle s, int name, byte[] value, int level = SolSocket, int? length = null) =>
        given.Apply(new Input.SetSockOpt { Thread = Given.Main, Socket = s, Level = level, Name = name, Value = value, Length = length ?? value.Length });

    public static Given Port(this Given given, SocketHandle s)
    {
        given.Error(new Input.AssociatePort { Thread = Given.Main, Socket = s, Port = new CompletionPortHandle(12), PortKey = 7 }).Should().Be(WsaError.Success);
        return given;
    }

    // News from the network

    public static Transition Taken(this Given given, SocketHandle s, int bytes) => given.Apply(new Input.BytesTaken { Endpoint = s, Count = bytes });

    public static Transition PeerFinishes(this Given given, SocketHandle s) => given.Apply(new Input.PeerFinished { Endpoint = s });

    public static Transition Breaks(this Given given, SocketHandle s, WsaError error = WsaError.ConnectionReset) =>
        given.Apply(new Input.ConnectionBroken { Endpoint = s, Error = error });

    public static Transition Datagram(this Given given, SocketHandle s, int bytes, int port = 6000) =>
        given.Apply(new Input.DatagramArrived { Endpoint = s, Data = Payload.OfLength(bytes), From = SockAddr.Loopback(port) });

    public static Transition Answers(this Given given, SocketHandle s, WsaError error = WsaError.Success) =>
        given.Apply(new Input.ConnectAnswered
        {
            Endpoint = s,
            Error = error,
            Local = SockAddr.Loopback(4000),
            Remote = error == WsaError.Success ? SockAddr.Loopback(80) : default,
        });

    public static Transition Passes(this Given given, int milliseconds) => given.Apply(new Input.TimePassed { Now = milliseconds * 1000L });

    // Situations

    /// <summary>A connected socket without the overlapped attribute.</summary>
    public static SocketHandle PlainConnected(this Given given)
    {
        SocketHandle s = given.Apply(new Input.Socket { Thread = Given.Main, Flags = WsaSocketFlags.None }).Result.Socket;
        long call = given.Connect(s).Result.Call;
        given.Answers(s);
        given.Apply(new Input.CallReturned { PendingCall = call });
        return s;
    }

    /// <summary>A connected socket whose send buffer is full, everything in it being at the transport.</summary>
    public static SocketHandle Full(this Given given)
    {
        SocketHandle s = given.Connected();
        given.Send(s, 65_536).Result.Error.Should().Be(WsaError.Success);
        return s;
    }

    /// <summary>A datagram socket with a peer at port 80 and a local name.</summary>
    public static SocketHandle WithPeer(this Given given)
    {
        SocketHandle s = given.Bound(stream: false);
        given.Connect(s).Result.Error.Should().Be(WsaError.Success);
        return s;
    }

    // Questions

    public static IEnumerable<T> All<T>(this Transition transition)
        where T : ProviderEffect => transition.Effects.OfType<T>();

    public static T The<T>(this Transition transition)
        where T : ProviderEffect => transition.All<T>().Should().ContainSingle().Subject;

    /// <summary>What a blocked call is told to return.</summary>
    public static CallResult Released(this Transition transition, long call) =>
        transition.All<ProviderEffect.ReleaseCaller>().Should().ContainSingle(release => release.Call == call).Subject.Result;

    /// <summary>How an operation ends.</summary>
    public static ProviderEffect.FinishOverlapped Ended(this Transition transition, OverlappedRequest request) =>
        transition.All<ProviderEffect.FinishOverlapped>().Should().ContainSingle(end => end.Request == request.Id).Subject;

    public static IEnumerable<ProviderEffect> Told(this Transition transition) => transition.Effects.Where(effect => effect.Group == EffectGroup.Notification);

    /// <summary>The events of the messages posted, in order.</summary>
    public static IEnumerable<NetworkEvents> Posted(this Transition transition) => transition.All<ProviderEffect.PostMessage>().Select(message => message.Event);
}
