using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using Wsp.Model.Tables;

namespace Wsp.Core.Benchmarks;

/// <summary>One update of a persistent table of sockets' size, against the persistent maps of the framework.</summary>
[MemoryDiagnoser]
public class TableBenchmark
{
    private PersistentTable<object> _table;
    private ImmutableSortedDictionary<int, object> _sorted = ImmutableSortedDictionary<int, object>.Empty;
    private ImmutableDictionary<int, object> _hashed = ImmutableDictionary<int, object>.Empty;
    private readonly object _value = new();

    private int _key;

    [Params(10, 1_000, 100_000)]
    public int Count { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _table = default;
        for (int i = 0; i < Count; i++)
            _table = _table.Set(i, _value, null);
        _sorted = Enumerable.Range(0, Count).ToImmutableSortedDictionary(i => i, _ => _value);
        _hashed = Enumerable.Range(0, Count).ToImmutableDictionary(i => i, _ => _value);
    }

    [Benchmark(Baseline = true)]
    public int PersistentTable() => _table.Set(NextKey(), this, null).Count;

    [Benchmark]
    public int SortedDictionary() => _sorted.SetItem(NextKey(), this).Count;

    [Benchmark]
    public int HashedDictionary() => _hashed.SetItem(NextKey(), this).Count;

    /// <summary>Another key each time, all over the table: a balanced tree is cheap near its root.</summary>
    private int NextKey() => _key = (_key + 7_919) % Count;
}
