using System.Globalization;
using Wsp.Cli.Vocabulary;
using Wsp.Spi;

namespace Wsp.Cli.Running.Calls;

/// <summary>WSPStartup, WSPCleanup, and the end of the process.</summary>
internal static class LifecycleCalls
{
    public static CallSpec[] All { get; } =
    [
        new("WSPStartup", "version! data:pointer client", "version high_version description system_status max_sockets max_udp_dg", "vendor_info", 0, Startup),
        new("WSPCleanup", "client", "", "", 0, context => Observation.Of(context.Provider.Cleanup(context.Text("client")))),
        new("Harness.EndProcess", "", "", "", 0, EndProcess),
        new("Harness.NetworkDown", "", "", "", 0, context => SetDown(context, true)),
        new("Harness.NetworkUp", "", "", "", 0, context => SetDown(context, false)),
    ];

    private static Observation Startup(StepContext context)
    {
        var data = new WspData { Description = "untouched", SystemStatus = "untouched", MaxSockets = Prefill.Number, MaxUdpDatagram = Prefill.Number };
        WsaError error = context.Provider.Startup(Version(context.Text("version")!), context.Pointer("data") ? data : null, null, context.World.System, new WspProcTable(), context.Text("client"));

        // A managed record has no vendor pointer, so nobody can write through it.
        return Observation.Of(error)
            .With("version", data.Version.ToString()).With("high_version", data.HighVersion.ToString())
            .With("description", data.Description).With("system_status", data.SystemStatus)
            .With("max_sockets", (long)data.MaxSockets).With("max_udp_dg", (long)data.MaxUdpDatagram)
            .Out("vendor_info", true);
    }

    private static WspVersion Version(string text)
    {
        string[] parts = text.Split('.');
        return parts.Length == 2 && byte.TryParse(parts[0], CultureInfo.InvariantCulture, out byte major) && byte.TryParse(parts[1], CultureInfo.InvariantCulture, out byte minor)
            ? new WspVersion(major, minor)
            : throw new CaseTrouble($"\"{text}\" is no version; one is written like 2.2");
    }

    private static Observation EndProcess(StepContext context)
    {
        context.Provider.EndProcess();
        return Observation.Nothing;
    }

    private static Observation SetDown(StepContext context, bool down)
    {
        context.World.Net.SetDown(down);
        return Observation.Nothing;
    }
}
