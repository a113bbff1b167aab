using System.Net.Sockets;
using Wsp.Provider;
using Wsp.Spi;
using Wsp.Transport.Memory;

namespace Wsp.Core.Tests.Provider;

/// <summary>Which upcall table is used, and what goes through it.</summary>
public class UpcallTests
{
    [Fact]
    [Trait("Clause", "STARTUP-04")]
    [Trait("Clause", "STARTUP-11")]
    public void Startup_FillsDataAndTheWholeProcedureTable()
    {
        var provider = new WspProvider(new MemoryNetwork().Local);
        var data = new WspData();
        var table = new WspProcTable();

        provider.Startup(new WspVersion(2, 0), data, null, null, table).Should().Be(WsaError.Success);

        data.Version.Should().Be(new WspVersion(2, 0));
        data.HighVersion.Should().Be(WspVersion.V2_2);
        table.Provider.Should().BeSameAs(provider);
        table.Entries.Should().HaveCount(30);
        table.Entries.Select(entry => entry.Name).Should().OnlyHaveUniqueItems().And.StartWith("WSPAccept").And.EndWith("WSPStringToAddress");
        table.Entries.Where(entry => !entry.Works).Should().OnlyContain(entry => entry.Answer != WsaError.Success && entry.Remark.Length > 0);
    }

    [Fact]
    [Trait("Clause", "STARTUP-14")]
    public void Startup_ThatFails_LeavesDataAndTableUntouched()
    {
        var provider = new WspProvider(new MemoryNetwork().Local);
        var data = new WspData { Description = "untouched" };
        var table = new WspProcTable();

        provider.Startup(new WspVersion(0, 9), data, null, null, table).Should().Be(WsaError.VersionNotSupported);

        data.Description.Should().Be("untouched");
        data.Version.Should().Be(default(WspVersion));
        table.Entries.Should().BeEmpty();
    }

    [Fact]
    [Trait("Clause", "STARTUP-33")]
    [Trait("Clause", "STARTUP-34")]
    [Trait("Clause", "STARTUP-35")]
    public void SeveralStartups_UpcallsGoThroughTheNewestTableOnly()
    {
        var rig = new Rig();
        var first = new WspSystem();
        var second = new WspSystem();
        rig.Provider.Startup(WspVersion.V2_2, new WspData(), null, first, new WspProcTable()).Should().Be(WsaError.Success);
        rig.Provider.Startup(WspVersion.V2_2, new WspData(), null, second, new WspProcTable()).Should().Be(WsaError.Success);
        (SocketHandle client, SocketHandle server) = rig.Pair();
        first.CreateEvent(manualReset: true);
        EventHandle e = second.CreateEvent(manualReset: true);
        rig.Provider.EventSelect(server, e, NetworkEvents.Read).Should().Be(WsaError.Success);

        rig.Send(client, [1]).Should().Be(WsaError.Success);

        second.IsSet(e).Should().BeTrue();
        first.IsSet(e).Should().BeFalse("the handle value is the same, the table is not in force");
        typeof(IWspUpcalls).GetMethods().Should().HaveCount(16, "15 entries of the table and WPUCompleteOverlappedRequest beside it");
    }

    [Fact]
    [Trait("Clause", "CLEANUP-40")]
    [Trait("Clause", "CLOSE-35")]
    [Trait("Clause", "SOCKET-05")]
    [Trait("Clause", "SOCKET-06")]
    public void WithoutIfsHandles_SocketsGetTheirHandlesFromUpcallsAndGiveThemBack()
    {
        var rig = new Rig(new WspProviderOptions { IfsHandles = false });
        (SocketHandle client, SocketHandle server) = rig.Pair();
        rig.System.OpenSocketHandles.Should().Be(2);
        rig.System.QuerySocketHandleContext(client, out long context).Should().Be(WsaError.Success);
        context.Should().NotBe(client.Value);
        rig.Send(client, [1, 2]).Should().Be(WsaError.Success);
        rig.Recv(server, new byte[5], out int count).Should().Be(WsaError.Success);
        count.Should().Be(2);
        rig.Provider.CloseSocket(client).Should().Be(WsaError.Success);
        rig.System.OpenSocketHandles.Should().Be(1);
        rig.Provider.CloseSocket(client).Should().Be(WsaError.NotSocket);

        rig.Provider.Cleanup().Should().Be(WsaError.Success);

        rig.System.OpenSocketHandles.Should().Be(0);
    }

    [Fact]
    public void UpcallThatThrows_DoesNotStopTheEffectsBehindIt()
    {
        var rig = new Rig();
        var faulty = new FaultyUpcalls();
        rig.Provider.Startup(WspVersion.V2_2, new WspData(), null, faulty, new WspProcTable()).Should().Be(WsaError.Success);
        (SocketHandle client, SocketHandle server) = rig.Pair();
        var overlapped = new WsaOverlapped { Event = new EventHandle(4) };
        rig.Recv(server, new byte[3], out _, overlapped).Should().Be(WsaError.IOPending);

        rig.Send(client, [1, 2, 3]).Should().Be(WsaError.Success);

        faulty.Calls.Should().BeGreaterThan(0);
        overlapped.InternalHigh.Should().Be(3);
        rig.Provider.Cleanup().Should().Be(WsaError.Success);
    }

    [Fact]
    public void SlotsThatDoNotWork_AnswerWhatTheTableSays()
    {
        var rig = new Rig();
        rig.Provider.Select(null, null, null, TimeSpan.Zero, out _).Should().Be(WsaError.InvalidArgument);
        WsaProtocolInfo? info = null;
        rig.Provider.DuplicateSocket(new SocketHandle(4), 1, ref info).Should().Be(WsaError.NotSocket);
        rig.Provider.DuplicateSocket(rig.Stream(), 1, ref info).Should().Be(WsaError.InvalidArgument);
        rig.Provider.JoinLeaf(rig.Stream(), [], null, null, null, null, 0, out _).Should().Be(WsaError.OperationNotSupported);
        int length = 0;
        rig.Provider.AddressToString([], null, [], ref length).Should().Be(WsaError.InvalidArgument);
        rig.Provider.StringToAddress("127.0.0.1", AddressFamily.InterNetwork, null, null).Should().Be(WsaError.InvalidArgument);
        rig.Provider.Cleanup();
        rig.Provider.Select(null, null, null, TimeSpan.Zero, out _).Should().Be(WsaError.NotInitialized);
    }

    /// <summary>An upcall table whose every event upcall fails.</summary>
    private sealed class FaultyUpcalls : IWspUpcalls
    {
        private readonly WspSystem _inner = new();

        public int Calls { get; private set; }

        public WsaError SetEvent(EventHandle eventObject) => throw Fault();

        public WsaError ResetEvent(EventHandle eventObject) => throw Fault();

        public WsaError CloseEvent(EventHandle eventObject) => _inner.CloseEvent(eventObject);

        public WsaError CloseSocketHandle(SocketHandle s) => _inner.CloseSocketHandle(s);

        public WsaError CreateEvent(out EventHandle eventObject) => _inner.CreateEvent(out eventObject);

        public WsaError CreateSocketHandle(int catalogEntryId, long context, out SocketHandle s) => _inner.CreateSocketHandle(catalogEntryId, context, out s);

        public bool FDIsSet(SocketHandle s, FdSet set) => _inner.FDIsSet(s, set);

        public WsaError GetProviderPath(Guid providerId, out string path) => _inner.GetProviderPath(providerId, out path);

        public WsaError ModifyIfsHandle(int catalogEntryId, SocketHandle proposedHandle, out SocketHandle s) => _inner.ModifyIfsHandle(catalogEntryId, proposedHandle, out s);

        public WsaError OpenCurrentThread(out WspThreadId threadId) => _inner.OpenCurrentThread(out threadId);

        public WsaError CloseThread(WspThreadId threadId) => _inner.CloseThread(threadId);

        public bool PostMessage(WindowHandle window, int message, long wParam, long lParam) => _inner.PostMessage(window, message, wParam, lParam);

        public WsaError QueryBlockingCallback(int catalogEntryId, out WspBlockingHook? hook, out nint context) => _inner.QueryBlockingCallback(catalogEntryId, out hook, out context);

        public WsaError QuerySocketHandleContext(SocketHandle s, out long context) => _inner.QuerySocketHandleContext(s, out context);

        public WsaError QueueApc(WspThreadId threadId, WspUserApc function, object? context) => _inner.QueueApc(threadId, function, context);

        public WsaError CompleteOverlappedRequest(SocketHandle s, WsaOverlapped overlapped, WsaError error, int bytesTransferred) => _inner.CompleteOverlappedRequest(s, overlapped, error, bytesTransferred);

        private InvalidOperationException Fault()
        {
            Calls++;
            return new InvalidOperationException("This table is faulty.");
        }
    }
}
