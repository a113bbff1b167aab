using System.Collections;

namespace Wsp.Model.Tables;

/// <summary>
/// A persistent table that hands out its keys. A key joins a slot, which is used again as soon as it is free so that the table stays small, and
/// a serial number, which is never used again, so that an old key finds nothing. Enumerates in the order of slots.
/// </summary>
/// <typeparam name="T">The type of the values.</typeparam>
/// <threadsafety>Immutable once the transition that made it has returned.</threadsafety>
public readonly struct SlotTable<T> : IReadOnlyCollection<T>
    where T : class, IKeyed
{
    private const int SlotBits = 24;
    private const int SlotMask = (1 << SlotBits) - 1;

    private readonly PersistentTable<T> _items;
    private readonly FreeSlot? _free;
    private readonly int _nextSlot;
    private readonly long _lastSerial;

    private SlotTable(PersistentTable<T> items, FreeSlot? free, int nextSlot, long lastSerial)
    {
        _items = items;
        _free = free;
        _nextSlot = nextSlot;
        _lastSerial = lastSerial;
    }

    /// <summary>The largest number of values a table can hold.</summary>
    public const int Capacity = SlotMask;

    /// <summary>The number of values.</summary>
    public int Count => _items.Count;

    /// <summary>Looks a value up.</summary>
    /// <param name="key">Any number.</param>
    /// <returns>The value that has this very key, or null.</returns>
    public T? Find(long key) => key > 0 && _items.Find((int)(key & SlotMask)) is { } value && value.Key == key ? value : null;

    /// <summary>The first value whose slot is not below that of a key, for walking a table that changes on the way.</summary>
    /// <param name="key">A key, zero for the beginning.</param>
    /// <returns>The value, or null at the end.</returns>
    public T? FirstFrom(long key) => _items.FirstFrom((int)(key & SlotMask), out _);

    /// <summary>Enumerates in the order of slots.</summary>
    public IEnumerator<T> GetEnumerator()
    {
        for (T? item = _items.FirstFrom(0, out int slot); item is not null; item = _items.FirstFrom(slot + 1, out slot))
            yield return item;
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The key that the next added value has to carry.</summary>
    internal long NextKey => ((_lastSerial + 1) << SlotBits) | (uint)(_free?.Slot ?? _nextSlot);

    /// <summary>Adds a value that carries <see cref="NextKey"/>.</summary>
    internal SlotTable<T> Add(T value, EditToken? token)
    {
        int slot = (int)(value.Key & SlotMask);
        return _free is { } free
            ? new(_items.Set(slot, value, token), free.Next, _nextSlot, _lastSerial + 1)
            : new(_items.Set(slot, value, token), null, _nextSlot + 1, _lastSerial + 1);
    }

    /// <summary>Puts another value in the place of the one with the same key.</summary>
    internal SlotTable<T> Replace(T value, EditToken? token) => new(_items.Set((int)(value.Key & SlotMask), value, token), _free, _nextSlot, _lastSerial);

    /// <summary>Takes a value out and frees its slot.</summary>
    internal SlotTable<T> Remove(long key, EditToken? token)
    {
        int slot = (int)(key & SlotMask);
        return Count == 1 ? Cleared() : new(_items.Remove(slot, token), new FreeSlot(slot, _free), _nextSlot, _lastSerial);
    }

    /// <summary>The empty table that goes on counting serial numbers.</summary>
    internal SlotTable<T> Cleared() => new(default, null, 0, _lastSerial);

    private sealed record FreeSlot(int Slot, FreeSlot? Next);
}
