using Wsp.Model;
using Wsp.Spi;
using Input = Wsp.Model.ProviderInput;

namespace Wsp.Core.Tests.Model;

/// <summary>One input of every kind.</summary>
internal static class SampleInputs
{
    public static IEnumerable<Input.Call> Calls(SocketHandle s)
    {
        WspThreadId thread = Given.Main;
        yield return new Input.Startup { Thread = thread };
        yield return new Input.Cleanup { Thread = thread };
        yield return new Input.Socket { Thread = thread };
        yield return new Input.CloseSocket { Thread = thread, Socket = s };
        yield return new Input.Bind { Thread = thread, Socket = s, Address = SockAddr.Loopback(0) };
        yield return new Input.Listen { Thread = thread, Socket = s, Backlog = 1 };
        yield return new Input.Accept { Thread = thread, Socket = s };
        yield return new Input.Decide { Thread = thread, PendingCall = 77 };
        yield return new Input.Connect { Thread = thread, Socket = s, Address = SockAddr.Loopback(1) };
        yield return new Input.Shutdown { Thread = thread, Socket = s };
        yield return new Input.SendDisconnect { Thread = thread, Socket = s };
        yield return new Input.RecvDisconnect { Thread = thread, Socket = s };
        yield return new Input.Send { Thread = thread, Socket = s, Data = Payload.OfLength(1) };
        yield return new Input.SendTo { Thread = thread, Socket = s, Data = Payload.OfLength(1), Address = SockAddr.Loopback(1) };
        yield return new Input.Recv { Thread = thread, Socket = s, Wanted = 1 };
        yield return new Input.RecvFrom { Thread = thread, Socket = s, Wanted = 1 };
        yield return new Input.GetOverlappedResult { Thread = thread, Socket = s };
        yield return new Input.CancelBlockingCall { Thread = thread };
        yield return new Input.GetSockName { Thread = thread, Socket = s, NameLength = 16 };
        yield return new Input.GetPeerName { Thread = thread, Socket = s, NameLength = 16 };
        yield return new Input.EventSelect { Thread = thread, Socket = s, EventObject = new EventHandle(4), Events = NetworkEvents.Read };
        yield return new Input.AsyncSelect { Thread = thread, Socket = s, Window = new WindowHandle(4), Message = 1, Events = NetworkEvents.Read };
        yield return new Input.EnumNetworkEvents { Thread = thread, Socket = s };
        yield return new Input.Ioctl { Thread = thread, Socket = s, Code = 0x4004667F, OutputLength = 4 };
        yield return new Input.GetSockOpt { Thread = thread, Socket = s, Level = 0xFFFF, Name = 0x1008, Length = 4 };
        yield return new Input.SetSockOpt { Thread = thread, Socket = s, Level = 0xFFFF, Name = 8, Value = new byte[4], Length = 4 };
        yield return new Input.AssociatePort { Thread = thread, Socket = s, Port = new CompletionPortHandle(4) };
        yield return new Input.CancelIo { Thread = thread, Socket = s };
    }

    public static IEnumerable<ProviderInput> All(SocketHandle s)
    {
        foreach (Input.Call call in Calls(s))
            yield return call;
        yield return new Input.CallReturned { PendingCall = 77 };
        yield return new Input.RoutineDue { Routine = 77 };
        yield return new Input.RoutineDone { Routine = 77 };
        yield return new Input.BindAnswered { Endpoint = s };
        yield return new Input.AddressAssigned { Endpoint = s, Local = SockAddr.Loopback(2) };
        yield return new Input.ListenAnswered { Endpoint = s };
        yield return new Input.ConnectAnswered { Endpoint = s };
        yield return new Input.ConnectionArrived { Listener = s };
        yield return new Input.DataArrived { Endpoint = s, Data = Payload.OfLength(1) };
        yield return new Input.DatagramArrived { Endpoint = s, Data = Payload.OfLength(1) };
        yield return new Input.BytesTaken { Endpoint = s, Count = 1 };
        yield return new Input.PeerFinished { Endpoint = s };
        yield return new Input.ConnectionBroken { Endpoint = s };
        yield return new Input.NetworkDown();
        yield return new Input.NetworkUp();
        yield return new Input.ProcessEnded();
        yield return new Input.TimePassed { Now = 1 };
        yield return new Input.Advance();
    }
}
