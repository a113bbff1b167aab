using Wsp.Cli.Running;

namespace Wsp.Cli.Vocabulary;

/// <summary>What an argument may be.</summary>
internal enum ArgKind
{
    /// <summary>The name of a socket or one of the tokens.</summary>
    Socket,

    /// <summary>A list of sockets, or all of a group.</summary>
    Sockets,

    /// <summary>The name of something an earlier step made.</summary>
    Reference,

    /// <summary>The name of a call that runs in the background.</summary>
    Background,

    /// <summary>A name of the case's own, or a word of a small set.</summary>
    Label,

    /// <summary>A number or the name of a constant.</summary>
    Number,

    /// <summary>A number, or a word for an amount.</summary>
    Amount,

    /// <summary>A list of constants that are added up.</summary>
    Flags,

    Bool,
    Text,
    Address,

    /// <summary>True or left out for a pointer that is given, false for a missing one, "bogus" for an unreadable one.</summary>
    Pointer,

    /// <summary>Something with a shape of its own.</summary>
    Any,
}

/// <summary>An argument of a call.</summary>
internal sealed record ArgSpec(string Name, ArgKind Kind, bool Required);

/// <summary>A call of the vocabulary: its name, what it takes, what can be expected of it, and what carries it out.</summary>
internal sealed class CallSpec
{
    /// <summary>Expectations that make sense for every call.</summary>
    public static readonly string[] Common = ["ok", "error", "value", "error_any", "values", "fails", "untouched", "overlapped"];

    /// <param name="name">The native name, or one that starts with Harness.</param>
    /// <param name="args">Names separated by spaces; <c>:kind</c> where the usual one does not fit, <c>!</c> where it cannot be left out.</param>
    /// <param name="expects">The expectations beside the common ones.</param>
    /// <param name="outs">The out parameters that can be checked for being untouched.</param>
    /// <param name="results">The most names that <c>as</c> may give.</param>
    /// <param name="run">Carries it out; null for what cannot be carried out.</param>
    public CallSpec(string name, string args, string expects, string outs, int results, Func<StepContext, Observation>? run)
    {
        Name = name;
        Args = [.. Words(args).Select(ArgWords.Read)];
        Expects = [.. Common, .. Words(expects)];
        Outs = Words(outs);
        Results = results;
        Run = run;
    }

    public string Name { get; }

    public IReadOnlyList<ArgSpec> Args { get; }

    public IReadOnlyList<string> Expects { get; }

    public IReadOnlyList<string> Outs { get; }

    public int Results { get; }

    public Func<StepContext, Observation>? Run { get; }

    /// <summary>Whether it is a call of the runner rather than of the interface.</summary>
    public bool IsHarness => Name.StartsWith("Harness.", StringComparison.Ordinal);

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
