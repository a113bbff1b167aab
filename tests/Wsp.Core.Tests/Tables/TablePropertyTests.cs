using FsCheck;
using FsCheck.Fluent;
using Wsp.Model.Tables;

namespace Wsp.Core.Tests.Tables;

/// <summary>The persistent tables against plain dictionaries and queues, by properties; a failure prints its seed and the shrunk sequence.</summary>
public class TablePropertyTests
{
    private static readonly Config s_config = Config.QuickThrowOnFailure.WithMaxTest(500);

    [Fact]
    public void PersistentTable_AnySequenceOfUpdates_AgreesWithADictionary() =>
        Prop.ForAll(Arb.From(Operations(maxKey: 5_000)), operations =>
        {
            PersistentTable<Box> table = default;
            var model = new SortedDictionary<int, Box>();
            var token = new EditToken();
            foreach ((int key, int kind) in operations)
            {
                // A new token now and then, as each transition has its own.
                if (kind == 9)
                    token = new EditToken();
                PersistentTable<Box> before = table;
                int countBefore = before.Count;
                if (kind < 6)
                {
                    var value = new Box(key);
                    table = table.Set(key, value, token);
                    model[key] = value;
                }
                else
                {
                    table = table.Remove(key, token);
                    model.Remove(key);
                }

                before.Count.Should().Be(countBefore);
                table.Count.Should().Be(model.Count);
            }

            Contents(table).Should().Equal(model.Values);
            foreach ((int key, _) in operations)
                table.Find(key).Should().BeSameAs(model.GetValueOrDefault(key));
        }).Check(s_config);

    [Fact]
    public void PersistentTable_UpdatesWithOtherTokens_LeaveEveryOlderVersionAlone() =>
        Prop.ForAll(Arb.From(Operations(maxKey: 300)), operations =>
        {
            var versions = new List<(PersistentTable<Box> Table, List<Box> Contents)>();
            PersistentTable<Box> table = default;
            foreach ((int key, int kind) in operations)
            {
                var token = new EditToken();
                table = kind < 6 ? table.Set(key, new Box(key), token) : table.Remove(key, token);
                versions.Add((table, Contents(table)));
            }

            foreach ((PersistentTable<Box> version, List<Box> contents) in versions)
                Contents(version).Should().Equal(contents);
        }).Check(s_config);

    [Fact]
    public void SlotTable_AnySequenceOfUpdates_NeverHandsOutAKeyTwiceAndFindsOnlyWhatIsThere() =>
        Prop.ForAll(Arb.From(Operations(maxKey: 50)), operations =>
        {
            SlotTable<Item> table = default;
            var live = new List<Item>();
            var seen = new HashSet<long>();
            foreach ((int pick, int kind) in operations)
            {
                var token = new EditToken();
                if (kind < 5 || live.Count == 0)
                {
                    var item = new Item(table.NextKey, "new");
                    seen.Add(item.Key).Should().BeTrue("keys are never used twice");
                    table = table.Add(item, token);
                    live.Add(item);
                }
                else if (kind < 8)
                {
                    Item gone = live[pick % live.Count];
                    table = table.Remove(gone.Key, token);
                    live.Remove(gone);
                    table.Find(gone.Key).Should().BeNull();
                }
                else
                {
                    int index = pick % live.Count;
                    live[index] = live[index] with { Text = "changed" };
                    table = table.Replace(live[index], token);
                }

                table.Count.Should().Be(live.Count);
            }

            table.Should().BeEquivalentTo(live);
            foreach (long key in seen)
                table.Find(key).Should().Be(live.FirstOrDefault(item => item.Key == key));
        }).Check(s_config);

    [Fact]
    public void Fifo_AnySequenceOfUpdates_AgreesWithAQueue() =>
        Prop.ForAll(Arb.From(Operations(maxKey: 9)), operations =>
        {
            Fifo<int> queue = default;
            var model = new LinkedList<int>();
            foreach ((int value, int kind) in operations)
            {
                switch (kind)
                {
                    case < 5:
                        queue = queue.Enqueue(value);
                        model.AddLast(value);
                        break;
                    case < 7 when model.Count > 0:
                        queue.Head.Should().Be(model.First!.Value);
                        queue = queue.Dequeue();
                        model.RemoveFirst();
                        break;
                    case 7:
                        queue = queue.PushFront(value);
                        model.AddFirst(value);
                        break;
                    case 8:
                        queue = queue.RemoveAll(item => item == value);
                        model = new LinkedList<int>(model.Where(item => item != value));
                        break;
                }

                queue.Should().Equal(model);
                queue.Count.Should().Be(model.Count);
            }
        }).Check(s_config);

    [Fact]
    public void FirstFrom_AnyStart_FindsTheNextKeyAndNoOther() =>
        Prop.ForAll(Arb.From(Operations(maxKey: 2_000)), operations =>
        {
            PersistentTable<Box> table = default;
            var keys = new SortedSet<int>();
            foreach ((int key, _) in operations)
            {
                table = table.Set(key, new Box(key), null);
                keys.Add(key);
            }

            for (int from = 0; from < 2_100; from += 7)
            {
                Box? expected = keys.GetViewBetween(from, int.MaxValue) is { Count: > 0 } rest ? new Box(rest.Min) : null;
                table.FirstFrom(from, out _).Should().Be(expected);
            }
        }).Check(s_config.WithMaxTest(50));

    private static Gen<(int Key, int Kind)[]> Operations(int maxKey) =>
        Gen.ArrayOf(Gen.Choose(0, maxKey).SelectMany(key => Gen.Choose(0, 9).Select(kind => (key, kind))));

    private static List<Box> Contents(PersistentTable<Box> table)
    {
        var contents = new List<Box>();
        for (Box? box = table.FirstFrom(0, out int key); box is not null; box = table.FirstFrom(key + 1, out key))
            contents.Add(box);
        return contents;
    }

    private sealed record Box(int Value);

    private sealed record Item(long Key, string Text) : IKeyed;
}
