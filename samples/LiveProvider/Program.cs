using System.Net.Sockets;
using Wsp.Provider;
using Wsp.Spi;
using Wsp.Transport.Memory;

var network = new MemoryNetwork();                  // or: await using var network = new TcpTransport();
var provider = new WspProvider(network.Local);      //     new WspProvider(network)
WspSystem system = provider.System!;                // event objects, ports, windows, APC queues

provider.Startup(WspVersion.V2_2, new WspData(), null, null, new WspProcTable(), "app");
provider.Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp, null, 0, WsaSocketFlags.Overlapped, out SocketHandle s);
provider.Bind(s, SockAddr.Loopback(0).ToBytes());

EventHandle done = system.CreateEvent(manualReset: true);
var record = new WsaOverlapped { Event = done };
int received = 0;
MessageFlags flags = MessageFlags.None;
WsaError started = provider.Recv(s, [new byte[100]], ref received, ref flags, record);
Console.WriteLine(started.Describe());              // WSA_IO_PENDING (997)

provider.Cleanup();
Console.WriteLine(record.Internal.ToWsaError().Describe());  // WSA_OPERATION_ABORTED (995)
Console.WriteLine(system.IsSet(done));                       // False: nobody was told
