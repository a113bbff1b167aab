using System.Collections.Concurrent;
using Wsp.Model;
using Wsp.Spi;

namespace Wsp.Provider;

/// <summary>
/// The provider's own APC: an APC carries one value, so this one unpacks it, asks the model whether the routine may run, and calls it (SEND-31, SEND-32).
/// </summary>
internal sealed class RoutineApc(WspProvider provider, ConcurrentDictionary<long, OverlappedUse> uses, long routine, long request)
{
    public static readonly WspUserApc Shim = context => ((RoutineApc)context!).Run();

    private void Run()
    {
        CallResult due = provider.Step(new ProviderInput.RoutineDue { Routine = routine }).Result;
        if (due.Outcome == CallOutcome.None)
        {
            // Postponed behind another routine of the socket, and queued again later; or discarded by a cleanup.
            if (provider.State.Routines.Find(routine) is null)
                uses.TryRemove(request, out _);
            return;
        }

        try
        {
            if (uses.TryRemove(request, out OverlappedUse? use))
                use.Routine!(use.Error, use.Count, use.Overlapped, use.Flags);
        }
        finally
        {
            provider.Step(new ProviderInput.RoutineDone { Routine = routine });
        }
    }
}
