using Wsp.Model;

namespace Wsp.Provider;

/// <summary>Brings the time into the model: before inputs that depend on it, and when a deadline of the model has come.</summary>
internal sealed class ProviderClock
{
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly ITimer _timer;
    private long _told;

    public ProviderClock(TimeProvider time, Action<long> due)
    {
        _time = time;
        _start = time.GetTimestamp();
        _timer = time.CreateTimer(_ => due(Now), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Microseconds since the provider was made.</summary>
    public long Now => (long)_time.GetElapsedTime(_start).TotalMicroseconds;

    /// <summary>Tells the model the time before an input whose rule looks at it.</summary>
    public void Tell(WspProvider provider, ProviderInput input, bool transfersToo)
    {
        bool matters = input.Kind is InputKind.CloseSocket or InputKind.ConnectAnswered or InputKind.ConnectionArrived or InputKind.GetSockOpt
            || (transfersToo && input.Kind is InputKind.Send or InputKind.SendTo or InputKind.Recv or InputKind.RecvFrom);
        if (!matters)
            return;
        long now = Now;
        if (now - Interlocked.Read(ref _told) < 1000)
            return;
        Interlocked.Exchange(ref _told, now);
        provider.Take(new ProviderInput.TimePassed { Now = now }, out _);
    }

    /// <summary>Sees to it that the model hears of a deadline.</summary>
    public void WakeAt(long? deadline)
    {
        // A timer that fires a little early does no harm: the model finds nothing due, and the timer is set again.
        if (deadline is { } at)
            _timer.Change(TimeSpan.FromMicroseconds(Math.Max(0, at - Now)), Timeout.InfiniteTimeSpan);
    }
}
