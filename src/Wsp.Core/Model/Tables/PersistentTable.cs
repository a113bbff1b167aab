using System.Runtime.CompilerServices;

namespace Wsp.Model.Tables;

/// <summary>
/// A persistent map from small non-negative numbers to objects: a radix tree with wide nodes. An update copies the few nodes on the way to its
/// slot and shares all others, so keeping or forking a table costs nothing. Enumerates in the order of keys.
/// </summary>
/// <typeparam name="T">The type of the values.</typeparam>
/// <threadsafety>Immutable once the transition that made it has returned.</threadsafety>
internal readonly struct PersistentTable<T>
    where T : class
{
    private readonly TableNode? _root;
    private readonly int _shift;

    private PersistentTable(TableNode? root, int shift, int count)
    {
        _root = root;
        _shift = shift;
        Count = count;
    }

    /// <summary>The number of values.</summary>
    public int Count { get; }

    /// <summary>Looks a value up.</summary>
    /// <param name="key">Zero or more.</param>
    /// <returns>The value, or null.</returns>
    public T? Find(int key)
    {
        TableNode? node = _root;
        if (node is null || key < 0 || key >> _shift >= TableNode.Width)
            return null;
        for (int shift = _shift; shift > 0; shift -= TableNode.Bits)
        {
            object? next = node.Items[(key >> shift) & TableNode.Mask];
            if (next is null)
                return null;
            node = Unsafe.As<TableNode>(next);
        }

        object? value = node.Items[key & TableNode.Mask];
        return value is null ? null : Unsafe.As<T>(value);
    }

    /// <summary>Gives a table in which a key has a value.</summary>
    /// <param name="key">Zero or more.</param>
    /// <param name="value">The value.</param>
    /// <param name="token">The transition at work, or null to copy every node on the way.</param>
    public PersistentTable<T> Set(int key, T value, EditToken? token)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(key);
        TableNode root = _root?.ToEditable(token) ?? new TableNode(token);
        int top = _shift;
        while (key >> top >= TableNode.Width)
        {
            var higher = new TableNode(token);
            higher.Items[0] = Count == 0 ? null : root;
            root = higher;
            top += TableNode.Bits;
        }

        TableNode node = root;
        for (int shift = top; shift > 0; shift -= TableNode.Bits)
        {
            int index = (key >> shift) & TableNode.Mask;
            TableNode child = node.Items[index] is { } present ? Unsafe.As<TableNode>(present).ToEditable(token) : new TableNode(token);
            node.Items[index] = child;
            node = child;
        }

        bool isNew = node.Items[key & TableNode.Mask] is null;
        node.Items[key & TableNode.Mask] = value;
        return new(root, top, isNew ? Count + 1 : Count);
    }

    /// <summary>Gives a table without a key. Nodes that become empty are dropped.</summary>
    /// <param name="key">Any number.</param>
    /// <param name="token">The transition at work, or null to copy every node on the way.</param>
    public PersistentTable<T> Remove(int key, EditToken? token)
    {
        if (Find(key) is null)
            return this;
        if (Count == 1)
            return default;
        TableNode? root = Without(_root!, _shift, key, token);
        return new(root, _shift, Count - 1);
    }

    /// <summary>Finds the first value whose key is not below a limit.</summary>
    /// <param name="key">The lowest key that counts.</param>
    /// <param name="found">The key found.</param>
    /// <returns>The value, or null when there is none.</returns>
    public T? FirstFrom(int key, out int found)
    {
        found = -1;
        if (_root is null || key >> _shift >= TableNode.Width)
            return null;
        return First(_root, _shift, Math.Max(key, 0), 0, ref found);
    }

    private static T? First(TableNode node, int shift, int from, int prefix, ref int found)
    {
        for (int i = from >> shift & TableNode.Mask; i < TableNode.Width; i++)
        {
            if (node.Items[i] is not { } item)
            {
                from = 0;
                continue;
            }

            int key = prefix | (i << shift);
            if (shift == 0)
            {
                found = key;
                return Unsafe.As<T>(item);
            }

            if (First(Unsafe.As<TableNode>(item), shift - TableNode.Bits, from & ((1 << shift) - 1), key, ref found) is { } value)
                return value;
            from = 0;
        }

        return null;
    }

    private static TableNode? Without(TableNode node, int shift, int key, EditToken? token)
    {
        int index = (key >> shift) & TableNode.Mask;
        object? replacement = shift == 0 ? null : Without(Unsafe.As<TableNode>(node.Items[index]!), shift - TableNode.Bits, key, token);
        TableNode edited = node.ToEditable(token);
        edited.Items[index] = replacement;
        return replacement is null && edited.IsEmpty() ? null : edited;
    }
}
