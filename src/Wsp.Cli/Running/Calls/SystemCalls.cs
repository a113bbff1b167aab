using Wsp.Cli.Vocabulary;
using Wsp.Model;
using Wsp.Provider;
using Wsp.Spi;

namespace Wsp.Cli.Running.Calls;

/// <summary>The system around the provider: events, records, ports, windows.</summary>
internal static class SystemCalls
{
    /// <summary>How long to look for something that must not come, where things take real time.</summary>
    private static readonly TimeSpan s_quiet = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan s_settling = TimeSpan.FromSeconds(5);

    public static CallSpec[] All { get; } =
    [
        new("Harness.NewEvent", "manual_reset", "", "", 1, context => Observation.Making(context.World.System.CreateEvent(context.Bool("manual_reset", true)))),
        new("Harness.SetEvent", "event!", "", "", 0, context => Harmless(context.World.System.SetEvent(context.Event()))),
        new("Harness.ResetEvent", "event!", "", "", 0, context => Harmless(context.World.System.ResetEvent(context.Event()))),
        new("Harness.WaitEvent", "event! timeout_ms", "signaled", "", 0, WaitEvent),
        new("Harness.NewOverlapped", "event suppress_port", "", "", 1, NewOverlapped),
        new("Harness.SetOverlapped", "overlapped! Internal InternalValue", "", "", 0, SetOverlapped),
        new("Harness.InspectOverlapped", "overlapped!", "", "", 0, _ => Observation.Nothing),
        new("Harness.NewPort", "", "", "", 1, context => Observation.Making(context.World.System.CreateCompletionPort())),
        new("Harness.Associate", "port! socket! key!", "", "", 0, context =>
            Harmless(context.Provider.AssociatePort(context.Socket(), context.World.Get<CompletionPortHandle>(context.Text("port")!), context.Long("key", 0)))),
        new("Harness.Dequeue", "port! timeout_ms", "completion none", "", 0, Dequeue),
        new("Harness.NewWindow", "", "", "", 1, context => Observation.Making(context.World.System.CreateWindow())),
        new("Harness.NextMessage", "window! timeout_ms", "message none", "", 0, NextMessage),
        new("Harness.Settle", "socket until", "", "", 0, Settle),
        new("Harness.CancelIo", "socket!", "", "", 0, context => Observation.Of(context.Provider.CancelIo(context.Socket()))),
        new("Harness.Queued", "", "bytes", "", 0, context => Observation.Nothing.With("bytes", context.Provider.State.QueuedBytes)),
    ];

    /// <summary>How long to wait for something: what must come may take its time, what must not come is looked for once in memory and shortly elsewhere.</summary>
    public static TimeSpan Patience(StepContext context, bool mustNotCome) =>
        !mustNotCome ? context.Timeout(1000)
        : context.World.IsMemory ? TimeSpan.Zero
        : context.Timeout(100) is var stated && stated < s_quiet ? stated : s_quiet;

    private static Observation Harmless(WsaError error) => error == WsaError.Success ? Observation.Nothing : throw new CaseTrouble($"the system answered {error.Describe()}");

    private static Observation WaitEvent(StepContext context)
    {
        bool mustNotCome = context.Step.Expect["signaled"] is { Bool: false };
        return Observation.Nothing.With("signaled", context.World.System.WaitForEvent(context.Event(), Patience(context, mustNotCome)));
    }

    private static Observation NewOverlapped(StepContext context)
    {
        var record = new OverlappedRecord();
        EventHandle eventObject = context.Event();
        record.Native.Event = context.Bool("suppress_port", false) ? eventObject.WithoutCompletionPort() : eventObject;
        return Observation.Making(record);
    }

    private static Observation SetOverlapped(StepContext context)
    {
        long value = context.Has("InternalValue") ? context.Long("InternalValue", 0) : context.Long("Internal", 0);
        context.Overlapped()!.Native.Internal = (NtStatus)unchecked((uint)value);
        return Observation.Nothing;
    }

    private static Observation Dequeue(StepContext context)
    {
        bool mustNotCome = context.Step.Expect["none"] is not null;
        var port = context.World.Get<CompletionPortHandle>(context.Text("port")!);
        if (!context.World.System.TryDequeue(port, Patience(context, mustNotCome), out CompletionPacket? packet))
            return Observation.Nothing.With("none", true).With("completion", "no packet");
        int win32 = packet.Status.ToWin32Error();
        return Observation.Nothing.With("none", false).With("completion", new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["key"] = packet.Key,
            ["bytes"] = (long)packet.BytesTransferred,
            ["overlapped"] = context.World.NameOf(packet.Overlapped),
            ["status"] = Named.Of(packet.Status),
            ["status_value"] = (long)(uint)packet.Status,
            ["win32_error"] = (long)win32,
            ["win32_value"] = (long)win32,
        });
    }

    private static Observation NextMessage(StepContext context)
    {
        var window = context.World.Get<WindowHandle>(context.Text("window")!);
        bool mustNotCome = context.Step.Expect["none"] is not null;
        WspMessage message = default;
        if (!context.World.WaitUntil(() => context.World.System.TryGetMessage(window, out message), Patience(context, mustNotCome)))
            return Observation.Nothing.With("none", true).With("message", "no message");
        return Observation.Nothing.With("none", false).With("message", new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["socket"] = context.World.NameOf(message.Socket),
            ["event"] = Named.Of(message.Event),
            ["error"] = Named.Of(message.Error),
        });
    }

    /// <summary>In memory everything has been delivered; elsewhere waits until it shows, and leaves the judgement to the next step.</summary>
    private static Observation Settle(StepContext context)
    {
        if (context.World.IsMemory)
            return Observation.Nothing;
        if (!context.Has("socket"))
            context.World.WaitUntil(() => false, s_quiet);
        else
            context.World.WaitUntil(() => HasSettled(context.Provider.State.FindOpen(context.Socket()), context.Text("until")), s_settling);
        return Observation.Nothing;
    }

    private static bool HasSettled(SocketState? socket, string? until) => socket is null || until switch
    {
        "peer_closed" => socket.PeerFinished || socket.Stage == SocketStage.Broken,
        "reset" => socket.Stage == SocketStage.Broken,
        _ => !socket.Received.IsEmpty || !socket.Datagrams.IsEmpty || !socket.AcceptQueue.IsEmpty || socket.PeerFinished || socket.Stage == SocketStage.Broken,
    };
}
