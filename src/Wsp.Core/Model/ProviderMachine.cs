using Wsp.Model.Lifecycle;
using Wsp.Model.Notification;
using Wsp.Model.Options;
using Wsp.Model.Sockets;
using Wsp.Model.Transfer;
using Wsp.Specification;
using Wsp.Spi;
using Input = Wsp.Model.ProviderInput;

namespace Wsp.Model;

/// <summary>
/// The model: one pure function from a state and an input to the next state, the call's result and the effects to carry out. The same state and
/// input give the same transition everywhere and always; nothing in here waits, reads a clock, or knows who is listening.
/// </summary>
public static class ProviderMachine
{
    /// <summary>Takes one step.</summary>
    /// <param name="state">The state to start from; it is not changed and may be used again.</param>
    /// <param name="input">What happens.</param>
    /// <returns>The step taken.</returns>
    public static Transition Apply(ProviderState state, ProviderInput input)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(input);
        var draft = new Draft(state);
        Rule rule = state.Phase switch
        {
            ProviderPhase.NotInitialized => WhenNotInitialized(draft, input),
            ProviderPhase.Running when state.IsNetworkDown => WhenNetworkIsDown(draft, input),
            ProviderPhase.Running => WhenRunning(draft, input),
            _ => WhenCleaningUp(draft, input),
        };
        return draft.Close(rule);
    }

    // Each of the four tables below lists every input. An input that is missing in one throws, and a test walks them all.

    private static Rule WhenNotInitialized(Draft draft, ProviderInput input) => input.Kind switch
    {
        InputKind.Startup => StartupRules.Start(draft, (Input.Startup)input),
        InputKind.Cleanup or InputKind.Socket or InputKind.CloseSocket or InputKind.Bind or InputKind.Listen or InputKind.Accept
            or InputKind.Connect or InputKind.Shutdown or InputKind.SendDisconnect or InputKind.RecvDisconnect or InputKind.Send
            or InputKind.SendTo or InputKind.Recv or InputKind.RecvFrom or InputKind.GetOverlappedResult or InputKind.CancelBlockingCall
            or InputKind.GetSockName or InputKind.GetPeerName or InputKind.EventSelect or InputKind.AsyncSelect or InputKind.EnumNetworkEvents
            or InputKind.Ioctl or InputKind.GetSockOpt or InputKind.SetSockOpt or InputKind.AssociatePort or InputKind.CancelIo
            => draft.Fail(WsaError.NotInitialized, CommonRules.NotStarted),
        InputKind.Decide => AcceptRules.Decide(draft, (Input.Decide)input),
        InputKind.CallReturned => CallRules.CallReturned(draft, (Input.CallReturned)input),
        InputKind.RoutineDue => RoutineRules.Due(draft, (Input.RoutineDue)input),
        InputKind.RoutineDone => RoutineRules.Done(draft, (Input.RoutineDone)input),
        InputKind.ConnectionArrived => draft.Fail(WsaError.ConnectionRefused, AcceptRules.NobodyListens),
        InputKind.BindAnswered or InputKind.AddressAssigned or InputKind.ListenAnswered or InputKind.ConnectAnswered
            or InputKind.DataArrived or InputKind.DatagramArrived or InputKind.BytesTaken or InputKind.PeerFinished or InputKind.ConnectionBroken
            => draft.NoCall(DeliveryRules.UnknownEndpoint),
        InputKind.NetworkDown => ProcessRules.NetworkDown(draft),
        InputKind.NetworkUp => ProcessRules.NetworkUp(draft),
        InputKind.ProcessEnded => ProcessRules.ProcessEnded(draft),
        InputKind.TimePassed => ProcessRules.OnTimePassed(draft, (Input.TimePassed)input),
        InputKind.Advance => draft.NoCall(CleanupRules.NothingToAdvance),
        _ => throw Unlisted(input),
    };

    private static Rule WhenRunning(Draft draft, ProviderInput input) => input.Kind switch
    {
        InputKind.Startup => StartupRules.Start(draft, (Input.Startup)input),
        InputKind.Cleanup => CleanupRules.Cleanup(draft, (Input.Cleanup)input),
        InputKind.Socket => SocketRules.Create(draft, (Input.Socket)input),
        InputKind.CloseSocket => CloseRules.Close(draft, (Input.CloseSocket)input),
        InputKind.Bind => NameRules.Bind(draft, (Input.Bind)input),
        InputKind.Listen => NameRules.Listen(draft, (Input.Listen)input),
        InputKind.Accept => AcceptRules.Accept(draft, (Input.Accept)input),
        InputKind.Decide => AcceptRules.Decide(draft, (Input.Decide)input),
        InputKind.Connect => ConnectRules.Connect(draft, (Input.Connect)input),
        InputKind.Shutdown => ShutdownRules.Shutdown(draft, (Input.Shutdown)input),
        InputKind.SendDisconnect => ShutdownRules.SendDisconnect(draft, (Input.SendDisconnect)input),
        InputKind.RecvDisconnect => ShutdownRules.RecvDisconnect(draft, (Input.RecvDisconnect)input),
        InputKind.Send => SendRules.Send(draft, (Input.Send)input),
        InputKind.SendTo => SendRules.SendTo(draft, (Input.SendTo)input),
        InputKind.Recv => RecvRules.Recv(draft, (Input.Recv)input),
        InputKind.RecvFrom => RecvRules.RecvFrom(draft, (Input.RecvFrom)input),
        InputKind.GetOverlappedResult => OverlappedRules.GetResult(draft, (Input.GetOverlappedResult)input),
        InputKind.CancelBlockingCall => CallRules.Cancel(draft, (Input.CancelBlockingCall)input),
        InputKind.GetSockName => NameRules.GetSockName(draft, (Input.GetSockName)input),
        InputKind.GetPeerName => NameRules.GetPeerName(draft, (Input.GetPeerName)input),
        InputKind.EventSelect => EventRules.EventSelect(draft, (Input.EventSelect)input),
        InputKind.AsyncSelect => EventRules.AsyncSelect(draft, (Input.AsyncSelect)input),
        InputKind.EnumNetworkEvents => EventRules.Enumerate(draft, (Input.EnumNetworkEvents)input),
        InputKind.Ioctl => IoctlRules.Ioctl(draft, (Input.Ioctl)input),
        InputKind.GetSockOpt => OptionRules.Get(draft, (Input.GetSockOpt)input),
        InputKind.SetSockOpt => OptionRules.Set(draft, (Input.SetSockOpt)input),
        InputKind.AssociatePort => PortRules.Associate(draft, (Input.AssociatePort)input),
        InputKind.CancelIo => OverlappedRules.CancelIo(draft, (Input.CancelIo)input),
        InputKind.CallReturned => CallRules.CallReturned(draft, (Input.CallReturned)input),
        InputKind.RoutineDue => RoutineRules.Due(draft, (Input.RoutineDue)input),
        InputKind.RoutineDone => RoutineRules.Done(draft, (Input.RoutineDone)input),
        InputKind.BindAnswered => NameRules.OnBindAnswered(draft, (Input.BindAnswered)input),
        InputKind.AddressAssigned => NameRules.OnAddressAssigned(draft, (Input.AddressAssigned)input),
        InputKind.ListenAnswered => NameRules.OnListenAnswered(draft, (Input.ListenAnswered)input),
        InputKind.ConnectAnswered => ConnectRules.OnAnswered(draft, (Input.ConnectAnswered)input),
        InputKind.ConnectionArrived => AcceptRules.OnArrival(draft, (Input.ConnectionArrived)input),
        InputKind.DataArrived => DeliveryRules.OnData(draft, (Input.DataArrived)input),
        InputKind.DatagramArrived => DeliveryRules.OnDatagram(draft, (Input.DatagramArrived)input),
        InputKind.BytesTaken => DeliveryRules.OnBytesTaken(draft, (Input.BytesTaken)input),
        InputKind.PeerFinished => DeliveryRules.OnPeerFinished(draft, (Input.PeerFinished)input),
        InputKind.ConnectionBroken => DeliveryRules.OnConnectionBroken(draft, (Input.ConnectionBroken)input),
        InputKind.NetworkDown => ProcessRules.NetworkDown(draft),
        InputKind.NetworkUp => ProcessRules.NetworkUp(draft),
        InputKind.ProcessEnded => ProcessRules.ProcessEnded(draft),
        InputKind.TimePassed => ProcessRules.OnTimePassed(draft, (Input.TimePassed)input),
        InputKind.Advance => draft.NoCall(CleanupRules.NothingToAdvance),
        _ => throw Unlisted(input),
    };

    private static Rule WhenNetworkIsDown(Draft draft, ProviderInput input) => input.Kind switch
    {
        InputKind.Startup => StartupRules.Start(draft, (Input.Startup)input),
        InputKind.Cleanup when draft.State.References.Length > 1 || draft.Readings.ReferenceWhenNetworkDown == ReferenceWhenNetworkDown.Kept
            => CleanupRules.CleanupWithoutNetwork(draft, (Input.Cleanup)input),
        InputKind.Cleanup => CleanupRules.Cleanup(draft, (Input.Cleanup)input),
        InputKind.Socket or InputKind.CloseSocket or InputKind.Bind or InputKind.Listen or InputKind.Accept or InputKind.Connect
            or InputKind.Shutdown or InputKind.SendDisconnect or InputKind.RecvDisconnect or InputKind.Send or InputKind.SendTo
            or InputKind.Recv or InputKind.RecvFrom or InputKind.GetOverlappedResult or InputKind.CancelBlockingCall or InputKind.GetSockName
            or InputKind.GetPeerName or InputKind.EventSelect or InputKind.AsyncSelect or InputKind.EnumNetworkEvents or InputKind.Ioctl
            or InputKind.GetSockOpt or InputKind.SetSockOpt or InputKind.AssociatePort or InputKind.CancelIo
            => draft.Fail(WsaError.NetworkDown, CommonRules.NetworkIsDown),
        InputKind.ConnectionArrived => draft.Fail(WsaError.NetworkDown, CommonRules.NetworkIsDown),
        InputKind.Decide or InputKind.CallReturned or InputKind.RoutineDue or InputKind.RoutineDone or InputKind.BindAnswered
            or InputKind.AddressAssigned or InputKind.ListenAnswered or InputKind.ConnectAnswered or InputKind.DataArrived
            or InputKind.DatagramArrived or InputKind.BytesTaken or InputKind.PeerFinished or InputKind.ConnectionBroken
            or InputKind.NetworkDown or InputKind.NetworkUp or InputKind.ProcessEnded or InputKind.TimePassed or InputKind.Advance
            => WhenRunning(draft, input),
        _ => throw Unlisted(input),
    };

    private static Rule WhenCleaningUp(Draft draft, ProviderInput input) => input.Kind switch
    {
        InputKind.Startup => StartupRules.StartDuringCleanup(draft, (Input.Startup)input),
        InputKind.Cleanup or InputKind.Socket or InputKind.CloseSocket or InputKind.Bind or InputKind.Listen or InputKind.Accept
            or InputKind.Connect or InputKind.Shutdown or InputKind.SendDisconnect or InputKind.RecvDisconnect or InputKind.Send
            or InputKind.SendTo or InputKind.Recv or InputKind.RecvFrom or InputKind.GetOverlappedResult or InputKind.CancelBlockingCall
            or InputKind.GetSockName or InputKind.GetPeerName or InputKind.EventSelect or InputKind.AsyncSelect or InputKind.EnumNetworkEvents
            or InputKind.Ioctl or InputKind.GetSockOpt or InputKind.SetSockOpt or InputKind.AssociatePort or InputKind.CancelIo
            => draft.Fail(WsaError.NotInitialized, CommonRules.NotStarted),
        InputKind.Decide => AcceptRules.Decide(draft, (Input.Decide)input),
        InputKind.CallReturned => CallRules.CallReturned(draft, (Input.CallReturned)input),
        InputKind.RoutineDue => RoutineRules.DueInCleanup(draft, (Input.RoutineDue)input),
        InputKind.RoutineDone => RoutineRules.DoneInCleanup(draft, (Input.RoutineDone)input),
        InputKind.BindAnswered or InputKind.AddressAssigned or InputKind.ListenAnswered or InputKind.ConnectAnswered
            => draft.NoCall(DeliveryRules.IgnoredInCleanup),
        InputKind.ConnectionArrived => AcceptRules.OnArrival(draft, (Input.ConnectionArrived)input),
        InputKind.DataArrived => DeliveryRules.OnData(draft, (Input.DataArrived)input),
        InputKind.DatagramArrived => DeliveryRules.OnDatagram(draft, (Input.DatagramArrived)input),
        InputKind.BytesTaken => DeliveryRules.OnBytesTakenInCleanup(draft, (Input.BytesTaken)input),
        InputKind.PeerFinished => DeliveryRules.OnPeerFinished(draft, (Input.PeerFinished)input),
        InputKind.ConnectionBroken => DeliveryRules.OnConnectionBroken(draft, (Input.ConnectionBroken)input),
        InputKind.NetworkDown => ProcessRules.NetworkDown(draft),
        InputKind.NetworkUp => ProcessRules.NetworkUp(draft),
        InputKind.ProcessEnded => ProcessRules.ProcessEnded(draft),
        InputKind.TimePassed => ProcessRules.OnTimePassed(draft, (Input.TimePassed)input),
        InputKind.Advance => CleanupRules.Advance(draft, (Input.Advance)input),
        _ => throw Unlisted(input),
    };

    private static System.Diagnostics.UnreachableException Unlisted(ProviderInput input) => new($"The table has no row for {input.Kind}.");
}
