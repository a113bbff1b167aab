namespace Wsp.Model.Tables;

/// <summary>Something that knows the key under which a <see cref="SlotTable{T}"/> keeps it.</summary>
public interface IKeyed
{
    /// <summary>The key: a serial number above a table slot.</summary>
    long Key { get; }
}
