using Wsp.Model;
using Wsp.Spi;

namespace Wsp.Transport.Tcp;

/// <summary>What is reported of a connection.</summary>
internal enum ReportKind
{
    /// <summary>It was established.</summary>
    Connected,

    /// <summary>Data has arrived.</summary>
    Data,

    /// <summary>The system has taken data.</summary>
    Taken,

    /// <summary>The peer has finished.</summary>
    PeerFinished,

    /// <summary>It is broken.</summary>
    Broken,
}

/// <summary>One report of a connection.</summary>
/// <param name="Kind">What has happened.</param>
/// <param name="Data">Data that has arrived.</param>
/// <param name="Count">Bytes taken.</param>
/// <param name="Error">Why it is broken.</param>
internal readonly record struct Report(ReportKind Kind, Payload Data = default, int Count = 0, WsaError Error = WsaError.Success);

/// <summary>
/// Brings the reports of one connection into one line. Whoever finds nobody delivering delivers, with no lock held, also what others post meanwhile; so
/// a report posted from inside a report neither recurses nor waits, and two threads never report about one endpoint at a time.
/// </summary>
/// <param name="deliver">Hands one report to the sink.</param>
/// <threadsafety>All members may be used from any thread.</threadsafety>
internal sealed class ReportQueue(Action<Report> deliver)
{
    private readonly Lock _gate = new();
    private readonly Queue<Report> _waiting = new();
    private bool _delivering;
    private bool _ended;

    /// <summary>Reports.</summary>
    /// <param name="report">What has happened.</param>
    /// <param name="last">Whether nothing may be reported behind it.</param>
    public void Post(Report report, bool last = false)
    {
        lock (_gate)
        {
            if (_ended)
                return;
            _ended = last;
            _waiting.Enqueue(report);
            if (_delivering)
                return;
            _delivering = true;
        }

        Deliver();
    }

    /// <summary>Nothing more is to be reported, not even what is waiting. A report another thread is delivering right now is not waited for.</summary>
    public void End()
    {
        lock (_gate)
        {
            _ended = true;
            _waiting.Clear();
        }
    }

    private void Deliver()
    {
        while (true)
        {
            Report next;
            lock (_gate)
            {
                if (!_waiting.TryDequeue(out next))
                {
                    _delivering = false;
                    return;
                }
            }

            deliver(next);
        }
    }
}
