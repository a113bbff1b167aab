using System.Collections.Immutable;
using Wsp.Model.Tables;

namespace Wsp.Model;

/// <summary>A persistent queue of bytes, kept as the runs they came in.</summary>
/// <threadsafety>Immutable.</threadsafety>
public readonly struct ByteQueue
{
    private readonly Fifo<Payload> _runs;

    private ByteQueue(Fifo<Payload> runs, long length)
    {
        _runs = runs;
        Length = length;
    }

    /// <summary>The number of bytes.</summary>
    public long Length { get; }

    /// <summary>Whether there is no byte.</summary>
    public bool IsEmpty => Length == 0;

    /// <summary>A queue with more bytes at its end.</summary>
    /// <param name="run">The bytes.</param>
    public ByteQueue Append(Payload run) => run.Length == 0 ? this : new(_runs.Enqueue(run), Length + run.Length);

    /// <summary>Takes bytes from the front.</summary>
    /// <param name="count">The most bytes to take.</param>
    /// <param name="taken">What was taken.</param>
    /// <returns>The queue without them.</returns>
    public ByteQueue Take(long count, out ImmutableArray<Payload> taken)
    {
        long wanted = Math.Min(count, Length);
        if (wanted == 0)
        {
            taken = [];
            return this;
        }

        Payload head = _runs.Head;
        if (head.Length == wanted)
        {
            taken = [head];
            return new(_runs.Dequeue(), Length - wanted);
        }

        if (head.Length > wanted)
        {
            taken = [head.Take((int)wanted)];
            return new(_runs.Dequeue().PushFront(head.Skip((int)wanted)), Length - wanted);
        }

        return TakeSeveral(wanted, out taken);
    }

    /// <summary>All bytes, in order.</summary>
    public ImmutableArray<Payload> ToRuns() => [.. _runs];

    private ByteQueue TakeSeveral(long wanted, out ImmutableArray<Payload> taken)
    {
        ImmutableArray<Payload>.Builder parts = ImmutableArray.CreateBuilder<Payload>();
        Fifo<Payload> runs = _runs;
        long left = wanted;
        while (left > 0)
        {
            Payload head = runs.Head;
            runs = runs.Dequeue();
            if (head.Length > left)
            {
                parts.Add(head.Take((int)left));
                runs = runs.PushFront(head.Skip((int)left));
                left = 0;
            }
            else
            {
                parts.Add(head);
                left -= head.Length;
            }
        }

        taken = parts.ToImmutable();
        return new(runs, Length - wanted);
    }
}
