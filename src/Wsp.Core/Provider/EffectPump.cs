using System.Collections.Immutable;
using Wsp.Model;

namespace Wsp.Provider;

/// <summary>
/// Carries out effects in the order of the transitions that caused them, one batch at a time, on whichever thread comes along, and never under the
/// provider's lock. A client's call waits for its own batch; news from the network only leaves its batch here. Code that runs in a batch may call
/// the provider again: its batch then runs at once, inside the one at work.
/// </summary>
internal sealed class EffectPump(Action<EffectPump.Batch> run)
{
    private readonly object _gate = new();
    private readonly Queue<Batch> _queue = new();
    private Thread? _owner;

    public void Enqueue(Batch batch)
    {
        lock (_gate)
            _queue.Enqueue(batch);
    }

    /// <summary>Runs batches until there are none, unless another thread is at it, or this one further up its stack.</summary>
    public void Drain()
    {
        lock (_gate)
        {
            while (_owner is null && _queue.Count > 0)
                RunNext();
        }
    }

    /// <summary>Returns when a batch has been carried out, by this thread or another, and nothing is left for this thread to do.</summary>
    public void RunThrough(Batch batch)
    {
        lock (_gate)
        {
            while (!batch.Done)
            {
                if (_owner is null || _owner == Thread.CurrentThread)
                    RunNext();
                else
                    Monitor.Wait(_gate);
            }

            while (_owner is null && _queue.Count > 0)
                RunNext();
        }
    }

    /// <summary>Lets other threads carry out batches while the calling one, inside a batch, is going to wait.</summary>
    public void StepAside()
    {
        lock (_gate)
        {
            if (_owner == Thread.CurrentThread)
            {
                _owner = null;
                Monitor.PulseAll(_gate);
            }
        }

        Drain();
    }

    private void RunNext()
    {
        Batch batch = _queue.Dequeue();
        Thread? outer = _owner;
        _owner = Thread.CurrentThread;
        Monitor.Exit(_gate);
        try
        {
            run(batch);
        }
        finally
        {
            Monitor.Enter(_gate);
            batch.Done = true;
            if (_owner == Thread.CurrentThread)
                _owner = outer;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>What one transition leaves to do.</summary>
    internal sealed class Batch(long sequence, ProviderInput input, Transition transition)
    {
        public long Sequence { get; } = sequence;

        public ProviderInput Input { get; } = input;

        public Transition Transition { get; } = transition;

        public ImmutableArray<ProviderEffect> Effects => Transition.Effects;

        public bool Done { get; set; }
    }
}
