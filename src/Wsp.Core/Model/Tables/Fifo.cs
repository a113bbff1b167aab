using System.Collections;

namespace Wsp.Model.Tables;

/// <summary>
/// A persistent queue: two linked lists, one to take from and one to put to. Adding and taking cost a constant amount, on average, whatever the length.
/// </summary>
/// <typeparam name="T">The type of the items.</typeparam>
/// <threadsafety>Immutable.</threadsafety>
public readonly struct Fifo<T> : IReadOnlyCollection<T>
{
    private readonly Link? _front;
    private readonly Link? _back;

    private Fifo(Link? front, Link? back, int count)
    {
        _front = front;
        _back = back;
        Count = count;
    }

    /// <summary>The number of items.</summary>
    public int Count { get; }

    /// <summary>Whether there is no item.</summary>
    public bool IsEmpty => Count == 0;

    /// <summary>The item that was added first.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public T Head => _front is { } link ? link.Item : throw new InvalidOperationException("The queue is empty.");

    /// <summary>A queue with an item at the end.</summary>
    /// <param name="item">The item.</param>
    public Fifo<T> Enqueue(T item) => _front is null ? new(new Link(item, null), null, 1) : new(_front, new Link(item, _back), Count + 1);

    /// <summary>A queue with an item before all others.</summary>
    /// <param name="item">The item.</param>
    public Fifo<T> PushFront(T item) => new(new Link(item, _front), _back, Count + 1);

    /// <summary>A queue without its first item.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public Fifo<T> Dequeue()
    {
        if (_front is null)
            throw new InvalidOperationException("The queue is empty.");
        return _front.Next is { } rest ? new(rest, _back, Count - 1) : new(Reverse(_back), null, Count - 1);
    }

    /// <summary>A queue without the items that match.</summary>
    /// <param name="match">Says which items go.</param>
    public Fifo<T> RemoveAll(Func<T, bool> match)
    {
        ArgumentNullException.ThrowIfNull(match);
        Fifo<T> rest = default;
        foreach (T item in this)
        {
            if (!match(item))
                rest = rest.Enqueue(item);
        }

        return rest.Count == Count ? this : rest;
    }

    /// <summary>Enumerates from the first item to the last.</summary>
    public IEnumerator<T> GetEnumerator()
    {
        for (Link? link = _front; link is not null; link = link.Next)
            yield return link.Item;
        for (Link? link = Reverse(_back); link is not null; link = link.Next)
            yield return link.Item;
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static Link? Reverse(Link? link)
    {
        Link? reversed = null;
        for (; link is not null; link = link.Next)
            reversed = new Link(link.Item, reversed);
        return reversed;
    }

    private sealed record Link(T Item, Link? Next);
}
