using System.Net.Sockets;
using Wsp.Provider;
using Wsp.Spi;
using Wsp.Transport.Memory;

namespace Wsp.Core.Tests.Provider;

/// <summary>A started provider on a network in memory, with short ways to the usual situations.</summary>
internal sealed class Rig
{
    public Rig(WspProviderOptions? options = null, MemoryNetwork? network = null)
    {
        Network = network ?? new MemoryNetwork();
        Provider = new WspProvider(Network.Local, options);
        Start("test").Should().Be(WsaError.Success);
    }

    public MemoryNetwork Network { get; }

    public WspProvider Provider { get; }

    public WspSystem System => Provider.System!;

    public WsaError Start(string? client = null) => Provider.Startup(WspVersion.V2_2, new WspData(), null, null, new WspProcTable(), client);

    public SocketHandle Stream()
    {
        Provider.Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp, null, 0, WsaSocketFlags.Overlapped, out SocketHandle s).Should().Be(WsaError.Success);
        return s;
    }

    public SocketHandle Datagram()
    {
        Provider.Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp, null, 0, WsaSocketFlags.Overlapped, out SocketHandle s).Should().Be(WsaError.Success);
        return s;
    }

    public SocketHandle Listener(out SockAddr address)
    {
        SocketHandle s = Stream();
        Provider.Bind(s, SockAddr.Loopback(0).ToBytes()).Should().Be(WsaError.Success);
        Provider.Listen(s, 5).Should().Be(WsaError.Success);
        var name = new SockAddrBuffer();
        Provider.GetSockName(s, name).Should().Be(WsaError.Success);
        address = name.Address;
        return s;
    }

    public (SocketHandle Client, SocketHandle Server) Pair()
    {
        SocketHandle listener = Listener(out SockAddr address);
        SocketHandle client = Stream();
        Provider.Connect(client, address.ToBytes()).Should().Be(WsaError.Success);
        Provider.Accept(listener, null, null, null, out SocketHandle server).Should().Be(WsaError.Success);
        Provider.CloseSocket(listener).Should().Be(WsaError.Success);
        return (client, server);
    }

    public WsaError Send(SocketHandle s, byte[] data, WsaOverlapped? overlapped = null)
    {
        int count = 0;
        return Provider.Send(s, [data], ref count, MessageFlags.None, overlapped);
    }

    public WsaError Recv(SocketHandle s, byte[] buffer, out int count, WsaOverlapped? overlapped = null, WspCompletionRoutine? routine = null)
    {
        count = -1;
        MessageFlags flags = MessageFlags.None;
        return Provider.Recv(s, [buffer], ref count, ref flags, overlapped, routine);
    }

    public WsaOverlapped Overlapped(out EventHandle e)
    {
        e = System.CreateEvent(manualReset: true);
        return new WsaOverlapped { Event = e };
    }

    public void SetLinger(SocketHandle s, ushort onOff, ushort seconds)
    {
        byte[] value = [(byte)onOff, (byte)(onOff >> 8), (byte)seconds, (byte)(seconds >> 8)];
        Provider.SetSockOpt(s, 0xFFFF, (int)SocketOptionName.Linger, value, value.Length).Should().Be(WsaError.Success);
    }

    public void SetNonblocking(SocketHandle s)
    {
        int count = 0;
        Provider.Ioctl(s, 0x8004667E, new byte[] { 1, 0, 0, 0 }, default, ref count).Should().Be(WsaError.Success);
    }

    /// <summary>Runs something on a thread of its own and waits until the provider has it blocked.</summary>
    public BlockedThread Blocked(Action body)
    {
        int before = Provider.State.Calls.Count;
        var thread = new BlockedThread(body);
        SpinWait.SpinUntil(() => Provider.State.Calls.Count > before || thread.Ended, TimeSpan.FromSeconds(10)).Should().BeTrue("the call has to block");
        return thread;
    }
}

/// <summary>A thread that sits in a blocking call.</summary>
internal sealed class BlockedThread
{
    private readonly Thread _thread;
    private Exception? _fault;

    public BlockedThread(Action body)
    {
        _thread = new Thread(() =>
        {
            try
            {
                body();
            }
            catch (Exception exception)
            {
                _fault = exception;
            }
        })
        { IsBackground = true };
        _thread.Start();
    }

    public bool Ended => !_thread.IsAlive;

    public void Join()
    {
        _thread.Join(TimeSpan.FromSeconds(20)).Should().BeTrue("the blocked call has to return");
        _fault.Should().BeNull();
    }
}
