using System.Collections.Concurrent;
using Wsp.Core.Tests.Model;
using Wsp.Model;
using Wsp.Provider;
using Wsp.Spi;

namespace Wsp.Core.Tests.Provider;

/// <summary>Many threads, and calls from inside of callbacks: nothing deadlocks, and what happened can be replayed through the pure function.</summary>
public class ConcurrencyTests
{
    private static readonly TimeSpan s_safetyNet = TimeSpan.FromSeconds(30);

    [Fact]
    [Trait("Clause", "CLEANUP-09")]
    public void Cleanup_FromSixteenThreadsAtOnce_OneIsFinalAndTheOthersAreRefusedOrCount()
    {
        for (int round = 0; round < 20; round++)
        {
            var rig = new Rig();
            rig.Start();
            rig.Pair();
            var results = new ConcurrentBag<WsaError>();
            using var start = new Barrier(16);
            RunThreads(16, _ =>
            {
                start.SignalAndWait();
                results.Add(rig.Provider.Cleanup());
            });

            results.Count(error => error == WsaError.Success).Should().Be(2);
            results.Count(error => error == WsaError.NotInitialized).Should().Be(14);
            rig.Provider.State.Unloadable.Should().BeTrue();
        }
    }

    [Fact]
    [Trait("Clause", "CLEANUP-12")]
    [Trait("Clause", "CLEANUP-25")]
    public void Cleanup_WithSixteenBlockedThreads_ReleasesThemAllBeforeItReturns()
    {
        var rig = new Rig();
        var results = new ConcurrentBag<WsaError>();
        var threads = new List<BlockedThread>();
        for (int i = 0; i < 16; i++)
        {
            (_, SocketHandle server) = rig.Pair();
            threads.Add(rig.Blocked(() => results.Add(rig.Recv(server, new byte[1], out int _))));
        }

        rig.Provider.Cleanup().Should().Be(WsaError.Success);

        rig.Provider.State.Calls.Should().BeEmpty("every cancelled call has returned by then");
        threads.ForEach(thread => thread.Join());
        results.Should().HaveCount(16).And.OnlyContain(error => error == WsaError.Interrupted);
    }

    [Fact]
    [Trait("Clause", "SEND-35")]
    [Trait("Clause", "RECV-38")]
    public void Cleanup_FromInsideACompletionRoutine_DoesNotDeadlock()
    {
        var rig = new Rig();
        (SocketHandle client, SocketHandle server) = rig.Pair();
        WsaError cleanup = WsaError.InProgress;
        int routines = 0;
        var other = new WsaOverlapped();
        rig.Recv(server, new byte[1], out _, new WsaOverlapped(), (_, _, _, _) =>
        {
            routines++;
            cleanup = rig.Provider.Cleanup();
        }).Should().Be(WsaError.IOPending);
        rig.Recv(server, new byte[1], out _, other, (_, _, _, _) => routines++).Should().Be(WsaError.IOPending);
        rig.Send(client, [1]).Should().Be(WsaError.Success);

        WspThread.RunApcs().Should().Be(1);

        cleanup.Should().Be(WsaError.Success);
        routines.Should().Be(1);
        other.Internal.Should().Be(NtStatus.Cancelled);
        rig.Provider.State.Unloadable.Should().BeTrue();
    }

    [Fact]
    [Trait("Clause", "SEND-27")]
    [Trait("Clause", "SEND-29")]
    [Trait("Clause", "RECV-30")]
    [Trait("Clause", "RECV-32")]
    [Trait("Clause", "RECV-36")]
    public void CompletionRoutine_RunsOnlyInAnAlertableWaitOfTheIssuingThread()
    {
        var rig = new Rig();
        (SocketHandle client, SocketHandle server) = rig.Pair();
        var overlapped = new WsaOverlapped();
        int ranOn = 0;
        (WsaError Error, int Count, WsaOverlapped? Record) seen = default;
        rig.Recv(server, new byte[5], out _, overlapped, (error, count, record, _) =>
        {
            ranOn = Environment.CurrentManagedThreadId;
            seen = (error, count, record);
        }).Should().Be(WsaError.IOPending);

        RunThreads(1, _ =>
        {
            rig.Send(client, [1, 2, 3]).Should().Be(WsaError.Success);
            WspThread.RunApcs().Should().Be(0, "the routine belongs to another thread");
        });
        overlapped.InternalHigh.Should().Be(3);
        ranOn.Should().Be(0, "this thread was in no alertable wait");

        WspThread.SleepAlertable(s_safetyNet).Should().BeTrue();

        ranOn.Should().Be(Environment.CurrentManagedThreadId);
        seen.Should().Be((WsaError.Success, 3, overlapped));
        WspThread.RunApcs().Should().Be(0, "it runs once");
    }

    [Fact]
    [Trait("Clause", "CLOSE-52")]
    public void BlockedCall_RunsDueRoutinesOfItsThreadWhileItWaits()
    {
        var rig = new Rig();
        (SocketHandle client, SocketHandle server) = rig.Pair();
        (SocketHandle client2, SocketHandle server2) = rig.Pair();
        bool ran = false;
        WsaError received = WsaError.InProgress;
        BlockedThread thread = rig.Blocked(() =>
        {
            rig.Recv(server2, new byte[1], out _, new WsaOverlapped(), (_, _, _, _) =>
            {
                ran = true;
                rig.Send(client, [9]);
            });
            received = rig.Recv(server, new byte[1], out _);
        });

        rig.Send(client2, [1]).Should().Be(WsaError.Success);

        thread.Join();
        ran.Should().BeTrue();
        received.Should().Be(WsaError.Success);
    }

    [Fact]
    [Trait("Clause", "ACCEPT-02")]
    [Trait("Clause", "ACCEPT-04")]
    [Trait("Clause", "ACCEPT-48")]
    public void Accept_WithConditionFunction_AsksItOnTheCallersThreadAndObeysIt()
    {
        var rig = new Rig();
        SocketHandle listener = rig.Listener(out SockAddr address);
        int caller = Environment.CurrentManagedThreadId;
        foreach ((ConditionAnswer answer, WsaError expected) in new[]
                 {
                     (ConditionAnswer.Defer, WsaError.TryAgain), (ConditionAnswer.Reject, WsaError.ConnectionRefused), (ConditionAnswer.Accept, WsaError.Success),
                 })
        {
            SocketHandle client = rig.Stream();
            rig.Provider.Connect(client, address.ToBytes()).Should().Be(WsaError.Success);
            int asked = 0;
            WsaError error = rig.Provider.Accept(listener, null, Condition, "mine", out SocketHandle accepted);
            error.Should().Be(expected);
            asked.Should().Be(1);
            if (answer == ConditionAnswer.Accept)
                rig.Send(accepted, [1]).Should().Be(WsaError.Success);

            ConditionAnswer Condition(ConnectionRequest request)
            {
                asked = Environment.CurrentManagedThreadId == caller ? 1 : -1;
                request.CallbackData.Should().Be("mine");
                request.Callee.Should().Be(address);
                return answer;
            }
        }
    }

    [Fact]
    [Trait("Clause", "CANCEL-01")]
    [Trait("Clause", "CANCEL-05")]
    [Trait("Clause", "CANCEL-07")]
    [Trait("Clause", "CANCEL-28")]
    public void BlockingHook_ThatCancels_EndsTheCallWithInterrupted()
    {
        var rig = new Rig();
        (SocketHandle client, SocketHandle server) = rig.Pair();
        int calls = 0;
        WspSystem.SetBlockingHook(_ =>
        {
            if (++calls < 3)
                return true;
            rig.Provider.CancelBlockingCall().Should().Be(WsaError.Success);
            return false;
        });
        try
        {
            rig.Recv(server, new byte[1], out _).Should().Be(WsaError.Interrupted);
            calls.Should().BeGreaterThanOrEqualTo(3);
            calls = 0;
            rig.Send(client, [1]).Should().Be(WsaError.Success);
            rig.Recv(server, new byte[1], out _).Should().Be(WsaError.Success);
            calls.Should().Be(0, "a call that can finish at once does not ask the hook");
        }
        finally
        {
            WspSystem.SetBlockingHook(null);
        }
    }

    [Fact]
    public void BlockingHook_ThatCancelledItself_LeavesTheCallFurtherUpAlone()
    {
        var rig = new Rig();
        (SocketHandle client, SocketHandle server) = rig.Pair();
        (SocketHandle client2, SocketHandle server2) = rig.Pair();
        WsaError inner = WsaError.Success;
        WsaError outer = WsaError.InProgress;
        BlockedThread thread = rig.Blocked(() =>
        {
            rig.Recv(server2, new byte[1], out _, new WsaOverlapped(), (_, _, _, _) =>
            {
                WspSystem.SetBlockingHook(_ =>
                {
                    rig.Provider.CancelBlockingCall().Should().Be(WsaError.Success);
                    return false;
                });
                inner = rig.Recv(server2, new byte[1], out int _);
                WspSystem.SetBlockingHook(null);
                rig.Send(client, [7]);
            });
            outer = rig.Recv(server, new byte[1], out _);
        });
        rig.Send(client2, [1]).Should().Be(WsaError.Success);

        thread.Join();

        inner.Should().Be(WsaError.Interrupted);
        outer.Should().Be(WsaError.Success);
    }

    [Fact]
    [Trait("Clause", "CLEANUP-32")]
    public void EndProcess_WithBlockedThreads_LetsThemGoAndThePeerSeesAReset()
    {
        var rig = new Rig();
        var other = new Rig(network: rig.Network);
        SocketHandle listener = other.Listener(out SockAddr address);
        SocketHandle client = rig.Stream();
        rig.Provider.Connect(client, address.ToBytes());
        other.Provider.Accept(listener, null, null, null, out SocketHandle server);
        BlockedThread blocked = rig.Blocked(() => rig.Recv(client, new byte[1], out _));

        rig.Provider.EndProcess();

        blocked.Join();
        other.Recv(server, new byte[1], out _).Should().Be(WsaError.ConnectionReset);
        rig.Start().Should().Be(WsaError.Success);
    }

    [Fact]
    public void SteppedCleanup_WaitsForItsOwnerAndSaysForWhat()
    {
        var rig = new Rig(new WspProviderOptions { AdvanceAutomatically = false });
        (_, SocketHandle server) = rig.Pair();
        WsaOverlapped overlapped = rig.Overlapped(out _);
        rig.Recv(server, new byte[1], out _, overlapped);
        WsaError result = WsaError.InProgress;
        BlockedThread cleaner = rig.Blocked(() => result = rig.Provider.Cleanup());

        rig.Provider.State.Phase.Should().Be(ProviderPhase.CleaningUp);
        overlapped.Internal.Should().Be(NtStatus.Pending);
        int steps = 0;
        while (rig.Provider.State.Phase == ProviderPhase.CleaningUp && steps++ < 100)
            rig.Provider.AdvanceCleanup().Should().BeEmpty();

        cleaner.Join();
        steps.Should().BeGreaterThan(5);
        result.Should().Be(WsaError.Success);
        overlapped.Internal.Should().Be(NtStatus.Cancelled);
    }

    [Fact]
    public void ManyThreads_DoingEverything_LeaveARecordThatReplaysToTheSameState()
    {
        var record = new List<TransitionRecord>();
        var rig = new Rig(new WspProviderOptions { Observer = record.Add });
        for (int round = 0; round < 3; round++)
        {
            RunThreads(8, number =>
            {
                var random = new Random(number);
                for (int i = 0; i < 60; i++)
                    Act(rig, random);
            });
            rig.Provider.Cleanup();
            rig.Start().Should().Be(WsaError.Success);
        }

        rig.Provider.Cleanup().Should().Be(WsaError.Success);
        record.Select(item => item.Sequence).Should().BeInAscendingOrder();
        ProviderState replayed = ProviderState.Initial(record[0].Transition.From.Settings);
        foreach (TransitionRecord item in record)
        {
            Transition transition = ProviderMachine.Apply(replayed, item.Input);
            ModelInvariants.Check(item.Input, transition).Should().BeEmpty("after {0}", item.Input.Kind);
            replayed = transition.State;
        }

        StateText.Of(replayed).Should().Be(StateText.Of(rig.Provider.State));
        replayed.Unloadable.Should().BeTrue();
        replayed.Ledger.Accepted.Should().BeGreaterThan(0);
    }

    private static void Act(Rig rig, Random random)
    {
        switch (random.Next(4))
        {
            case 0:
                SocketHandle s = rig.Provider.Socket(System.Net.Sockets.AddressFamily.InterNetwork, System.Net.Sockets.SocketType.Stream, 0, null, 0, WsaSocketFlags.Overlapped, out SocketHandle made) == WsaError.Success ? made : default;
                rig.Provider.CloseSocket(s);
                break;
            case 1:
                (SocketHandle client, SocketHandle server) = rig.Pair();
                rig.Send(client, new byte[random.Next(5_000)]);
                rig.Recv(server, new byte[10], out _, new WsaOverlapped());
                rig.Recv(server, new byte[10], out _, rig.Overlapped(out _), (_, _, _, _) => { });
                rig.Provider.CloseSocket(random.Next(2) == 0 ? client : server);
                break;
            case 2:
                WspThread.RunApcs();
                break;
            default:
                rig.Start();
                rig.Provider.Cleanup();
                break;
        }
    }

    private static void RunThreads(int count, Action<int> body)
    {
        var faults = new ConcurrentBag<Exception>();
        List<Thread> threads = [];
        for (int i = 0; i < count; i++)
        {
            int number = i;
            var thread = new Thread(() =>
            {
                try
                {
                    body(number);
                }
                catch (Exception exception)
                {
                    faults.Add(exception);
                }
            })
            { IsBackground = true };
            threads.Add(thread);
            thread.Start();
        }

        foreach (Thread thread in threads)
            thread.Join(s_safetyNet).Should().BeTrue("nothing may deadlock");
        faults.Should().BeEmpty();
    }
}
