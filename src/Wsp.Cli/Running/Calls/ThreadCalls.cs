using System.Text;
using Wsp.Cli.Input;
using Wsp.Cli.Vocabulary;
using Wsp.Provider;
using Wsp.Spi;

namespace Wsp.Cli.Running.Calls;

/// <summary>Helper threads, alertable waits and queued calls.</summary>
internal static class ThreadCalls
{
    public static CallSpec[] All { get; } =
    [
        new("Harness.AlertableWait", "timeout_ms", "routine_calls", "", 0, AlertableWait),
        new("Harness.QueueApc", "name:label! background send", "", "", 0, QueueApc),
        new("Harness.CheckApc", "name:label!", "ran", "", 0, context =>
            Observation.Nothing.With("ran", (long)context.World.ApcRuns.GetValueOrDefault(context.Text("name")!))),
        new("Harness.StillBlocked", "background!", "blocked", "", 0, StillBlocked),
        new("Harness.Join", "background!", "", "", 0, Join),
        new("Harness.EndThread", "thread!", "", "", 0, EndThread),
    ];

    private static readonly TimeSpan s_threadEnd = TimeSpan.FromSeconds(5);

    private static Observation AlertableWait(StepContext context)
    {
        int wanted = context.Step.Expect["routine_calls"]?.Items.Count ?? 0;
        WspThread.RunApcs();

        // In memory whatever is due has been queued by now.
        if (!context.World.IsMemory)
        {
            TimeSpan patience = SystemCalls.Patience(context, mustNotCome: wanted == 0);
            bool goOn = wanted == 0 || context.World.RoutineCallsWaiting < wanted;
            while (goOn)
                goOn = WspThread.SleepAlertable(patience) && context.World.RoutineCallsWaiting < wanted;
        }

        return Observation.Nothing.With("routine_calls", context.World.TakeRoutineCalls().Select(call => (object?)new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["routine"] = call.Routine,
            ["error"] = Named.Of(call.Error),
            ["bytes"] = (long)call.Bytes,
            ["overlapped"] = call.Overlapped,
        }).ToList());
    }

    private static Observation QueueApc(StepContext context)
    {
        string name = context.Text("name")!;
        World world = context.World;
        WspThreadId thread = context.Text("background") is { } background ? world.Background[background].Id : WspThread.Current.Id;
        Node? send = context["send"];
        WsaError error = world.System.QueueApc(thread, _ =>
        {
            world.ApcRuns.AddOrUpdate(name, 1, (_, count) => count + 1);
            if (send is not null)
            {
                int sent = 0;
                world.Provider.Send(context.SocketOf(send["socket"]!.Text), [Encoding.Latin1.GetBytes(send["data"]!.Text)], ref sent, MessageFlags.None);
            }
        }, null);
        return error == WsaError.Success ? Observation.Nothing : throw new CaseTrouble($"the thread takes no calls: {error.Describe()}");
    }

    private static Observation StillBlocked(StepContext context)
    {
        BackgroundCall call = context.World.Background[context.Text("background")!];
        if (!context.World.IsMemory)
            context.World.WaitUntil(() => call.Returned, SystemCalls.Patience(context, mustNotCome: true));
        return Observation.Nothing.With("blocked", !call.Returned && (call.Step.Call.IsHarness || context.World.IsBlocked(call.Id)));
    }

    private static Observation Join(StepContext context)
    {
        BackgroundCall call = context.World.Background[context.Text("background")!];
        context.World.WaitUntil(() => call.Returned || call.Trouble is not null, Timeout.InfiniteTimeSpan);
        if (call.Trouble is { } trouble)
            throw new CaseTrouble(trouble);
        return call.Observation!;
    }

    private static Observation EndThread(StepContext context)
    {
        if (!context.World.Threads.TryRemove(context.Text("thread")!, out StepThread? thread))
            throw new CaseTrouble($"there is no thread \"{context.Text("thread")}\"");
        thread.End(s_threadEnd);
        return Observation.Nothing;
    }
}
