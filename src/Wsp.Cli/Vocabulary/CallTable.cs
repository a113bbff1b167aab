using System.Collections.Frozen;
using Wsp.Cli.Running.Calls;

namespace Wsp.Cli.Vocabulary;

/// <summary>All calls of the vocabulary.</summary>
internal static class CallTable
{
    public static FrozenDictionary<string, CallSpec> All { get; } =
        ((IEnumerable<CallSpec>)[
            .. LifecycleCalls.All, .. SocketCalls.All, .. NameCalls.All, .. TransferCalls.All, .. OptionCalls.All, .. EventCalls.All,
            .. UnavailableCalls.All, .. PairCalls.All, .. SystemCalls.All, .. ThreadCalls.All, .. BulkCalls.All, .. PeerCalls.All,
        ]).ToFrozenDictionary(call => call.Name, StringComparer.Ordinal);
}
