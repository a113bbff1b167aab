using System.Collections.Immutable;
using Wsp.Spi;

namespace Wsp.Provider;

/// <summary>The procedure table as this provider fills it: which slots work, and what the others answer.</summary>
public static class Procedures
{
    /// <summary>All 30 slots, in the order of the native table.</summary>
    public static ImmutableArray<WspProcEntry> Table { get; } =
    [
        Works("WSPAccept"),
        Missing("WSPAddressToString", WsaError.InvalidArgument, "no conversion of addresses yet"),
        Works("WSPAsyncSelect"),
        Works("WSPBind"),
        Works("WSPCancelBlockingCall"),
        Works("WSPCleanup"),
        Works("WSPCloseSocket"),
        Works("WSPConnect"),
        Missing("WSPDuplicateSocket", WsaError.InvalidArgument, "no shared sockets yet"),
        Works("WSPEnumNetworkEvents"),
        Works("WSPEventSelect"),
        Works("WSPGetOverlappedResult"),
        Works("WSPGetPeerName"),
        Works("WSPGetSockName"),
        Works("WSPGetSockOpt"),
        Missing("WSPGetQOSByName", WsaError.InvalidArgument, "no quality of service"),
        Works("WSPIoctl"),
        Missing("WSPJoinLeaf", WsaError.OperationNotSupported, "no multipoint sessions yet"),
        Works("WSPListen"),
        Works("WSPRecv"),
        Works("WSPRecvDisconnect"),
        Works("WSPRecvFrom"),
        Missing("WSPSelect", WsaError.InvalidArgument, "no select yet; WSPEventSelect and WSPAsyncSelect work"),
        Works("WSPSend"),
        Works("WSPSendDisconnect"),
        Works("WSPSendTo"),
        Works("WSPSetSockOpt"),
        Works("WSPShutdown"),
        Works("WSPSocket"),
        Missing("WSPStringToAddress", WsaError.InvalidArgument, "no conversion of addresses yet"),
    ];

    /// <summary>What a function that does not work answers; success for those that do.</summary>
    /// <param name="function">The native name.</param>
    internal static WsaError AnswerOf(string function) => Table.First(entry => entry.Name == function).Answer;

    private static WspProcEntry Works(string name) => new(name, true, WsaError.Success, "");

    private static WspProcEntry Missing(string name, WsaError answer, string remark) => new(name, false, answer, remark);
}
