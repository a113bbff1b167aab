namespace Wsp.Core.Tests.Transport;

/// <summary>Timers that run out when a test says so.</summary>
internal sealed class TcpManualTime : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<Timer> _timers = [];
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(callback, state, dueTime);
        lock (_gate)
        {
            _timers.Add(timer);
            _news.SetResult();
            _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        return timer;
    }

    /// <summary>Waits for a timer of a length and lets it run out.</summary>
    public async Task Fire(TimeSpan dueTime)
    {
        while (true)
        {
            Task news;
            Timer? timer;
            lock (_gate)
            {
                timer = _timers.Find(t => t.DueTime == dueTime);
                news = _news.Task;
            }

            if (timer is not null)
            {
                timer.Fire();
                return;
            }

            await news.WaitAsync(TcpSink.Patience);
        }
    }

    private sealed class Timer(TimerCallback callback, object? state, TimeSpan dueTime) : ITimer
    {
        public TimeSpan DueTime { get; } = dueTime;

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
