using Wsp.Spi;

namespace Wsp.Model;

/// <summary>What one client left behind.</summary>
/// <param name="Client">The client's name, or null for calls of threads that no named client started from.</param>
/// <param name="Sockets">Its sockets that were open.</param>
/// <param name="Operations">Its overlapped operations that were pending.</param>
/// <param name="BlockedCalls">Its calls that were blocked.</param>
/// <param name="UnsentBytes">Bytes accepted on its open sockets and not yet sent: lost when they are reset.</param>
/// <param name="LingeringBytes">Bytes of its sockets closed before: still sent.</param>
public sealed record LeftBehind(string? Client, IReadOnlyList<SocketHandle> Sockets, int Operations, int BlockedCalls, long UnsentBytes, long LingeringBytes);

/// <summary>
/// Who dropped the last reference, and what was still open then. Worked out when asked, from the state the final cleanup began with, which it keeps.
/// </summary>
/// <threadsafety>Immutable.</threadsafety>
public sealed class CleanupReport
{
    private readonly ProviderState _before;

    internal CleanupReport(ProviderState before, string? client, WspThreadId thread)
    {
        _before = before.Clone();
        _before.LastCleanup = null;
        CleanedUpBy = client ?? ClientOf(_before, thread);
        Thread = thread;
    }

    /// <summary>The client that made the final cleanup: the name it gave, else the one its thread started under, else null.</summary>
    public string? CleanedUpBy { get; }

    /// <summary>The thread that made it.</summary>
    public WspThreadId Thread { get; }

    /// <summary>The number of sockets that were open.</summary>
    public int OpenSockets => _before.OpenSockets;

    /// <summary>The number of overlapped operations that were pending.</summary>
    public int PendingOperations => _before.Operations.Count;

    /// <summary>What each client left behind, in the order of their first socket or operation; empty if nothing was left.</summary>
    public IReadOnlyList<LeftBehind> LeftBehind() => Collect(_before);

    /// <summary>The Application Verifier's networking stops that fit: E10C with the number of sockets closed underneath their owners.</summary>
    public IReadOnlyList<VerifierStop> Stops() => OpenSockets == 0 ? [] : [VerifierStop.ClosedUnderneath(OpenSockets, CleanedUpBy, LeftBehind())];

    /// <summary>What each client has in a state, at any moment of its life.</summary>
    /// <param name="state">The state.</param>
    public static IReadOnlyList<LeftBehind> Collect(ProviderState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var byClient = new OrderedDictionary<string, Tally>(StringComparer.Ordinal);
        foreach (SocketState socket in state.Sockets)
        {
            Tally tally = TallyOf(socket.OpenedBy);
            if (socket.Phase == SocketPhase.Closed)
            {
                tally.Lingering += socket.QueuedBytes;
            }
            else if (socket.Phase == SocketPhase.Open)
            {
                tally.Sockets.Add(socket.Handle);
                tally.Unsent += socket.QueuedBytes;
            }
        }

        foreach (PendingCall operation in state.Operations)
            TallyOf(operation.Thread).Operations++;
        foreach (PendingCall call in state.Calls)
        {
            if (call.Progress != CallProgress.Leaving && call.Kind is not (CallKind.Startup or CallKind.Cleanup))
                TallyOf(call.Thread).Blocked++;
        }

        return [.. byClient.Select(entry => new LeftBehind(
            entry.Key.Length == 0 ? null : entry.Key, entry.Value.Sockets, entry.Value.Operations, entry.Value.Blocked, entry.Value.Unsent, entry.Value.Lingering))];

        Tally TallyOf(WspThreadId thread)
        {
            string name = ClientOf(state, thread) ?? "";
            if (!byClient.TryGetValue(name, out Tally? tally))
                byClient.Add(name, tally = new Tally());
            return tally;
        }
    }

    /// <summary>The client a thread belongs to: the newest reference made by the thread, else the newest of all.</summary>
    internal static string? ClientOf(ProviderState state, WspThreadId thread)
    {
        for (int i = state.References.Length - 1; i >= 0; i--)
        {
            if (state.References[i].Thread == thread)
                return state.References[i].Client;
        }

        return state.References.IsEmpty ? null : state.References[^1].Client;
    }

    private sealed class Tally
    {
        public List<SocketHandle> Sockets { get; } = [];

        public int Operations { get; set; }

        public int Blocked { get; set; }

        public long Unsent { get; set; }

        public long Lingering { get; set; }
    }
}
