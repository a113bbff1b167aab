using Wsp.Cli.Input;
using Wsp.Cli.Running;
using Wsp.Spi;

namespace Wsp.Cli.Checking;

/// <summary>Checks everything a step expects.</summary>
internal sealed class Expectations(World world)
{
    private readonly Matcher _matcher = new(world);

    /// <summary>Compares all expectations of a step with what came.</summary>
    /// <returns>Those that did not hold, in the order of the case.</returns>
    public IReadOnlyList<Mismatch> Check(Node expect, Observation came) =>
        [.. expect.Members.Select(member => Check(member.Name, member.Value, came)).OfType<Mismatch>()];

    private Mismatch? Check(string key, Node expected, Observation came) => key switch
    {
        "ok" => Demand(came.Error is null or WsaError.Success, key, "success", Describe(came.Error)),
        "fails" => Demand(came.Error is not (null or WsaError.Success), key, "a failure", Describe(came.Error)),
        "error" or "value" => Demand(came.Error is { } error && _matcher.Matches(expected, Named.Of(error)), key, expected.ToString(), Describe(came.Error)),
        "error_any" or "values" => Demand(
            came.Error is { } any && expected.Items.Any(item => _matcher.Matches(item, Named.Of(any))), key, $"one of {expected}", Describe(came.Error)),
        "untouched" => Untouched(expected, came),
        "overlapped" => Overlapped(expected),
        "raw" => Raw(expected, came),
        "events" => Events(expected, came),
        "namelen_below" => Value(key, expected, came, static (limit, value) => value < limit),
        "length_at_least" => Value(key, expected, came, static (limit, value) => value >= limit),
        _ => Plain(key, expected, came),
    };

    private static Mismatch? Demand(bool holds, string key, string expected, string actual) => holds ? null : new(key, expected, actual);

    private static string Describe(WsaError? error) => error?.Describe() ?? "success (0)";

    private Mismatch? Plain(string key, Node expected, Observation came)
    {
        if (!came.Values.TryGetValue(key, out object? value))
            return new(key, expected.ToString(), "nothing of the kind");
        return Demand(_matcher.Matches(expected, value), key, expected.ToString(), Matcher.Show(value));
    }

    private static Mismatch? Value(string key, Node expected, Observation came, Func<long, long, bool> holds)
    {
        object? value = came.Values.GetValueOrDefault(key);
        return Demand(value is long number && expected.TryGetNumber(out long limit) && holds(limit, number), key, expected.ToString(), Matcher.Show(value));
    }

    private static Mismatch? Untouched(Node expected, Observation came)
    {
        List<string> touched = [.. expected.Items.Select(item => item.Text).Where(name => !came.Untouched.GetValueOrDefault(name))];
        return Demand(touched.Count == 0, "untouched", expected.ToString(), $"written: {string.Join(", ", touched)}");
    }

    private Mismatch? Overlapped(Node expected)
    {
        foreach (Node.Member record in expected.Members)
        {
            Dictionary<string, object?> actual = Values.Of(world.Get<OverlappedRecord>(record.Name));
            if (!_matcher.Matches(record.Value, actual))
                return new("overlapped", $"\"{record.Name}\": {record.Value}", Matcher.Show(actual));
        }

        return null;
    }

    private static Mismatch? Raw(Node expected, Observation came)
    {
        string block = came.Values.GetValueOrDefault("raw") as string ?? "";
        string start = block[..Math.Min(block.Length, expected.Text.Length)];
        return Demand(start.Equals(expected.Text, StringComparison.OrdinalIgnoreCase), "raw", expected.Text, start);
    }

    /// <summary>A set: exactly these, in any order.</summary>
    private Mismatch? Events(Node expected, Observation came)
    {
        if (came.Values.GetValueOrDefault("events") is not IReadOnlyList<object?> actual)
            return new("events", expected.ToString(), "nothing of the kind");
        bool same = actual.Count == expected.Items.Count && expected.Items.All(item => actual.Any(value => _matcher.Matches(item, value)));
        return Demand(same, "events", expected.ToString(), Matcher.Show(actual));
    }
}
