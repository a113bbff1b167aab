using System.Net.Sockets;
using Wsp.Model;
using Wsp.Specification;
using Wsp.Spi;
using Input = Wsp.Model.ProviderInput;

namespace Wsp.Core.Tests.Model;

/// <summary>WSPRecv and WSPRecvFrom on the pure model.</summary>
public class RecvTests
{
    // Streams

    [Fact]
    [Trait("Clause", "RECV-01")]
    [Trait("Clause", "RECV-17")]
    [Trait("Clause", "RECV-48")]
    [Trait("Clause", "RECV-53")]
    [Trait("Clause", "RECV-71")]
    public void DataHasArrived_Recv_TakesUpToTheBuffersInOrder()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        given.Apply(new Input.DataArrived { Endpoint = s, Data = new Payload(new byte[] { 1, 2, 3 }) });
        given.Apply(new Input.DataArrived { Endpoint = s, Data = new Payload(new byte[] { 4, 5 }) });

        Transition first = given.Recv(s, 4);
        Bytes(first.Result).Should().Equal(1, 2, 3, 4);
        first.Result.Count.Should().Be(4);
        first.The<ProviderEffect.Consumed>().Count.Should().Be(4);
        Bytes(given.Recv(s, 10).Result).Should().Equal(5);
    }

    [Fact]
    [Trait("Clause", "RECV-49")]
    [Trait("Clause", "RECV-74")]
    [Trait("Clause", "RECV-81")]
    [Trait("Clause", "RECV-84")]
    public void NothingThereBlocking_Recv_WaitsForASingleByte()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        long call = given.Recv(s, 100).Result.Call;

        given.Data(s, 1).Released(call).Count.Should().Be(1);
    }

    [Fact]
    [Trait("Clause", "RECV-50")]
    [Trait("Clause", "RECVFROM-60")]
    [Trait("Clause", "WSPRecv#errors/WSAEWOULDBLOCK")]
    public void NothingThereNonblocking_Recv_WouldBlock()
    {
        Given given = Given.Running();
        SocketHandle stream = given.Connected();
        SocketHandle datagram = given.Bound(stream: false);

        given.Nonblocking(stream).Recv(stream, 1).Result.Error.Should().Be(WsaError.WouldBlock);
        given.Nonblocking(datagram).RecvFrom(datagram, 1).Result.Error.Should().Be(WsaError.WouldBlock);
    }

    [Fact]
    [Trait("Clause", "RECV-41")]
    [Trait("Clause", "RECV-54")]
    [Trait("Clause", "RECV-69")]
    [Trait("Clause", "RECVFROM-41")]
    public void ReceivesWaiting_DataArrives_FillsThemInPostingOrderWhateverTheirKind()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        OverlappedRequest first = given.Request();
        OverlappedRequest third = given.Request();
        given.Recv(s, 4, first);
        long second = given.Recv(s, 4).Result.Call;
        given.Recv(s, 100, third);

        Transition arrived = given.Apply(new Input.DataArrived { Endpoint = s, Data = new Payload(new byte[] { 1, 2, 3, 4, 5 }) });
        Bytes(arrived.Ended(first).Data).Should().Equal(1, 2, 3, 4);
        Bytes(arrived.Released(second).Data).Should().Equal(5);
        arrived.All<ProviderEffect.FinishOverlapped>().Should().ContainSingle();

        given.Data(s, 2).Ended(third).Count.Should().Be(2);
    }

    [Fact]
    [Trait("Clause", "RECV-41")]
    public void ReceiveWaiting_LaterRecv_DoesNotOvertakeIt()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        OverlappedRequest first = given.Request();
        given.Recv(s, 4, first);

        given.Nonblocking(s).Recv(s, 4).Result.Error.Should().Be(WsaError.WouldBlock);

        given.Data(s, 4).Ended(first).Count.Should().Be(4);
    }

    [Fact]
    [Trait("Clause", "RECV-70")]
    [Trait("Clause", "RECVFROM-80")]
    public void DataHasArrived_OverlappedRecv_TakesItAtOnce()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        given.Data(s, 3);

        Transition recv = given.Recv(s, 10, given.Request());

        recv.Result.Error.Should().Be(WsaError.Success);
        recv.The<ProviderEffect.FinishOverlapped>().AtOnce.Should().BeTrue();
        given.State.Operations.Should().BeEmpty();
    }

    [Fact]
    [Trait("Clause", "RECV-88")]
    [Trait("Clause", "RECV-AMB-14")]
    public void PeerFinished_Recv_GivesTheRestThenZeroBytesForEver()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        given.Data(s, 5);
        given.PeerFinishes(s);

        given.Recv(s, 10).Result.Count.Should().Be(5);
        for (int i = 0; i < 2; i++)
        {
            CallResult result = given.Recv(s, 10).Result;
            (result.Outcome, result.Error, result.Count).Should().Be((CallOutcome.Returned, WsaError.Success, 0));
        }
    }

    [Fact]
    [Trait("Clause", "RECV-88")]
    [Trait("Clause", "RECV-98")]
    [Trait("Clause", "RECV-AMB-14")]
    public void ReceivesWaiting_PeerFinishes_AllEndWithZeroBytes()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        OverlappedRequest request = given.Request(e: 8);
        given.Recv(s, 10, request);
        long call = given.Recv(s, 10).Result.Call;

        Transition finished = given.PeerFinishes(s);

        (finished.Ended(request).Error, finished.Ended(request).Count).Should().Be((WsaError.Success, 0));
        finished.The<ProviderEffect.SetEvent>().Request.Should().Be(request.Id);
        (finished.Released(call).Error, finished.Released(call).Count).Should().Be((WsaError.Success, 0));
    }

    [Fact]
    [Trait("Clause", "RECV-68")]
    [Trait("Clause", "RECV-AMB-07")]
    public void PeerFinishedAndReceivingShutDown_Recv_IsShutdown()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        given.PeerFinishes(s);
        given.Shutdown(s, SocketShutdown.Receive);

        given.Recv(s, 10).Result.Error.Should().Be(WsaError.Shutdown);
    }

    [Fact]
    [Trait("Clause", "RECV-90")]
    [Trait("Clause", "RECV-91")]
    [Trait("Clause", "CLOSE-25")]
    public void ReceivesWaiting_PeerResets_AllEndWithResetAndUnreadDataIsGone()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        OverlappedRequest request = given.Request(e: 8);
        given.Recv(s, 10, request);
        long call = given.Recv(s, 10).Result.Call;
        SocketHandle unread = given.Connected();
        given.Data(unread, 5);

        Transition broken = given.Breaks(s);

        broken.Ended(request).Error.Should().Be(WsaError.ConnectionReset);
        broken.The<ProviderEffect.SetEvent>().Request.Should().Be(request.Id);
        broken.Released(call).Error.Should().Be(WsaError.ConnectionReset);
        given.Recv(s, 10).Result.Error.Should().Be(WsaError.ConnectionReset);
        given.Breaks(unread);
        given.Recv(unread, 10).Result.Error.Should().Be(WsaError.ConnectionReset);
    }

    [Theory]
    [InlineData(ResetAfterPeerClose.ConnectionReset, WsaError.ConnectionReset)]
    [InlineData(ResetAfterPeerClose.ConnectionAborted, WsaError.ConnectionAborted)]
    [Trait("Clause", "RECV-90")]
    public void PeerFinished_ThenResets_TheErrorIsTheReadings(ResetAfterPeerClose reading, WsaError error)
    {
        Given given = Given.Running(new Readings { ResetAfterPeerClose = reading });
        SocketHandle finished = given.Connected();
        given.PeerFinishes(finished);
        SocketHandle timedOut = given.Connected();
        given.PeerFinishes(timedOut);
        SocketHandle fresh = given.Connected();
        given.Breaks(finished);
        given.Breaks(timedOut, WsaError.TimedOut);
        given.Breaks(fresh);

        given.Recv(finished, 1).Result.Error.Should().Be(error);
        given.Send(finished, 1).Result.Error.Should().Be(error);
        given.Recv(timedOut, 1).Result.Error.Should().Be(WsaError.TimedOut);
        given.Recv(fresh, 1).Result.Error.Should().Be(WsaError.ConnectionReset);
    }

    [Fact]
    [Trait("Clause", "RECV-60")]
    [Trait("Clause", "RECV-AMB-09")]
    public void DataHasArrived_Peek_LeavesItThere()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        given.Data(s, 5);

        Transition peek = given.Peek(s, 3);

        peek.Result.Count.Should().Be(3);
        peek.Effects.Should().BeEmpty();
        given.Recv(s, 10).Result.Count.Should().Be(5);
    }

    [Fact]
    [Trait("Clause", "RECV-60")]
    public void PeekAndRecvWaiting_DataArrives_BothSeeIt()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        long peek = given.Peek(s, 10).Result.Call;
        long recv = given.Recv(s, 10, thread: Given.Other).Result.Call;

        Transition arrived = given.Data(s, 5);

        arrived.Released(peek).Count.Should().Be(5);
        arrived.Released(recv).Count.Should().Be(5);
    }

    [Fact]
    [Trait("Clause", "RECV-61")]
    [Trait("Clause", "RECVFROM-71")]
    [Trait("Clause", "RECV-AMB-10")]
    public void OverlappedSocket_OverlappedPeek_IsRefused()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        given.Data(s, 5);

        given.Peek(s, 3, given.Request(e: 8)).Result.Error.Should().Be(WsaError.OperationNotSupported);
        given.Effects.Should().BeEmpty();
    }

    [Fact]
    [Trait("Clause", "RECV-08")]
    [Trait("Clause", "RECV-61")]
    public void PlainSocket_PeekWithARecord_IgnoresTheRecord()
    {
        Given given = Given.Running();
        SocketHandle s = given.PlainConnected();
        given.Data(s, 5);

        given.Peek(s, 3, given.Request(e: 8)).Result.Count.Should().Be(3);
    }

    [Theory]
    [InlineData(MessageFlags.OutOfBand)]
    [InlineData(MessageFlags.WaitAll)]
    [Trait("Clause", "WSPRecv#errors/WSAEOPNOTSUPP")]
    public void Connected_UnsupportedFlag_IsRefused(MessageFlags flags)
    {
        Given given = Given.Running();
        given.Error(Ten(given.Connected()) with { Flags = flags }).Should().Be(WsaError.OperationNotSupported);
    }

    [Fact]
    [Trait("Clause", "RECV-76")]
    [Trait("Clause", "RECVFROM-86")]
    public void Connected_MissingArguments_AreRefused()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();

        given.Error(Ten(s) with { CountMissing = true }).Should().Be(WsaError.Fault);
        given.Error(Ten(s) with { BufferCount = 0 }).Should().Be(WsaError.InvalidArgument);
        given.Error(Ten(s) with { CountMissing = true, Overlapped = given.Request() }).Should().Be(WsaError.IOPending);
    }

    [Fact]
    [Trait("Clause", "RECVFROM-55")]
    public void ConnectedStream_RecvFromWithoutRoomForTheSource_IgnoresIt()
    {
        Given given = Given.Running();
        SocketHandle s = given.Connected();
        given.Data(s, 5);

        given.RecvFrom(s, 10, room: 1).Result.Count.Should().Be(5);
    }

    // Datagrams

    [Fact]
    [Trait("Clause", "RECV-55")]
    [Trait("Clause", "RECV-80")]
    [Trait("Clause", "RECV-86")]
    [Trait("Clause", "RECVFROM-48")]
    [Trait("Clause", "RECVFROM-65")]
    public void DatagramsQueued_RecvFrom_TakesOneWithItsSource()
    {
        Given given = Given.Running();
        SocketHandle s = given.Bound(stream: false);
        given.Datagram(s, 5, port: 6001);
        given.Datagram(s, 7, port: 6002);

        CallResult first = given.RecvFrom(s, 100).Result;
        (first.Count, first.Address).Should().Be((5, SockAddr.Loopback(6001)));
        CallResult second = given.RecvFrom(s, 100).Result;
        (second.Count, second.Address).Should().Be((7, SockAddr.Loopback(6002)));
    }

    [Fact]
    [Trait("Clause", "RECV-56")]
    [Trait("Clause", "RECV-59")]
    [Trait("Clause", "RECVFROM-66")]
    [Trait("Clause", "RECVFROM-69")]
    [Trait("Clause", "RECV-AMB-12")]
    [Trait("Clause", "RECVFROM-AMB-10")]
    public void LongDatagramQueued_RecvFrom_GivesItsBeginningAndLosesTheRest()
    {
        Given given = Given.Running();
        SocketHandle s = given.Bound(stream: false);
        given.Datagram(s, 10);
        given.Datagram(s, 2);

        CallResult result = given.RecvFrom(s, 4).Result;

        (result.Error, result.Count, result.Address).Should().Be((WsaError.MessageSize, 4, SockAddr.Loopback(6000)));
        result.Data[0].Length.Should().Be(4);
        given.RecvFrom(s, 4).Result.Count.Should().Be(2);
    }

    [Fact]
    [Trait("Clause", "RECV-16")]
    [Trait("Clause", "RECV-59")]
    public void LongDatagramQueued_OverlappedRecv_StartsNothing()
    {
        Given given = Given.Running();
        SocketHandle s = given.Bound(stream: false);
        given.Datagram(s, 10);

        Transition recv = given.Recv(s, 4, given.Request(e: 8));

        recv.Result.Error.Should().Be(WsaError.MessageSize);
        recv.Effects.Should().BeEmpty();
    }

    [Fact]
    [Trait("Clause", "RECV-59")]
    [Trait("Clause", "RECVFROM-48")]
    public void ReceivePending_LongDatagramArrives_EndsItWithMessageSizeAndSource()
    {
        Given given = Given.Running();
        SocketHandle s = given.Bound(stream: false);
        OverlappedRequest request = given.Request(e: 8);
        given.RecvFrom(s, 4, overlapped: request);

        Transition arrived = given.Datagram(s, 10, port: 6003);

        ProviderEffect.FinishOverlapped end = arrived.Ended(request);
        (end.Error, end.Count, end.From).Should().Be((WsaError.MessageSize, 4, SockAddr.Loopback(6003)));
        arrived.The<ProviderEffect.SetEvent>().Request.Should().Be(request.Id);
    }

    [Theory]
    [InlineData(10, WsaError.Success, 5)]
    [InlineData(3, WsaError.MessageSize, 3)]
    [Trait("Clause", "RECV-60")]
    [Trait("Clause", "RECVFROM-70")]
    public void DatagramQueued_Peek_LeavesItWhole(int room, WsaError error, int count)
    {
        Given given = Given.Running();
        SocketHandle s = given.Bound(stream: false);
        given.Datagram(s, 5);

        CallResult peek = given.Peek(s, room).Result;

        (peek.Error, peek.Count).Should().Be((error, count));
        given.Recv(s, 10).Result.Count.Should().Be(5);
    }

    [Fact]
    [Trait("Clause", "RECVFROM-57")]
    [Trait("Clause", "RECVFROM-AMB-09")]
    [Trait("Clause", "WSPRecvFrom#errors/WSAEFAULT")]
    public void DatagramQueued_RecvFromWithTooLittleRoomForTheSource_IsAFaultAndKeepsIt()
    {
        Given given = Given.Running();
        SocketHandle s = given.Bound(stream: false);
        given.Datagram(s, 5);

        given.RecvFrom(s, 10, room: 15).Result.Error.Should().Be(WsaError.Fault);
        given.RecvFrom(s, 10, room: null).Result.Count.Should().Be(5);
    }

    [Fact]
    [Trait("Clause", "RECV-02")]
    [Trait("Clause", "WSPRecvFrom#errors/WSAEINVAL")]
    public void UnboundDatagram_Recv_IsInvalid()
    {
        Given given = Given.Running();
        SocketHandle s = given.Datagram();

        given.Recv(s, 1).Result.Error.Should().Be(WsaError.InvalidArgument);
        given.RecvFrom(s, 1).Result.Error.Should().Be(WsaError.InvalidArgument);
    }

    [Fact]
    [Trait("Clause", "RECV-72")]
    [Trait("Clause", "RECVFROM-82")]
    public void NoReceiveBuffer_DatagramArrives_IsLostUnlessAReceiveWaits()
    {
        Given given = Given.Running();
        SocketHandle s = given.Bound(stream: false);
        given.SetOption(s, 0x1002, 0).Datagram(s, 5);
        long call = given.Recv(s, 10).Result.Call;

        given.Datagram(s, 6).Released(call).Count.Should().Be(6);
    }

    [Fact]
    [Trait("Clause", "RECV-71")]
    public void ReceiveBufferFull_DatagramArrives_IsDropped()
    {
        Given given = Given.Running(settings: new ModelSettings { ReceiveBuffer = 10 });
        SocketHandle s = given.Bound(stream: false);
        given.Datagram(s, 6);
        given.Datagram(s, 5);
        given.Datagram(s, 4);

        given.Recv(s, 10).Result.Count.Should().Be(6);
        given.Recv(s, 10).Result.Count.Should().Be(4);
    }

    private static Input.Recv Ten(SocketHandle s) => new() { Thread = Given.Main, Socket = s, Wanted = 10 };

    private static IEnumerable<byte> Bytes(CallResult result) => Bytes(result.Data);

    private static IEnumerable<byte> Bytes(IEnumerable<Payload> data) => data.SelectMany(run => run.Bytes.ToArray());
}
