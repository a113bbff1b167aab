using System.Buffers;
using System.Collections.Immutable;
using System.Net.Sockets;
using Wsp.Model;
using Wsp.Spi;

namespace Wsp.Transport.Tcp;

/// <summary>
/// An established connection. One loop sends what is queued, another receives as far as the window allows; both report through one queue. When the
/// provider is done with it, it goes on in the background, silently, until both ends have finished.
/// </summary>
/// <threadsafety>All members may be used from any thread.</threadsafety>
internal sealed class Connection : Endpoint
{
    /// <summary>The most that is given to the system, or taken from it, at a time: small enough to report progress to a slow peer.</summary>
    private const int ChunkSize = 64 * 1024;

    /// <summary>How often a connection nobody reads from is looked at. The system tells of a reset only to who reads or sends.</summary>
    private static readonly TimeSpan s_watchInterval = TimeSpan.FromMilliseconds(500);

    private static readonly byte[] s_zeroes = new byte[ChunkSize];

    private readonly Lock _gate = new();
    private readonly Socket _socket;
    private readonly SockAddr _local;
    private readonly SockAddr _remote;
    private readonly AddressTable.Reservation? _reservation;
    private readonly ReportQueue _reports;
    private readonly Queue<ReadOnlyMemory<byte>> _outgoing = new();
    private SocketHandle _handle;
    private long _window;
    private TaskCompletionSource? _roomWanted;
    private ITimer? _drainTimer;
    private ITimer? _watch;
    private bool _sending;
    private bool _finishWanted;
    private bool _finishSent;
    private bool _peerFinished;
    private bool _background;
    private bool _gone;

    /// <summary>Takes over a connected socket.</summary>
    /// <param name="session">The session.</param>
    /// <param name="socket">The socket.</param>
    /// <param name="kind">Its options, or those of its listener.</param>
    /// <param name="remote">The peer as it was asked for; none to ask the socket.</param>
    /// <param name="reservation">The local address, if the endpoint was bound; released with the connection.</param>
    public Connection(TcpSession session, Socket socket, EndpointKind kind, SockAddr remote, AddressTable.Reservation? reservation)
        : base(session)
    {
        _socket = socket;
        _local = SocketSetup.LocalOf(socket);
        _remote = remote.IsNone ? SocketSetup.RemoteOf(socket) : remote;
        _reservation = reservation;

        // With no window at all nothing could ever be received, whatever the client does; Winsock lets a waiting receive have its data all the same.
        _window = Math.Max(1, kind.Options.ReceiveBuffer);
        _reports = new(Deliver);
    }

    /// <summary>The address at our end.</summary>
    public SockAddr Local => _local;

    /// <summary>The address of the peer.</summary>
    public SockAddr Remote => _remote;

    /// <summary>Gives the connection its name.</summary>
    /// <param name="handle">The handle.</param>
    public void Name(SocketHandle handle) => _handle = handle;

    /// <summary>Begins to receive.</summary>
    /// <param name="answer">Whether to report first that the connection is established.</param>
    public void Start(bool answer)
    {
        bool added;
        lock (_gate)
        {
            // The provider may have ended it already.
            if (_gone)
                return;
            added = Transport.Add(this);
        }

        if (answer)
            _reports.Post(new(ReportKind.Connected));
        if (!added)
        {
            Abandon();
            return;
        }

        ThreadPool.UnsafeQueueUserWorkItem(static connection => connection.ReceiveLoop(), this, preferLocal: false);
    }

    /// <summary>Queues data.</summary>
    /// <param name="data">The data.</param>
    public void Transmit(ImmutableArray<Payload> data)
    {
        lock (_gate)
        {
            if (_gone || _finishWanted)
                return;
            Enqueue(data);
            WakeSender();
        }
    }

    /// <summary>Gives room back to the window.</summary>
    /// <param name="count">Bytes the client has taken.</param>
    public void Consumed(int count)
    {
        TaskCompletionSource? wanted;
        lock (_gate)
        {
            _window += count;
            wanted = TakeWaiter();
        }

        wanted?.SetResult();
    }

    /// <summary>Ends our side behind what is queued.</summary>
    public void Finish()
    {
        lock (_gate)
        {
            if (_gone || _finishWanted)
                return;
            _finishWanted = true;
            WakeSender();
        }
    }

    /// <inheritdoc/>
    public override void Reset()
    {
        _reports.End();
        if (!MarkGone())
            return;
        SocketSetup.Abort(_socket);
        Leave();
    }

    /// <inheritdoc/>
    public override void Close() => HandOff([]);

    /// <summary>Goes on in the background.</summary>
    /// <param name="rest">What is to be sent behind what is queued.</param>
    public void HandOff(ImmutableArray<Payload> rest)
    {
        _reports.End();
        TaskCompletionSource? wanted;
        lock (_gate)
        {
            if (_gone || _background)
                return;
            _background = true;
            Transport.Keep(this, unsent: !_finishSent);
            if (!_finishWanted)
                Enqueue(rest);
            _finishWanted = true;
            WakeSender();
            wanted = TakeWaiter();
        }

        wanted?.SetResult();
        Settle();
    }

    /// <inheritdoc/>
    public override void Abandon() => Break(WsaError.ConnectionAborted, reset: true);

    private void Deliver(Report report)
    {
        ITransportSink sink = Session.Sink;
        switch (report.Kind)
        {
            case ReportKind.Connected:
                sink.ConnectAnswered(_handle, WsaError.Success, _local, _remote);
                break;
            case ReportKind.Data:
                sink.DataArrived(_handle, report.Data);
                break;
            case ReportKind.Taken:
                sink.BytesTaken(_handle, report.Count);
                break;
            case ReportKind.PeerFinished:
                sink.PeerFinished(_handle);
                break;
            case ReportKind.Broken:
                sink.ConnectionBroken(_handle, report.Error);
                break;
        }
    }

    /// <summary>Queues data in pieces; bytes of which only the number is known go out as zeroes. Called with the lock held.</summary>
    private void Enqueue(ImmutableArray<Payload> data)
    {
        if (data.IsDefault)
            return;
        foreach (Payload payload in data)
        {
            for (int done = 0; done < payload.Length; done += ChunkSize)
            {
                int size = Math.Min(ChunkSize, payload.Length - done);
                _outgoing.Enqueue(payload.Bytes.IsEmpty ? s_zeroes.AsMemory(0, size) : payload.Bytes.Slice(done, size));
            }
        }
    }

    /// <summary>
    /// Starts the send loop if it rests; called with the lock held. It always runs on a thread of the pool: a request must not keep its caller for as long
    /// as the system happens to take data.
    /// </summary>
    private void WakeSender()
    {
        if (_sending || (_outgoing.Count == 0 && (!_finishWanted || _finishSent)))
            return;
        _sending = true;
        ThreadPool.UnsafeQueueUserWorkItem(static connection => connection.SendLoop(), this, preferLocal: false);
    }

    private TaskCompletionSource? TakeWaiter()
    {
        TaskCompletionSource? waiter = _roomWanted;
        _roomWanted = null;
        return waiter;
    }

    // The loops are "async void" on purpose: what they expect they catch, and an exception thrown by a sink is a fault that must not pass unseen.
    private async void SendLoop()
    {
        while (NextToSend(out ReadOnlyMemory<byte> next, out bool finish))
        {
            if (!await TrySendAsync(next, finish).ConfigureAwait(false))
                return;
            if (finish)
            {
                NoteFinishSent();
                return;
            }

            _reports.Post(new(ReportKind.Taken, Count: next.Length));
        }
    }

    private async ValueTask<bool> TrySendAsync(ReadOnlyMemory<byte> data, bool finish)
    {
        try
        {
            if (finish)
                _socket.Shutdown(SocketShutdown.Send);
            while (!data.IsEmpty)
                data = data[await _socket.SendAsync(data).ConfigureAwait(false)..];
            return true;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            OnFailure(e);
            return false;
        }
    }

    private bool NextToSend(out ReadOnlyMemory<byte> next, out bool finish)
    {
        lock (_gate)
        {
            finish = false;
            if (!_gone && _outgoing.TryDequeue(out next))
                return true;
            next = default;
            finish = !_gone && _finishWanted && !_finishSent;

            // Whoever finishes never sends again, so the loop counts as running for ever then.
            _sending = finish;
            return finish;
        }
    }

    private void NoteFinishSent()
    {
        lock (_gate)
            _finishSent = true;
        Transport.Sent(this);
        Settle();
    }

    private async void ReceiveLoop()
    {
        while (await RoomAsync().ConfigureAwait(false))
        {
            // Waiting without a buffer keeps idle connections cheap.
            if (await TryReceiveAsync(default).ConfigureAwait(false) < 0)
                return;
            byte[] buffer = ArrayPool<byte>.Shared.Rent(ChunkSize);
            int count = await TryReceiveAsync(buffer.AsMemory(0, Room())).ConfigureAwait(false);
            if (count > 0)
                NoteData(buffer.AsSpan(0, count));
            ArrayPool<byte>.Shared.Return(buffer);
            if (count > 0)
                continue;
            if (count == 0)
                NotePeerFinished();
            return;
        }
    }

    /// <summary>Receives; a negative number means that the connection has ended here.</summary>
    private async ValueTask<int> TryReceiveAsync(Memory<byte> buffer)
    {
        try
        {
            return await _socket.ReceiveAsync(buffer).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            OnFailure(e);
            return -1;
        }
    }

    /// <summary>A socket closed under a loop was closed by somebody who has seen to everything.</summary>
    private void OnFailure(Exception e)
    {
        if (e is SocketException { SocketErrorCode: not SocketError.OperationAborted } failure)
            Break(SocketErrors.OfBreak(failure.SocketErrorCode), reset: false);
    }

    /// <summary>How much may be received now. It only grows until the receive loop itself takes of it.</summary>
    private int Room()
    {
        lock (_gate)
            return _background ? ChunkSize : (int)Math.Min(ChunkSize, _window);
    }

    /// <summary>Waits until something may be received.</summary>
    /// <returns>False when the connection is gone.</returns>
    private async ValueTask<bool> RoomAsync()
    {
        while (true)
        {
            Task wanted;
            lock (_gate)
            {
                if (_gone)
                    return false;
                if (_background || _window > 0)
                {
                    StopWatching();
                    return true;
                }

                _roomWanted = new(TaskCreationOptions.RunContinuationsAsynchronously);
                wanted = _roomWanted.Task;
                StartWatching();
            }

            await wanted.ConfigureAwait(false);
        }
    }

    private void NoteData(ReadOnlySpan<byte> data)
    {
        lock (_gate)
        {
            if (_background)
                return;
            _window -= data.Length;
        }

        _reports.Post(new(ReportKind.Data, new Payload(data.ToArray())));
    }

    private void NotePeerFinished()
    {
        lock (_gate)
        {
            if (_gone)
                return;
            _peerFinished = true;
            StartWatching();
        }

        _reports.Post(new(ReportKind.PeerFinished));
        Settle();
    }

    /// <summary>Ends a connection in the background that has nothing left to do, or gives it its last time limit.</summary>
    private void Settle()
    {
        lock (_gate)
        {
            if (_gone || !_background || !_finishSent)
                return;
            if (!_peerFinished)
            {
                _drainTimer ??= Transport.Options.TimeProvider.CreateTimer(
                    static state => ((Connection)state!).End(), this, Transport.Options.DrainTime, Timeout.InfiniteTimeSpan);
                return;
            }
        }

        End();
    }

    private void End()
    {
        if (!MarkGone())
            return;
        _socket.Dispose();
        Leave();
    }

    private void Break(WsaError error, bool reset)
    {
        if (!MarkGone())
            return;
        if (reset)
            SocketSetup.Abort(_socket);
        else
            _socket.Dispose();
        Leave();
        _reports.Post(new(ReportKind.Broken, Error: error), last: true);
    }

    /// <summary>Ends the connection's life for all who look, once.</summary>
    /// <returns>Whether this call did it; the caller then closes the socket.</returns>
    private bool MarkGone()
    {
        TaskCompletionSource? wanted;
        lock (_gate)
        {
            if (_gone)
                return false;
            _gone = true;
            _outgoing.Clear();
            _drainTimer?.Dispose();
            StopWatching();
            wanted = TakeWaiter();
        }

        wanted?.SetResult();
        return true;
    }

    private void Leave()
    {
        Session.Forget(_handle, this);
        Transport.Addresses.Release(_reservation);
        Transport.Remove(this);
    }

    /// <summary>Called with the lock held.</summary>
    private void StartWatching()
    {
        // Windows does not keep the error where it could be looked up; there the next send or receive finds it.
        if (!OperatingSystem.IsWindows())
            _watch ??= Transport.Options.TimeProvider.CreateTimer(static state => ((Connection)state!).Look(), this, s_watchInterval, s_watchInterval);
    }

    /// <summary>Called with the lock held.</summary>
    private void StopWatching()
    {
        _watch?.Dispose();
        _watch = null;
    }

    private void Look()
    {
        try
        {
            if (_socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error) is int error and not 0)
                Break(SocketErrors.OfBreak((SocketError)error), reset: false);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The loops have noticed, or are about to.
        }
    }
}
