using Wsp.Model;
using Wsp.Spi;
using Input = Wsp.Model.ProviderInput;

namespace Wsp.Core.Tests.Model;

/// <summary>WSPIoctl on the pure model.</summary>
public class IoctlTests
{
    private const uint SetNonblocking = 0x8004667E;
    private const uint ReadableBytes = 0x4004667F;

    [Fact]
    [Trait("Clause", "IOCTL-21")]
    public void Blocking_ModeChangedAndBack_DecidesWhetherCallsWait()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();

        given.Error(Mode(s, 256)).Should().Be(WsaError.Success);
        given.Recv(s, 1).Result.Error.Should().Be(WsaError.WouldBlock);
        given.Error(Mode(s, 0)).Should().Be(WsaError.Success);
        given.Recv(s, 1).Result.Outcome.Should().Be(CallOutcome.Blocked);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Clause", "EVSEL-08")]
    [Trait("Clause", "EVSEL-09")]
    [Trait("Clause", "ASYNC-04")]
    [Trait("Clause", "ASYNC-05")]
    [Trait("Clause", "IOCTL-24")]
    [Trait("Clause", "IOCTL-25")]
    public void EventsSelected_BackToBlocking_IsInvalidUntilTheyAreCancelled(bool window)
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        _ = window ? given.Messages(s, NetworkEvents.Read) : given.Select(s, NetworkEvents.Read);

        given.Error(Mode(s, 0)).Should().Be(WsaError.InvalidArgument);
        given.Error(Mode(s, 1)).Should().Be(WsaError.Success);
        _ = window ? given.Messages(s, NetworkEvents.None) : given.Select(s, NetworkEvents.None);
        given.Recv(s, 1).Result.Error.Should().Be(WsaError.WouldBlock);
        given.Error(Mode(s, 0)).Should().Be(WsaError.Success);
    }

    [Fact]
    [Trait("Clause", "IOCTL-26")]
    [Trait("Clause", "IOCTL-27")]
    public void StreamWithData_ReadableBytes_IsWhatIsQueued()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        Readable(given, s).Should().Be(0);
        given.Data(s, 5);
        given.Data(s, 7);

        Readable(given, s).Should().Be(12);
        given.Recv(s, 4);
        Readable(given, s).Should().Be(8);
    }

    [Fact]
    [Trait("Clause", "IOCTL-28")]
    public void DatagramsQueued_ReadableBytes_IsTheirTotal()
    {
        Given given = Given.Running();
        SocketHandle s = given.Bound(stream: false);
        given.Datagram(s, 5);
        given.Datagram(s, 7);

        Readable(given, s).Should().Be(12);
        given.Recv(s, 100);
        Readable(given, s).Should().Be(7);
    }

    [Fact]
    [Trait("Clause", "WSPIoctl#errors/WSAEFAULT")]
    [Trait("Clause", "IOCTL-100")]
    public void MissingOrShortBuffers_AreFaults()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();

        given.Error(Mode(s, 1) with { Input = null }).Should().Be(WsaError.Fault);
        given.Error(Mode(s, 1) with { Input = new byte[] { 1, 0, 0 } }).Should().Be(WsaError.Fault);
        given.Error(Amount(s) with { OutputLength = 3 }).Should().Be(WsaError.Fault);
        given.Error(Amount(s) with { CountMissing = true }).Should().Be(WsaError.Fault);
        given.State.FindOpen(s)!.Nonblocking.Should().BeFalse();
    }

    [Fact]
    [Trait("Clause", "WSPIoctl#errors/WSAEOPNOTSUPP")]
    [Trait("Clause", "IOCTL-12")]
    public void UnknownCode_IsNotSupportedAndIndicatesNothing()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();

        given.Error(Mode(s, 1) with { Code = 0x1234, Overlapped = given.Request(e: 8) }).Should().Be(WsaError.OperationNotSupported);
        given.Effects.Should().BeEmpty();
    }

    [Fact]
    [Trait("Clause", "IOCTL-10")]
    [Trait("Clause", "IOCTL-82")]
    [Trait("Clause", "IOCTL-86")]
    [Trait("Clause", "IOCTL-87")]
    public void Overlapped_FinishesAtOnceAndIsIndicated()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        OverlappedRequest request = given.Request(e: 8);

        Transition call = given.Apply(Amount(s) with { Overlapped = request });
        (call.Result.Error, call.Result.Count).Should().Be((WsaError.Success, 4));
        call.Ended(request).AtOnce.Should().BeTrue();
        call.The<ProviderEffect.SetEvent>().EventObject.Should().Be(new EventHandle(8));

        Transition withRoutine = given.Apply(Mode(s, 1) with { Overlapped = given.Request(e: 8, routine: true) });
        withRoutine.Told().Should().ContainSingle().Which.Should().BeOfType<ProviderEffect.QueueRoutine>();
    }

    private static uint Readable(Given given, SocketHandle s)
    {
        CallResult result = given.Apply(Amount(s)).Result;
        (result.Error, result.Count).Should().Be((WsaError.Success, 4));
        return BitConverter.ToUInt32(result.Data[0].Bytes.Span);
    }

    private static Input.Ioctl Mode(SocketHandle s, int value) => new() { Thread = Given.Main, Socket = s, Code = SetNonblocking, Input = BitConverter.GetBytes(value) };

    private static Input.Ioctl Amount(SocketHandle s) => new() { Thread = Given.Main, Socket = s, Code = ReadableBytes, OutputLength = 4 };
}
