using Wsp.Cli.Vocabulary;
using Wsp.Spi;

namespace Wsp.Cli.Running.Calls;

/// <summary>The names of the two ends.</summary>
internal static class NameCalls
{
    private const string Args = "socket! namelen name_ptr namelen_ptr";
    private const string Expects = "address namelen namelen_below padding_zero";

    public static CallSpec[] All { get; } =
    [
        new("WSPGetSockName", Args, Expects, "name", 0, context => Get(context, context.Provider.GetSockName)),
        new("WSPGetPeerName", Args, Expects, "name", 0, context => Get(context, context.Provider.GetPeerName)),
    ];

    private static Observation Get(StepContext context, Func<SocketHandle, SockAddrBuffer?, WsaError> get)
    {
        var name = NameBuffer.Make(context);
        return name.Show(Observation.Of(get(context.Socket(), name.Native)));
    }
}
