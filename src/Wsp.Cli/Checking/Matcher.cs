using System.Globalization;
using System.Text;
using Wsp.Cli.Input;
using Wsp.Cli.Running;
using Wsp.Cli.Running.Calls;
using Wsp.Cli.Vocabulary;
using Wsp.Spi;

namespace Wsp.Cli.Checking;

/// <summary>Compares what a case expects with a value that came.</summary>
internal sealed class Matcher(World world)
{
    private const int PointerSize = 8;

    public bool Matches(Node expected, object? actual)
    {
        if (expected.Sole("any_of") is { } choices)
            return choices.Items.Any(choice => Matches(choice, actual));
        if (expected.Sole("of") is { } of)
            return NumberOf(actual) is { } number && number == Earlier(of.Text);
        if (expected.Sole("handle_of") is { } handle)
            return NumberOf(actual) is { } value && value == world.Get<SocketHandle>(handle.Text).Value;
        if (expected.Sole("at_least") is { } least)
            return NumberOf(actual) is { } amount && least.TryGetNumber(out long lowest) && amount >= lowest;
        return expected.Kind switch
        {
            NodeKind.Null => actual is null,
            NodeKind.Bool => actual is bool flag && flag == expected.Bool,
            NodeKind.Number => NumberOf(actual) is { } came && expected.TryGetNumber(out long wanted) && SameNumber(wanted, came),
            NodeKind.Text => MatchesText(expected.Text, actual),
            NodeKind.List => actual is IReadOnlyList<object?> list && list.Count == expected.Items.Count && expected.Items.Zip(list).All(pair => Matches(pair.First, pair.Second)),
            _ => MatchesObject(expected, actual),
        };
    }

    /// <summary>A value as people read it.</summary>
    public static string Show(object? value) => value switch
    {
        null => "null",
        bool flag => flag ? "true" : "false",
        string text => $"\"{text}\"",
        byte[] bytes => $"\"{Encoding.Latin1.GetString(bytes)}\"",
        Dictionary<string, object?> members => $"{{{string.Join(", ", members.Select(member => $"\"{member.Key}\": {Show(member.Value)}"))}}}",
        IReadOnlyList<object?> list => $"[{string.Join(", ", list.Select(Show))}]",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    /// <summary>Numbers of 32 bits are the same whether they are read with a sign or without.</summary>
    private static bool SameNumber(long a, long b) => a == b || (Fits(a) && Fits(b) && unchecked((int)a == (int)b));

    private static bool Fits(long value) => value is >= int.MinValue and <= uint.MaxValue;

    private static long? NumberOf(object? actual) => actual switch
    {
        long number => number,
        Named named => named.Number,
        OptionValue option => option.Number,
        _ => null,
    };

    private bool MatchesText(string expected, object? actual)
    {
        if (actual is string text)
            return text == expected;
        if (actual is byte[] bytes)
            return bytes.AsSpan().SequenceEqual(Encoding.Latin1.GetBytes(expected));
        if (NumberOf(actual) is not { } number)
            return false;
        return expected switch
        {
            "positive" => number > 0,
            "nonzero" => number != 0,
            "untouched" => SameNumber(number, Prefill.Number),
            "needed" => world.Memo(expected, number).Equals(number) && number > 0,
            "pointer_size" => number == PointerSize,
            _ => Constants.TryResolve(expected, out long constant) && SameNumber(constant, number),
        };
    }

    private bool MatchesObject(Node expected, object? actual)
    {
        Dictionary<string, object?>? members = actual is OptionValue option ? option.Linger : actual as Dictionary<string, object?>;
        return members is not null && expected.Members.All(member => members.TryGetValue(member.Name, out object? value) && Matches(member.Value, value));
    }

    /// <summary>An earlier result as a number: the result itself, or the port of a socket.</summary>
    private long Earlier(string name) => world.Find(name) is SocketHandle ? world.PortOf(name) : world.Get<long>(name);
}
