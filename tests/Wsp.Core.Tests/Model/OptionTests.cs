using System.Net.Sockets;
using Wsp.Model;
using Wsp.Specification;
using Wsp.Spi;
using Input = Wsp.Model.ProviderInput;

namespace Wsp.Core.Tests.Model;

/// <summary>WSPGetSockOpt and WSPSetSockOpt on the pure model.</summary>
public class OptionTests
{
    private const int Debug = 0x0001;
    private const int AcceptConn = 0x0002;
    private const int ReuseAddress = 0x0004;
    private const int KeepAlive = 0x0008;
    private const int DontRoute = 0x0010;
    private const int Broadcast = 0x0020;
    private const int Linger = 0x0080;
    private const int DontLinger = ~Linger;
    private const int OutOfBandInline = 0x0100;
    private const int SendBuffer = 0x1001;
    private const int ReceiveBuffer = 0x1002;
    private const int SendTimeout = 0x1005;
    private const int ReceiveTimeout = 0x1006;
    private const int Error = 0x1007;
    private const int Type = 0x1008;
    private const int MaxMessage = 0x2003;
    private const int ConditionalAccept = 0x3002;
    private const int ConnectTime = 0x700C;
    private const int Tcp = 6;
    private const int NoDelay = 1;
    private const int IPv6 = 41;
    private const int IPv6Only = 27;

    // Values

    [Theory]
    [InlineData(Debug, 0)]
    [InlineData(AcceptConn, 0)]
    [InlineData(ReuseAddress, 0)]
    [InlineData(KeepAlive, 0)]
    [InlineData(DontRoute, 0)]
    [InlineData(Linger, 0)]
    [InlineData(DontLinger, 1)]
    [InlineData(OutOfBandInline, 0)]
    [InlineData(SendTimeout, 0)]
    [InlineData(ReceiveTimeout, 0)]
    [InlineData(Error, 0)]
    [InlineData(SendBuffer, 65_536)]
    [InlineData(ReceiveBuffer, 65_536)]
    [Trait("Clause", "GETOPT-10")]
    [Trait("Clause", "GETOPT-39")]
    [Trait("Clause", "GETOPT-42")]
    [Trait("Clause", "GETOPT-43")]
    [Trait("Clause", "GETOPT-44")]
    [Trait("Clause", "GETOPT-50")]
    [Trait("Clause", "CLOSE-43")]
    public void NewSocket_Options_HaveTheirDefaults(int name, int value)
    {
        Given given = Given.Running();
        given.Option(given.Stream(), name).Should().Be(value);
    }

    [Theory]
    [InlineData(true, Debug)]
    [InlineData(true, ReuseAddress)]
    [InlineData(true, KeepAlive)]
    [InlineData(true, DontRoute)]
    [InlineData(true, OutOfBandInline)]
    [InlineData(true, ~ReuseAddress)]
    [InlineData(true, ConditionalAccept)]
    [InlineData(false, Broadcast)]
    [Trait("Clause", "SETOPT-01")]
    [Trait("Clause", "SETOPT-04")]
    [Trait("Clause", "SETOPT-05")]
    [Trait("Clause", "SETOPT-35")]
    [Trait("Clause", "GETOPT-01")]
    [Trait("Clause", "GETOPT-04")]
    public void Switch_SetAndCleared_ReadsBackAsOneAndZero(bool stream, int name)
    {
        Given given = Given.Running();
        SocketHandle s = stream ? given.Stream() : given.Datagram();

        given.SetOption(s, name, 256).Option(s, name).Should().Be(1);
        given.SetOption(s, name, 0).Option(s, name).Should().Be(0);
    }

    [Theory]
    [InlineData(SendBuffer)]
    [InlineData(ReceiveBuffer)]
    [InlineData(SendTimeout)]
    [InlineData(ReceiveTimeout)]
    [Trait("Clause", "SETOPT-07")]
    [Trait("Clause", "SETOPT-31")]
    [Trait("Clause", "SETOPT-33")]
    [Trait("Clause", "GETOPT-35")]
    public void Number_Set_ReadsBack(int name)
    {
        Given given = Given.Running();
        SocketHandle s = given.Stream();
        given.SetOption(s, name, 12_345).Option(s, name).Should().Be(12_345);
    }

    [Theory]
    [InlineData(SocketType.Stream)]
    [InlineData(SocketType.Dgram)]
    [Trait("Clause", "GETOPT-40")]
    public void AnySocket_Type_IsTheOneItWasMadeWith(SocketType type)
    {
        Given given = Given.Running();
        SocketHandle s = given.Apply(new Input.Socket { Thread = Given.Main, Type = type }).Result.Socket;
        given.Option(s, Type).Should().Be((int)type);
    }

    [Fact]
    [Trait("Clause", "GETOPT-53")]
    public void StreamSocket_NoDelay_IsAnOptionOfTcp()
    {
        Given given = Given.Running();
        SocketHandle s = given.Stream();

        given.Put(s, NoDelay, [1, 0, 0, 0], Tcp).Result.Error.Should().Be(WsaError.Success);

        given.Option(s, NoDelay, Tcp).Should().Be(1);
    }

    [Fact]
    [Trait("Clause", "GETOPT-10")]
    public void IPv6Socket_IPv6Only_IsOnAtFirst()
    {
        Given given = Given.Running();
        SocketHandle s = given.Apply(new Input.Socket { Thread = Given.Main, Family = AddressFamily.InterNetworkV6 }).Result.Socket;

        given.Option(s, IPv6Only, IPv6).Should().Be(1);
        given.Put(s, IPv6Only, new byte[4], IPv6);
        given.Option(s, IPv6Only, IPv6).Should().Be(0);
    }

    // Linger

    [Fact]
    [Trait("Clause", "CLOSE-44")]
    [Trait("Clause", "SETOPT-17")]
    [Trait("Clause", "SETOPT-18")]
    [Trait("Clause", "SETOPT-20")]
    [Trait("Clause", "GETOPT-07")]
    [Trait("Clause", "GETOPT-41")]
    public void Linger_TurnedOn_TurnsDontLingerOff()
    {
        Given given = Given.Running();
        SocketHandle s = given.Stream();

        given.Linger(s, 1, 9);

        given.Option(s, Linger).Should().Be(1 | (9 << 16));
        given.Option(s, DontLinger).Should().Be(0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Clause", "CLOSE-44")]
    [Trait("Clause", "CLOSE-AMB-03")]
    [Trait("Clause", "SETOPT-19")]
    [Trait("Clause", "SETOPT-21")]
    public void LingerOn_TurnedOffEitherWay_TurnsDontLingerOn(bool byDontLinger)
    {
        Given given = Given.Running();
        SocketHandle s = given.Stream();
        given.Linger(s, 1, 9);

        _ = byDontLinger ? given.SetOption(s, DontLinger, 1) : given.Linger(s, 0, 9);

        (given.Option(s, Linger) & 0xFFFF).Should().Be(0);
        given.Option(s, DontLinger).Should().Be(1);
    }

    [Theory]
    [InlineData(9, 9)]
    [InlineData(0, 30)]
    [Trait("Clause", "CLOSE-45")]
    [Trait("Clause", "SETOPT-22")]
    [Trait("Clause", "SETOPT-23")]
    public void LingerTimeSetBeforeOrNot_DontLingerTurnedOff_LingersForThatOrATimeOfOurOwn(ushort before, int seconds)
    {
        Given given = Given.Running();
        SocketHandle s = given.Stream();
        if (before > 0)
            given.Linger(s, 1, before).SetOption(s, DontLinger, 1);

        given.SetOption(s, DontLinger, 0);

        given.Option(s, Linger).Should().Be(1 | (seconds << 16));
    }

    [Fact]
    [Trait("Clause", "SETOPT-18")]
    public void Linger_LargestValues_AreKept()
    {
        Given given = Given.Running();
        SocketHandle s = given.Stream();
        given.Linger(s, 0xFF00, 0xFFFF);

        given.Option(s, Linger).Should().Be(1 | (0xFFFF << 16));
    }

    // The error of the socket

    [Fact]
    [Trait("Clause", "GETOPT-16")]
    [Trait("Clause", "GETOPT-17")]
    [Trait("Clause", "GETOPT-19")]
    [Trait("Clause", "GETOPT-20")]
    [Trait("Clause", "SEND-63")]
    public void ConnectFailedInTheBackground_Error_IsReadOnceAndNotTouchedByOtherCalls()
    {
        Given given = Given.Running();
        SocketHandle s = given.Stream();
        given.Nonblocking(s).Connect(s);
        given.Answers(s, WsaError.TimedOut);
        given.Option(s, Type);

        given.Option(s, Error).Should().Be((int)WsaError.TimedOut);
        given.Option(s, Error).Should().Be(0);
    }

    // What cannot be

    [Theory]
    [InlineData(true, AcceptConn)]
    [InlineData(true, Error)]
    [InlineData(true, Type)]
    [InlineData(true, ConnectTime)]
    [InlineData(false, MaxMessage)]
    [Trait("Clause", "SETOPT-40")]
    [Trait("Clause", "GETOPT-30")]
    [Trait("Clause", "WSPSetSockOpt#errors/WSAENOPROTOOPT")]
    public void ReadOnlyOption_Set_IsRefused(bool stream, int name)
    {
        Given given = Given.Running();
        SocketHandle s = stream ? given.Stream() : given.Datagram();

        given.Put(s, name, [1, 0, 0, 0]).Result.Error.Should().Be(WsaError.ProtocolOption);
        given.GetOption(s, name).Result.Error.Should().Be(WsaError.Success);
    }

    [Theory]
    [InlineData(true, GivenSteps.SolSocket, Broadcast)]
    [InlineData(true, GivenSteps.SolSocket, MaxMessage)]
    [InlineData(true, IPv6, IPv6Only)]
    [InlineData(true, GivenSteps.SolSocket, 0x7777)]
    [InlineData(true, Tcp, 0x7777)]
    [InlineData(true, 0, 0x7777)]
    [InlineData(false, GivenSteps.SolSocket, Linger)]
    [InlineData(false, GivenSteps.SolSocket, DontLinger)]
    [InlineData(false, GivenSteps.SolSocket, ConditionalAccept)]
    [InlineData(false, Tcp, NoDelay)]
    [Trait("Clause", "GETOPT-11")]
    [Trait("Clause", "SETOPT-08")]
    [Trait("Clause", "WSPGetSockOpt#errors/WSAENOPROTOOPT")]
    [Trait("Clause", "WSPSetSockOpt#errors/WSAENOPROTOOPT")]
    public void OptionNotForTheSocketOrUnknown_GetAndSet_AreRefused(bool stream, int level, int name)
    {
        Given given = Given.Running();
        SocketHandle s = stream ? given.Stream() : given.Datagram();

        given.GetOption(s, name, level).Result.Error.Should().Be(WsaError.ProtocolOption);
        given.Put(s, name, [1, 0, 0, 0], level).Result.Error.Should().Be(WsaError.ProtocolOption);
    }

    [Fact]
    [Trait("Clause", "GETOPT-12")]
    [Trait("Clause", "SETOPT-09")]
    [Trait("Clause", "WSPGetSockOpt#errors/WSAEINVAL")]
    [Trait("Clause", "WSPSetSockOpt#errors/WSAEINVAL")]
    public void UnknownLevel_GetAndSet_AreInvalid()
    {
        Given given = Given.Running();
        SocketHandle s = given.Stream();

        given.GetOption(s, Type, level: 99).Result.Error.Should().Be(WsaError.InvalidArgument);
        given.Put(s, KeepAlive, [1, 0, 0, 0], level: 99).Result.Error.Should().Be(WsaError.InvalidArgument);
    }

    [Fact]
    [Trait("Clause", "SETOPT-36")]
    public void IPv6Socket_DontRoute_IsNoOption()
    {
        Given given = Given.Running();
        SocketHandle s = given.Apply(new Input.Socket { Thread = Given.Main, Family = AddressFamily.InterNetworkV6 }).Result.Socket;

        given.Put(s, DontRoute, [1, 0, 0, 0]).Result.Error.Should().Be(WsaError.ProtocolOption);
    }

    [Fact]
    [Trait("Clause", "SETOPT-43")]
    public void Listening_ConditionalAccept_IsInvalid()
    {
        Given given = Given.Running();
        SocketHandle bound = given.Bound();
        SocketHandle listener = given.Listener();

        given.Put(bound, ConditionalAccept, [1, 0, 0, 0]).Result.Error.Should().Be(WsaError.Success);
        given.Put(listener, ConditionalAccept, [1, 0, 0, 0]).Result.Error.Should().Be(WsaError.InvalidArgument);
        given.Option(listener, ConditionalAccept).Should().Be(0);
    }

    // Lengths

    [Theory]
    [InlineData(KeepAlive, GivenSteps.SolSocket, 1, 1)]
    [InlineData(KeepAlive, GivenSteps.SolSocket, 4, 4)]
    [InlineData(KeepAlive, GivenSteps.SolSocket, 9, 4)]
    [InlineData(NoDelay, Tcp, 1, 1)]
    [InlineData(NoDelay, Tcp, 4, 1)]
    [InlineData(SendBuffer, GivenSteps.SolSocket, 4, 4)]
    [InlineData(SendBuffer, GivenSteps.SolSocket, 3, 0)]
    [InlineData(SendTimeout, GivenSteps.SolSocket, 3, 0)]
    [InlineData(Linger, GivenSteps.SolSocket, 3, 0)]
    [Trait("Clause", "GETOPT-05")]
    [Trait("Clause", "GETOPT-06")]
    [Trait("Clause", "GETOPT-08")]
    [Trait("Clause", "GETOPT-13")]
    [Trait("Clause", "WSPGetSockOpt#errors/WSAEFAULT")]
    public void RoomOfSomeLength_Get_GivesWhatTheReadingSays(int name, int level, int room, int windows)
    {
        CallResult Read(OptionLengths reading)
        {
            Given given = Given.Running(new Readings { OptionLengths = reading });
            return given.GetOption(given.Stream(), name, level, room).Result;
        }

        CallResult strict = Read(OptionLengths.Strict);
        (strict.Error, strict.Count).Should().Be(room < 4 ? (WsaError.Fault, 0) : (WsaError.Success, 4));
        CallResult lenient = Read(OptionLengths.Windows);
        (lenient.Error, lenient.Count).Should().Be(windows == 0 ? (WsaError.Fault, 0) : (WsaError.Success, windows));
    }

    [Theory]
    [InlineData(SendBuffer, 3)]
    [InlineData(SendTimeout, 0)]
    [InlineData(Linger, 0)]
    [Trait("Clause", "GETOPT-13")]
    public void RoomTooShort_GetAsWindows_ZeroesTheBufferOfNumbersOnly(int name, int zeroes)
    {
        Given given = Given.Running(new Readings { OptionLengths = OptionLengths.Windows });
        given.GetOption(given.Stream(), name, length: 3).Result.Data.Sum(run => run.Length).Should().Be(zeroes);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(null)]
    [Trait("Clause", "GETOPT-13")]
    public void NoRoomOrPointer_Get_IsAFault(int? room)
    {
        foreach (OptionLengths reading in Enum.GetValues<OptionLengths>())
        {
            Given given = Given.Running(new Readings { OptionLengths = reading });
            given.GetOption(given.Stream(), KeepAlive, length: room).Result.Error.Should().Be(WsaError.Fault);
        }
    }

    [Theory]
    [InlineData(KeepAlive, GivenSteps.SolSocket, 1, WsaError.Success)]
    [InlineData(KeepAlive, GivenSteps.SolSocket, 0, WsaError.Success)]
    [InlineData(KeepAlive, GivenSteps.SolSocket, -1, WsaError.Success)]
    [InlineData(NoDelay, Tcp, 1, WsaError.Success)]
    [InlineData(NoDelay, Tcp, 0, WsaError.Fault)]
    [InlineData(SendBuffer, GivenSteps.SolSocket, 3, WsaError.Fault)]
    [InlineData(Linger, GivenSteps.SolSocket, 3, WsaError.Fault)]
    [Trait("Clause", "SETOPT-06")]
    [Trait("Clause", "SETOPT-10")]
    [Trait("Clause", "WSPSetSockOpt#errors/WSAEFAULT")]
    public void ShortValue_Set_IsAFaultUnlessTheReadingTakesIt(int name, int level, int length, WsaError windows)
    {
        WsaError Write(OptionLengths reading)
        {
            Given given = Given.Running(new Readings { OptionLengths = reading });
            return given.Put(given.Stream(), name, [1, 0, 0, 0], level, length).Result.Error;
        }

        Write(OptionLengths.Strict).Should().Be(WsaError.Fault);
        Write(OptionLengths.Windows).Should().Be(windows);
    }

    [Theory]
    [InlineData(OptionLengths.Strict, 1)]
    [InlineData(OptionLengths.Windows, 0)]
    [Trait("Clause", "SETOPT-04")]
    public void ProtocolSwitchWithAnEmptyFirstByte_Set_CountsAsTheReadingSays(OptionLengths reading, byte value)
    {
        Given given = Given.Running(new Readings { OptionLengths = reading });
        SocketHandle s = given.Stream();

        given.Put(s, NoDelay, [0, 1, 0, 0], Tcp);

        given.GetOption(s, NoDelay, Tcp).Result.Data[0].Bytes.Span[0].Should().Be(value);
    }

    [Fact]
    [Trait("Clause", "WSPSetSockOpt#errors/WSAEFAULT")]
    public void NoValue_Set_IsAFault()
    {
        Given given = Given.Running();
        given.Error(new Input.SetSockOpt { Thread = Given.Main, Socket = given.Stream(), Level = GivenSteps.SolSocket, Name = KeepAlive, Length = 4 }).Should().Be(WsaError.Fault);
    }

    // Facts about the socket

    [Fact]
    [Trait("Clause", "GETOPT-49")]
    public void Connected_ConnectTime_IsInWholeSeconds()
    {
        Given given = Given.Running();
        given.Passes(1_000);
        SocketHandle s = given.Connected();

        given.Option(s, ConnectTime).Should().Be(0);
        given.Passes(3_999);
        given.Option(s, ConnectTime).Should().Be(2);
    }

    [Fact]
    [Trait("Clause", "GETOPT-31")]
    [Trait("Clause", "SEND-50")]
    public void Datagram_MaxMessageSize_IsTheLargestThatCanBeSent()
    {
        Given given = Given.Running(settings: new ModelSettings { MaxDatagram = 100 });
        SocketHandle s = given.WithPeer();

        int largest = given.Option(s, MaxMessage);

        given.Send(s, largest).Result.Error.Should().Be(WsaError.Success);
        given.Send(s, largest + 1).Result.Error.Should().Be(WsaError.MessageSize);
    }
}
