using Spectre.Console;
using Wsp.Cli.Input;
using Wsp.Cli.Running;
using Wsp.Model;
using Wsp.Provider;
using Wsp.Spi;

namespace Wsp.Cli.Reporting;

/// <summary>
/// Tells the whole story of a case: each call with its result, and under it each transition of the provider with what it had to do, in order, and the
/// clauses behind it.
/// </summary>
internal sealed class Explainer(IAnsiConsole console) : ICaseWatcher
{
    public void CaseBegins(Scenario scenario)
    {
        console.WriteLine();
        console.MarkupLine($"[bold]{Markup.Escape(scenario.Id)}[/]  {Markup.Escape(scenario.Given)}");
    }

    public void StepDone(World world, Step step, Observation? came, IReadOnlyList<TransitionRecord> transitions)
    {
        string arguments = string.Join(", ", step.Args.Members.Select(member => $"{member.Name} {member.Value}"));
        string names = step.As.Count > 0 ? $" [grey]as {Markup.Escape(string.Join(", ", step.As))}[/]" : "";
        string where = step.Background is { } background ? $" [grey]in the background, {Markup.Escape(background)}[/]"
            : step.Thread is { } thread ? $" [grey]on thread {Markup.Escape(thread)}[/]" : "";
        console.MarkupLine($"[blue]{step.Number,3}[/] [bold]{Markup.Escape(step.Call.Name)}[/] {Markup.Escape(arguments)}{names}{where}");
        console.MarkupLine($"    => {Result(came)}");
        string[] shapes = [.. transitions.Select(Shape)];
        foreach ((int start, int period, int rounds) in Repeats.Find(shapes))
        {
            for (int i = 0; i < period; i++)
                Write(world, transitions[start + i]);
            if (rounds > 1)
                console.MarkupLine($"      [grey]… and {rounds - 1} more time(s) {(period == 1 ? "the same" : $"the same {period} transitions")}[/]");
        }
    }

    private static string Result(Observation? came)
    {
        if (came is null)
            return "[grey]goes on in the background[/]";
        string values = string.Join(", ", came.Values.Where(value => Shown(value.Key, value.Value)).Select(value => $"{value.Key} {Checking.Matcher.Show(value.Value)}"));
        string extra = values.Length == 0 ? "" : $"  [grey]{Markup.Escape(values)}[/]";
        return came.Error switch
        {
            null => $"done{extra}",
            WsaError.Success => $"[green]{Markup.Escape(WsaError.Success.Describe())}[/]{extra}",
            WsaError.IOPending => $"[yellow]{Markup.Escape(WsaError.IOPending.Describe())}[/]",
            { } error => $"[red]{Markup.Escape(error.Describe())}[/]",
        };
    }

    /// <summary>Long data says nothing to a reader, nor does what only some expectations are about.</summary>
    private static bool Shown(string key, object? value) =>
        key is not ("raw" or "pattern" or "data_per_buffer" or "namelen_below" or "padding_zero") && value is not (byte[] { Length: > 64 } or List<object?> { Count: > 8 });

    private void Write(World world, TransitionRecord record)
    {
        Transition transition = record.Transition;
        string result = transition.Result.Outcome == CallOutcome.None ? "" : $" [grey]{Markup.Escape(transition.Result.ToString())}[/]";
        console.MarkupLine($"      [aqua]{Markup.Escape(InputWords.Of(record.Input, world.NameOf))}[/]{result}  {Phases(transition)}");
        foreach (Specification.Rule rule in transition.Rules.Distinct())
            console.MarkupLine($"        [grey]because {Words(rule)}[/]");
        foreach (ProviderEffect effect in transition.Effects)
        {
            string because = transition.Rules.Contains(effect.Because) ? "" : $"  [grey]because {Words(effect.Because)}[/]";
            console.MarkupLine($"        [{Colour(effect.Group)}]-[/] {Markup.Escape(EffectWords.Of(effect, world.NameOf))}{because}");
        }

        WriteCleanup(transition);
        foreach (VerifierStop stop in VerifierStop.Find(transition, record.Input))
            console.MarkupLine($"        [yellow]verifier stop {stop.Code:X}: {Markup.Escape(stop.Message)}[/]");
    }

    /// <summary>Of a final cleanup: who left what behind when it began, and what it waits for at each of its steps.</summary>
    private void WriteCleanup(Transition transition)
    {
        bool begins = transition.From.Phase == ProviderPhase.Running && transition.State.Phase != ProviderPhase.Running && transition.State.LastCleanup is not null;
        if (begins)
        {
            foreach (LeftBehind left in transition.State.LastCleanup!.LeftBehind())
            {
                console.MarkupLine($"        [yellow]left behind by {Markup.Escape(left.Client ?? "a nameless client")}:[/] {left.Sockets.Count} open socket(s), "
                    + $"{left.Operations} pending operation(s), {left.BlockedCalls} blocked call(s), {left.UnsentBytes} unsent byte(s) that will be lost, "
                    + $"{left.LingeringBytes} byte(s) of closed sockets still to send");
            }
        }

        foreach (CleanupWait wait in transition.State.WaitingFor())
            console.MarkupLine($"        [yellow]waits:[/] {Markup.Escape(wait.ToString())}");
    }

    private static string Words(Specification.Rule rule) => Markup.Escape(rule.Clauses.IsEmpty ? rule.Text : rule.ToString());

    private static string Phases(Transition transition)
    {
        string before = Phase(transition.From);
        string after = Phase(transition.State);
        return before == after ? $"[grey]{after}[/]" : $"{before} [bold]=>[/] {after}";
    }

    private static string Phase(ProviderState state) => state.Phase switch
    {
        ProviderPhase.Running => $"Running({state.References.Length})",
        ProviderPhase.CleaningUp => $"CleaningUp({state.Stage})",
        _ => state.Phase.ToString(),
    };

    private static string Colour(EffectGroup group) => group switch
    {
        EffectGroup.Notification => "yellow",
        EffectGroup.Transport => "blue",
        EffectGroup.Release => "magenta",
        _ => "green",
    };

    private static string Shape(TransitionRecord record) =>
        $"{InputWords.Shape(record.Input)}|{record.Transition.Result.Outcome}|{record.Transition.Result.Error}|{Phase(record.Transition.From)}|{Phase(record.Transition.State)}|"
        + string.Join(',', record.Transition.Effects.Select(effect => effect.GetType().Name));
}
