using System.Collections.Concurrent;

namespace Wsp.Transport.Tcp;

/// <summary>
/// A transport over the sockets of the machine: TCP and UDP, IPv4 and IPv6. It outlives the providers attached to it: what a provider closed or handed off
/// is sent in the background until its peer has it, or until the transport is disposed of.
/// </summary>
/// <remarks>
/// <para>"Taken" means taken by the system: its buffers survive the provider, and the process as well.</para>
/// <para>A connection the provider refuses has been established by the system already, so its peer sees a connection that is reset at once.</para>
/// <para>
/// Addresses are shared among the endpoints of one transport by Winsock's rules on every system. Against other sockets of the machine the system's own
/// rules hold. The transport never reports that the network is down; single connections break instead.
/// </para>
/// </remarks>
/// <threadsafety>All members may be used from any thread. Each session expects its requests one after another.</threadsafety>
public sealed class TcpTransport : ITransport, IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly HashSet<Connection> _background = [];
    private readonly HashSet<Connection> _unsent = [];
    private readonly ConcurrentDictionary<Endpoint, bool> _endpoints = new();
    private TaskCompletionSource? _drained;
    private volatile bool _disposed;

    /// <summary>Makes a transport with the default options.</summary>
    public TcpTransport()
        : this(new TcpTransportOptions())
    {
    }

    /// <summary>Makes a transport.</summary>
    /// <param name="options">How it uses the machine's sockets.</param>
    public TcpTransport(TcpTransportOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Backlog, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.DrainTime, TimeSpan.Zero, nameof(options));
        Options = options;
    }

    /// <summary>True: what was closed or handed off goes on without the provider.</summary>
    public bool OutlivesProvider => true;

    /// <summary>
    /// The closed connections the transport still keeps: those with something left to send, and those whose peer has not ended its side yet.
    /// </summary>
    public int BackgroundConnections
    {
        get
        {
            lock (_gate)
                return _background.Count;
        }
    }

    /// <summary>How the transport uses the machine's sockets.</summary>
    internal TcpTransportOptions Options { get; }

    /// <summary>The local addresses in use.</summary>
    internal AddressTable Addresses { get; } = new();

    /// <summary>Whether nothing new may begin.</summary>
    internal bool IsDisposed => _disposed;

    /// <inheritdoc/>
    public ITransportSession Attach(ITransportSink sink)
    {
        ArgumentNullException.ThrowIfNull(sink);
        ObjectDisposedException.ThrowIf(_disposed, this);
        return new TcpSession(this, sink);
    }

    /// <summary>
    /// Waits until no closed or handed-off connection has anything left to send: the system has taken all data and the end of the stream behind it, or the
    /// connection is broken. Connections that only wait for their peer's end do not count.
    /// </summary>
    /// <param name="cancellationToken">Ends the waiting, nothing else.</param>
    public Task WhenDrainedAsync(CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (_unsent.Count == 0)
                return Task.CompletedTask;
            _drained ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            return _drained.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>
    /// Ends everything at once and waits for nothing: listening endpoints are closed, connections are reset, those in the background too, with what they had
    /// to send. Wait for <see cref="WhenDrainedAsync"/> first to lose nothing. Providers still attached see their connections broken.
    /// </summary>
    public ValueTask DisposeAsync()
    {
        _disposed = true;
        foreach (Endpoint endpoint in _endpoints.Keys)
            endpoint.Abandon();
        return ValueTask.CompletedTask;
    }

    /// <summary>Notes an endpoint that has a socket of the machine.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <returns>False when the transport is disposed of: the endpoint has to end.</returns>
    internal bool Add(Endpoint endpoint)
    {
        _endpoints[endpoint] = true;
        if (!_disposed)
            return true;
        _endpoints.TryRemove(endpoint, out _);
        return false;
    }

    /// <summary>An endpoint has no socket of the machine any more.</summary>
    /// <param name="endpoint">The endpoint.</param>
    internal void Remove(Endpoint endpoint)
    {
        _endpoints.TryRemove(endpoint, out _);
        if (endpoint is not Connection connection)
            return;
        lock (_gate)
        {
            _background.Remove(connection);
            Sent(connection);
        }
    }

    /// <summary>The provider is done with a connection; the transport keeps it.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="unsent">Whether it has something left to send, the end of the stream included.</param>
    internal void Keep(Connection connection, bool unsent)
    {
        lock (_gate)
        {
            _background.Add(connection);
            if (unsent)
                _unsent.Add(connection);
        }
    }

    /// <summary>A connection has nothing left to send.</summary>
    /// <param name="connection">The connection.</param>
    internal void Sent(Connection connection)
    {
        lock (_gate)
        {
            if (!_unsent.Remove(connection) || _unsent.Count > 0)
                return;
            _drained?.SetResult();
            _drained = null;
        }
    }
}
