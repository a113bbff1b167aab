using System.Runtime.CompilerServices;

namespace Wsp.Model.Tables;

/// <summary>
/// One node of a <see cref="PersistentTable{T}"/>: 16 slots that hold values in the lowest level and nodes above. The slots lie inside the
/// object, so copying a node is one allocation.
/// </summary>
internal sealed class TableNode
{
    public const int Bits = 4;
    public const int Width = 1 << Bits;
    public const int Mask = Width - 1;

    public Slots Items;
    private readonly EditToken? _owner;

    public TableNode(EditToken? owner) => _owner = owner;

    private TableNode(TableNode source, EditToken? owner)
    {
        _owner = owner;
        Items = source.Items;
    }

    public TableNode ToEditable(EditToken? token) => token is not null && ReferenceEquals(_owner, token) ? this : new TableNode(this, token);

    public bool IsEmpty()
    {
        for (int i = 0; i < Width; i++)
        {
            if (Items[i] is not null)
                return false;
        }

        return true;
    }

    [InlineArray(Width)]
    public struct Slots
    {
        private object? _first;
    }
}
