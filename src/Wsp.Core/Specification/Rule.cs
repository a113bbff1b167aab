using System.Collections.Immutable;

namespace Wsp.Specification;

/// <summary>
/// A rule of the model: what it does, in a few words, and the clauses that ask for it. Every transition names the rules that made it, and every
/// effect the rule that caused it.
/// </summary>
public sealed class Rule
{
    internal Rule(string text, params ReadOnlySpan<string> clauses)
    {
        Text = text;
        Clauses = [.. clauses];
        Alone = [this];
    }

    /// <summary>What the rule does, for people.</summary>
    public string Text { get; }

    /// <summary>The ids of the clauses it rests on, the most important first. Ids of ambiguities mark a place where a reading was chosen.</summary>
    public ImmutableArray<string> Clauses { get; }

    /// <summary>The list that holds just this rule, made once.</summary>
    internal ImmutableArray<Rule> Alone { get; }

    /// <summary>Text and clauses on one line.</summary>
    public override string ToString() => $"{Text} [{string.Join(", ", Clauses)}]";
}
