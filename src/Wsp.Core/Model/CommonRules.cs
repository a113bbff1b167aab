using Wsp.Specification;

namespace Wsp.Model;

/// <summary>Rules that every concern shares.</summary>
internal static class CommonRules
{
    public static readonly Rule NotASocket = new("the handle names no open socket", "CLOSE-02", "CLEANUP-31");
    public static readonly Rule MissingPointer = new("an output pointer is missing", "SEND-64", "RECV-76");
    public static readonly Rule NotStarted = new("no startup is outstanding", "CLEANUP-33", "CLEANUP-34", "CLEANUP-AMB-07", "CLEANUP-AMB-22", "STARTUP-02");
    public static readonly Rule NetworkIsDown = new("the network below the provider is down", "WSPCleanup#errors/WSAENETDOWN", "CLEANUP-AMB-06");
    public static readonly Rule NothingToDo = new("nothing follows from it");
}
