namespace Wsp.Transport.Memory;

/// <summary>
/// What is going to happen on a network, in the order of due times and, among equals, of arrival. One thread at a time makes things happen, outside
/// of the lock, so that what it reports to may ask for more.
/// </summary>
internal sealed class EventQueue
{
    private readonly Lock _gate = new();
    private readonly PriorityQueue<Func<Action?>, (long Due, long Order)> _queue = new();
    private long _order;
    private long _now;
    private bool _running;

    /// <summary>The lock of the network's state; event bodies run under it, what they return does not.</summary>
    public Lock Gate => _gate;

    /// <summary>The network's time, in microseconds.</summary>
    public long Now
    {
        get
        {
            lock (_gate)
                return _now;
        }
    }

    public int Count
    {
        get
        {
            lock (_gate)
                return _queue.Count;
        }
    }

    public long? NextDue
    {
        get
        {
            lock (_gate)
                return _queue.TryPeek(out _, out var key) ? key.Due : null;
        }
    }

    /// <summary>Adds an event. The body runs under the lock and returns what is to be reported outside of it, or null.</summary>
    public void Add(long delay, Func<Action?> body)
    {
        lock (_gate)
            _queue.Enqueue(body, (_now + delay, _order++));
    }

    /// <summary>Makes events that are due happen, unless another thread is at it, or this one further up its stack.</summary>
    /// <param name="until">The time up to which events count as due; the network's time follows.</param>
    /// <param name="most">The most events.</param>
    /// <returns>How many happened.</returns>
    public int Run(long until, int most = int.MaxValue)
    {
        lock (_gate)
        {
            if (_running)
                return 0;
            _running = true;
        }

        int count = 0;
        try
        {
            while (count < most && TryTake(until, out Action? report))
            {
                count++;
                report?.Invoke();
            }
        }
        finally
        {
            lock (_gate)
                _running = false;
        }

        return count;
    }

    private bool TryTake(long until, out Action? report)
    {
        lock (_gate)
        {
            report = null;
            if (!_queue.TryPeek(out Func<Action?>? body, out var key) || key.Due > until)
            {
                _now = Math.Max(_now, until == long.MaxValue ? _now : until);
                return false;
            }

            _queue.Dequeue();
            _now = Math.Max(_now, key.Due);
            report = body();
            return true;
        }
    }
}
