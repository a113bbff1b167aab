using Wsp.Specification;
using Wsp.Spi;

namespace Wsp.Model.Notification;

/// <summary>How completion routines get their turn: queued to the thread that started the operation, never two of one socket at a time.</summary>
internal static class RoutineRules
{
    public static readonly Rule Runs = new("the routine runs in an alertable wait of its thread", "SEND-27", "SEND-29", "RECV-30", "RECV-32");
    public static readonly Rule WaitsItsTurn = new("another routine of the socket is running", "SEND-36", "RECV-39");
    public static readonly Rule Gone = new("the routine was discarded by the final cleanup", "CLEANUP-18", "CLEANUP-AMB-16");
    public static readonly Rule Returned = new("the routine has returned", "SEND-36", "RECV-39");

    public static void Queue(Draft draft, long request, SocketHandle socket, WspThreadId thread, Rule because)
    {
        var routine = new RoutineState(draft.State.Routines.NextKey, request, socket, thread, RoutineProgress.Queued);
        draft.State.Routines = draft.State.Routines.Add(routine, draft.Token);
        draft.Emit(new ProviderEffect.QueueRoutine { Routine = routine.Key, Request = request, Thread = thread, Because = because });
    }

    /// <summary>A routine's turn has come. The result says whether it may run: success, or no effect.</summary>
    public static Rule Due(Draft draft, ProviderInput.RoutineDue input)
    {
        if (draft.State.Routines.Find(input.Routine) is not { Progress: RoutineProgress.Queued } routine)
            return draft.NoCall(Gone);
        foreach (RoutineState other in draft.State.Routines)
        {
            if (other.Progress == RoutineProgress.Running && other.Socket == routine.Socket)
            {
                draft.State.Routines = draft.State.Routines.Replace(routine with { Progress = RoutineProgress.Postponed }, draft.Token);
                return draft.NoCall(WaitsItsTurn);
            }
        }

        draft.State.Routines = draft.State.Routines.Replace(routine with { Progress = RoutineProgress.Running }, draft.Token);
        return draft.Succeed(Runs);
    }

    /// <summary>In a final cleanup no routine begins any more, unless undelivered ones are delivered by the reading in force.</summary>
    public static Rule DueInCleanup(Draft draft, ProviderInput.RoutineDue input) =>
        draft.Readings.UndeliveredRoutines == UndeliveredRoutines.Delivered ? Due(draft, input) : draft.NoCall(Gone);

    /// <summary>A routine that was running has returned; the postponed ones stay where they are.</summary>
    public static Rule DoneInCleanup(Draft draft, ProviderInput.RoutineDone input)
    {
        if (draft.Readings.UndeliveredRoutines == UndeliveredRoutines.Delivered)
            return Done(draft, input);
        draft.State.Routines = draft.State.Routines.Find(input.Routine) is { } routine ? draft.State.Routines.Remove(routine.Key, draft.Token) : draft.State.Routines;
        return draft.NoCall(Returned);
    }

    public static Rule Done(Draft draft, ProviderInput.RoutineDone input)
    {
        if (draft.State.Routines.Find(input.Routine) is not { } routine)
            return draft.NoCall(Gone);
        draft.State.Routines = draft.State.Routines.Remove(routine.Key, draft.Token);
        foreach (RoutineState next in draft.State.Routines)
        {
            if (next.Progress != RoutineProgress.Postponed || next.Socket != routine.Socket)
                continue;
            draft.State.Routines = draft.State.Routines.Replace(next with { Progress = RoutineProgress.Queued }, draft.Token);
            draft.Emit(new ProviderEffect.QueueRoutine { Routine = next.Key, Request = next.Request, Thread = next.Thread, Because = Returned });
            break;
        }

        return draft.NoCall(Returned);
    }
}
