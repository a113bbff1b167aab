namespace Wsp.Cli.Tests;

/// <summary>Every kind of expectation can hold, and every kind can fail: none is passed over.</summary>
public class ExpectationTests
{
    private const string Tcp = """{"call":"WSPSocket","args":{"af":"AF_INET","type":"SOCK_STREAM","protocol":"IPPROTO_TCP"},"as":"s"},""";
    private const string Pair = """{"call":"Harness.TcpPair","as":["c","s"]},""";
    private const string Hello = Pair + """{"call":"WSPSend","args":{"socket":"c","data":"hello"}},""";
    private const string Pending = Pair + """{"call":"Harness.NewEvent","as":"e"},{"call":"Harness.NewOverlapped","args":{"event":"e"},"as":"o"},{"call":"WSPRecv","args":{"socket":"s","length":8,"overlapped":"o"}},""";
    private const string Recv = """{"call":"WSPRecv","args":{"socket":"s","length":8},"expect":EXPECT}""";
    private const string SockName = """{"call":"WSPBind","args":{"socket":"s","address":{"family":"AF_INET","ip":"127.0.0.1","port":4000}}},{"call":"WSPGetSockName","args":{"socket":"s"},"expect":EXPECT}""";
    private const string Type = """{"call":"WSPGetSockOpt","args":{"socket":"s","level":"SOL_SOCKET","name":"SO_TYPE"},"expect":EXPECT}""";
    private const string Linger = """{"call":"WSPSetSockOpt","args":{"socket":"s","level":"SOL_SOCKET","name":"SO_LINGER","optval":{"onoff":1,"linger":5}}},{"call":"WSPGetSockOpt","args":{"socket":"s","level":"SOL_SOCKET","name":"SO_LINGER"},"expect":EXPECT}""";
    private const string NoSocket = """{"call":"WSPSend","args":{"socket":"INVALID_SOCKET","data":"x"},"expect":EXPECT}""";
    private const string Fionread = """{"call":"WSPIoctl","args":{"socket":"s","code":"FIONREAD"},"expect":EXPECT}""";
    private const string Selected = Hello + """{"call":"Harness.NewEvent","as":"e"},{"call":"WSPEventSelect","args":{"socket":"s","event":"e","mask":["FD_READ","FD_WRITE"]}},{"call":"WSPEnumNetworkEvents","args":{"socket":"s"},"expect":EXPECT}""";
    private const string Message = Pair + """{"call":"Harness.NewWindow","as":"w"},{"call":"WSPAsyncSelect","args":{"socket":"s","window":"w","mask":["FD_READ"]}},{"call":"WSPSend","args":{"socket":"c","data":"x"}},{"call":"Harness.NextMessage","args":{"window":"w"},"expect":EXPECT}""";
    private const string Packet = Pair + """{"call":"Harness.NewPort","as":"p"},{"call":"Harness.Associate","args":{"port":"p","socket":"s","key":7}},{"call":"Harness.NewOverlapped","as":"o"},{"call":"WSPRecv","args":{"socket":"s","length":8,"overlapped":"o"}},{"call":"WSPCloseSocket","args":{"socket":"s"}},{"call":"Harness.Dequeue","args":{"port":"p"},"expect":EXPECT}""";
    private const string Routine = Pair + """{"call":"Harness.NewOverlapped","as":"o"},{"call":"WSPRecv","args":{"socket":"s","length":8,"overlapped":"o","routine":"r"}},{"call":"WSPSend","args":{"socket":"c","data":"hello"}},{"call":"Harness.AlertableWait","expect":EXPECT}""";
    private const string Blocked = Pair + """{"call":"WSPRecv","args":{"socket":"s","length":8},"background":"b"},{"call":"Harness.StillBlocked","args":{"background":"b"},"expect":EXPECT}""";
    private const string Apc = """{"call":"Harness.QueueApc","args":{"name":"q"}},{"call":"Harness.AlertableWait"},{"call":"Harness.CheckApc","args":{"name":"q"},"expect":EXPECT}""";
    private const string Until = Pair + """{"call":"WSPIoctl","args":{"socket":"c","code":"FIONBIO","input":1}},{"call":"Harness.SendUntilBlocked","args":{"socket":"c","chunk":50000},"expect":EXPECT}""";
    private const string All = Hello + """{"call":"WSPCloseSocket","args":{"socket":"c"}},{"call":"Harness.ReceiveAll","args":{"socket":"s"},"expect":EXPECT}""";
    private const string Peer = """{"call":"Harness.NewPeer","args":{"listen":true},"as":"p"},""" + Tcp
        + """{"call":"WSPConnect","args":{"socket":"s","address":{"peer":"p"}}},{"call":"Harness.PeerAccept","args":{"peer":"p"}},{"call":"WSPSend","args":{"socket":"s","fill":9}},{"call":"WSPCloseSocket","args":{"socket":"s"}},{"call":"Harness.PeerEnd","args":{"peer":"p"},"expect":EXPECT}""";
    private const string Event = """{"call":"Harness.NewEvent","as":"e"},{"call":"Harness.SetEvent","args":{"event":"e"}},{"call":"Harness.WaitEvent","args":{"event":"e","timeout_ms":0},"expect":EXPECT}""";
    private const string Startup = """{"call":"WSPStartup","args":{"version":"1.1"},"expect":EXPECT}""";
    private const string Inspect = Pending + """{"call":"Harness.InspectOverlapped","args":{"overlapped":"o"},"expect":EXPECT}""";

    public static TheoryData<string, string, string, string> Kinds => new()
    {
        { "ok", Type, """{"ok":true}""", "" },
        { "ok", NoSocket, "", """{"ok":true}""" },
        { "fails", NoSocket, """{"fails":true}""", "" },
        { "fails", Type, "", """{"fails":true}""" },
        { "error", NoSocket, """{"error":"WSAENOTSOCK"}""", """{"error":"WSAEINVAL"}""" },
        { "value", NoSocket, """{"value":10038}""", """{"value":10022}""" },
        { "error_any", NoSocket, """{"error_any":["WSAEINVAL","WSAENOTSOCK"]}""", """{"error_any":["WSAEINVAL"]}""" },
        { "values", NoSocket, """{"values":[1,10038]}""", """{"values":[]}""" },
        { "untouched", NoSocket, """{"untouched":["bytes"]}""", "" },
        { "untouched", Hello + Recv, "", """{"untouched":["bytes"]}""" },
        { "bytes", Hello + Recv, """{"bytes":5}""", """{"bytes":4}""" },
        { "bytes", Hello + Recv, """{"bytes":{"any_of":[4,5]}}""", """{"bytes":{"any_of":[4,6]}}""" },
        { "bytes", Hello + Recv, """{"bytes":{"at_least":5}}""", """{"bytes":{"at_least":6}}""" },
        { "bytes", Pair + """{"call":"WSPShutdown","args":{"socket":"c","how":"SD_SEND"}},""" + Recv, """{"bytes":0}""", """{"bytes":"positive"}""" },
        { "data", Hello + Recv, """{"data":"hello"}""", """{"data":"hell"}""" },
        { "data_per_buffer", Hello + """{"call":"WSPRecv","args":{"socket":"s","lengths":[2,6]},"expect":EXPECT}""", """{"data_per_buffer":["he","llo"]}""", """{"data_per_buffer":["hello"]}""" },
        { "pattern", Hello + Recv, """{"pattern":false}""", """{"pattern":true}""" },
        { "address", Tcp + SockName, """{"address":{"family":"AF_INET","ip":"127.0.0.1","port":"nonzero"}}""", """{"address":{"ip":"127.0.0.2"}}""" },
        { "address", Tcp + SockName, """{"address":{"port":{"of":"s"}}}""", """{"address":{"port":4001}}""" },
        { "namelen", Tcp + SockName, """{"namelen":16}""", """{"namelen":15}""" },
        { "namelen_below", Tcp + SockName, """{"namelen_below":17}""", """{"namelen_below":16}""" },
        { "padding_zero", Tcp + SockName, """{"padding_zero":true}""", """{"padding_zero":false}""" },
        { "optval", Tcp + Type, """{"optval":"SOCK_STREAM"}""", """{"optval":"SOCK_DGRAM"}""" },
        { "optval", Tcp + Linger, """{"optval":{"onoff":1,"linger":5}}""", """{"optval":{"onoff":1,"linger":6}}""" },
        { "optlen", Tcp + Type, """{"optlen":4}""", """{"optlen":1}""" },
        { "raw", Tcp + Type, """{"raw":"01000000EFBE"}""", """{"raw":"01000000EFBF"}""" },
        { "output", Hello + Fionread, """{"output":5}""", """{"output":6}""" },
        { "bytes_returned", Hello + Fionread, """{"bytes_returned":4}""", """{"bytes_returned":0}""" },
        { "events", Selected, """{"events":["FD_WRITE","FD_READ"]}""", """{"events":["FD_READ"]}""" },
        { "event_errors", Selected, """{"event_errors":{"FD_READ":0}}""", """{"event_errors":{"FD_READ":10054}}""" },
        { "event_errors", Selected, "", """{"event_errors":{"FD_CLOSE":0}}""" },
        { "message", Message, """{"message":{"socket":"s","event":"FD_READ","error":0}}""", """{"message":{"socket":"c"}}""" },
        { "none", Message, "", """{"none":true}""" },
        { "completion", Packet, """{"completion":{"key":7,"overlapped":"o","status":"STATUS_CANCELLED","win32_value":995}}""", """{"completion":{"key":8}}""" },
        { "routine_calls", Routine, """{"routine_calls":[{"routine":"r","error":0,"bytes":5,"overlapped":"o"}]}""", """{"routine_calls":[]}""" },
        { "overlapped", Inspect, """{"overlapped":{"o":{"Internal":"STATUS_PENDING","InternalValue":259,"InternalHigh":"untouched"}}}""", """{"overlapped":{"o":{"Internal":"STATUS_SUCCESS"}}}""" },
        { "blocked", Blocked, """{"blocked":true}""", """{"blocked":false}""" },
        { "ran", Apc, """{"ran":1}""", """{"ran":0}""" },
        { "signaled", Event, """{"signaled":true}""", """{"signaled":false}""" },
        { "last_error", Until, """{"last_error":"WSAEWOULDBLOCK"}""", """{"last_error":"WSAENOBUFS"}""" },
        { "every_send_complete", Until, """{"every_send_complete":false}""", """{"every_send_complete":true}""" },
        { "total", All, """{"total":5,"end_of_stream":true}""", """{"total":6}""" },
        { "end_of_stream", All, """{"end_of_stream":true}""", """{"end_of_stream":false}""" },
        { "end", Peer, """{"end":"fin","total":9,"pattern":true}""", """{"end":"reset"}""" },
        { "version", Startup, """{"version":"1.1"}""", """{"version":"2.2"}""" },
        { "high_version", Startup, """{"high_version":"2.2"}""", """{"high_version":"1.1"}""" },
        { "max_sockets", Startup, """{"max_sockets":"positive"}""", """{"max_sockets":0}""" },
        { "description", Startup, """{"description":"WinSock 2.0"}""", """{"description":"WinSock"}""" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Each_kind_holds_and_fails(string key, string steps, string right, string wrong)
    {
        if (!steps.StartsWith(Tcp, StringComparison.Ordinal) && (steps == Type || steps == NoSocket))
            steps = Tcp + steps;
        if (right.Length > 0)
            Run(steps, right).LastLine.Should().Be("1 passed, 0 failed, 0 skipped");
        if (wrong.Length == 0)
            return;
        CliRun run = Run(steps, wrong);
        run.LastLine.Should().Be("0 passed, 1 failed, 0 skipped");
        run.Output.Should().Contain($", {key}");
    }

    private static CliRun Run(string steps, string expect)
    {
        using var file = new ScenarioFile(ScenarioFile.Case(steps.Replace("EXPECT", expect, StringComparison.Ordinal)));
        CliRun run = Cli.Run("run", file.Path);
        run.Error.Should().BeEmpty();
        return run;
    }
}
