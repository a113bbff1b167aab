using System.Collections.Immutable;
using Wsp.Specification;

namespace Wsp.Model;

/// <summary>One step of a provider: the state after it, what the call returns, what has to be done, and the rules that made it so.</summary>
public readonly struct Transition
{
    internal Transition(ProviderState from, ProviderState state, CallResult result, ImmutableArray<ProviderEffect> effects, ImmutableArray<Rule> rules)
    {
        From = from;
        State = state;
        Result = result;
        Effects = effects;
        Rules = rules;
    }

    /// <summary>The state before it.</summary>
    public ProviderState From { get; }

    /// <summary>The state after it.</summary>
    public ProviderState State { get; }

    /// <summary>What the call returns, or that it waits.</summary>
    public CallResult Result { get; }

    /// <summary>What the shell has to do, in order.</summary>
    public ImmutableArray<ProviderEffect> Effects { get; }

    /// <summary>The rules that were applied, the deciding one first.</summary>
    public ImmutableArray<Rule> Rules { get; }

    /// <summary>The ids of the clauses behind those rules.</summary>
    public IEnumerable<string> Clauses => Rules.SelectMany(rule => rule.Clauses).Distinct();
}
