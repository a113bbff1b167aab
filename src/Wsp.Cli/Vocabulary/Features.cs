using System.Net.Sockets;
using Wsp.Cli.Input;
using Wsp.Cli.Running;
using Wsp.Provider;

namespace Wsp.Cli.Vocabulary;

/// <summary>
/// What is missing: the one table that decides, from its content and before it runs, whether a case is skipped. Later work shortens it; slots of the
/// procedure table that start to work leave it by themselves.
/// </summary>
internal static class Features
{
    private static readonly Row[] s_table =
    [
        Requires("ext", "extension functions (AcceptEx, ConnectEx, DisconnectEx)"),
        Requires("system-handles", "system handles behind the provider's back"),
        Requires("ipv6", "IPv6 on this machine", TransportKind.Tcp, () => !Socket.OSSupportsIPv6),
        Requires("blackhole", "a network that swallows everything (memory only)", TransportKind.Tcp),
        Requires("broadcast", "broadcasts (memory only)", TransportKind.Tcp),
        Step("a simulated network (memory only)", TransportKind.Tcp, step => step.Call.Name is "Harness.NetworkDown" or "Harness.NetworkUp"),
        Step("extension functions (AcceptEx, ConnectEx, DisconnectEx)", step => step.Call.Name is "AcceptEx" or "ConnectEx" or "DisconnectEx"),
        Step("the protocol catalog", step => step.Call.Name == "WSCEnumProtocols"),
        Step("WSAPoll", step => step.Call.Name == "WSAPoll"),
        Step("system handles behind the provider's back", step => step.Call.Name is "Harness.CloseSystemHandle" or "Harness.DuplicateSystemHandle"),
        Step("urgent data", step => Flag(step, "MSG_OOB") || Is(step, "code", "SIOCATMARK")),
        Step("control codes other than FIONBIO and FIONREAD", step => step.Args["code"] is { Kind: NodeKind.Text } code && code.Text.StartsWith("SIO_", StringComparison.Ordinal) && !Expects(step, "WSAEOPNOTSUPP")),
        Option("SO_PROTOCOL_INFO"), Option("SO_PROTOCOL_INFOA"), Option("SO_PROTOCOL_INFOW"), Option("SO_OPENTYPE"),
        Option("IP_HDRINCL"), Option("IP_MULTICAST_TTL"), Option("IP_MTU"),
        Option("TCP_KEEPALIVE"), Option("TCP_KEEPCNT"), Option("TCP_KEEPINTVL"),
    ];

    /// <summary>The feature a case is skipped for, or null when it can run.</summary>
    public static string? WhyNot(Scenario scenario, TransportKind transport)
    {
        // A slot that does not work is the best reason there is: its own table tells what is missing.
        foreach (Step step in scenario.Steps)
        {
            if (Procedures.Table.FirstOrDefault(entry => entry.Name == step.Call.Name) is { Works: false } slot)
                return $"{slot.Name}: {slot.Remark}";
        }

        return s_table.FirstOrDefault(row => (row.On is null || row.On == transport) && row.Concerns(scenario))?.Missing;
    }

    private static Row Requires(string feature, string missing, TransportKind? on = null, Func<bool>? unless = null) =>
        new(missing, on, scenario => scenario.Requires.Contains(feature) && (unless is null || unless()));

    private static Row Step(string missing, Func<Step, bool> concerns) => new(missing, null, scenario => scenario.Steps.Any(concerns));

    private static Row Step(string missing, TransportKind on, Func<Step, bool> concerns) => new(missing, on, scenario => scenario.Steps.Any(concerns));

    /// <summary>An option the provider does not know. That it says so may be just what a case is about.</summary>
    private static Row Option(string name) =>
        Step($"the option {name}", step => step.Call.Name is "WSPGetSockOpt" or "WSPSetSockOpt" && Is(step, "name", name) && !Expects(step, "WSAENOPROTOOPT"));

    private static bool Is(Step step, string arg, string text) => step.Args[arg] is { Kind: NodeKind.Text } node && node.Text == text;

    private static bool Flag(Step step, string flag) => step.Args["flags"] is { } flags && (flags.Text == flag || flags.Items.Any(item => item.Text == flag));

    private static bool Expects(Step step, string error) =>
        step.Expect["error"] is { } one ? one.Text == error : step.Expect["error_any"]?.Items.Any(item => item.Text == error) ?? false;

    private sealed record Row(string Missing, TransportKind? On, Func<Scenario, bool> Concerns);
}
