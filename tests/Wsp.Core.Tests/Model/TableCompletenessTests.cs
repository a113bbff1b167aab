using Wsp.Model;
using Wsp.Spi;
using Input = Wsp.Model.ProviderInput;

namespace Wsp.Core.Tests.Model;

/// <summary>Every phase lists every input, and every step is a function of state and input alone.</summary>
public class TableCompletenessTests
{
    [Fact]
    public void SampleInputs_CoverEveryKind() =>
        SampleInputs.All(new SocketHandle(4)).Select(input => input.Kind).Should().BeEquivalentTo(Enum.GetValues<InputKind>());

    [Fact]
    public void EveryPhase_EveryInput_HasARowNamesItsRuleAndKeepsTheInvariants()
    {
        foreach ((string phase, ProviderState state, SocketHandle s) in Situations())
        {
            foreach (ProviderInput input in SampleInputs.All(s))
            {
                Transition transition = ProviderMachine.Apply(state, input);
                transition.Rules.Should().NotBeEmpty("{0} in {1}", input.Kind, phase);
                ModelInvariants.Check(input, transition).Should().BeEmpty("{0} in {1}", input.Kind, phase);
            }
        }
    }

    [Fact]
    public void EveryPhase_SameInputTwice_GivesTheSameTransitionAndLeavesTheStateAlone()
    {
        foreach ((string phase, ProviderState state, SocketHandle s) in Situations())
        {
            foreach (ProviderInput input in SampleInputs.All(s))
            {
                string before = StateText.Of(state);
                string first = StateText.Of(ProviderMachine.Apply(state, input));
                string second = StateText.Of(ProviderMachine.Apply(state, input));
                second.Should().Be(first, "{0} in {1}", input.Kind, phase);
                StateText.Of(state).Should().Be(before, "{0} in {1} must not change its state", input.Kind, phase);
            }
        }
    }

    private static IEnumerable<(string Phase, ProviderState State, SocketHandle Socket)> Situations()
    {
        yield return ("not initialized", ProviderState.Initial(), new SocketHandle(4));
        foreach ((string name, Func<Given, SocketHandle> make) in new (string, Func<Given, SocketHandle>)[]
                 {
                     ("unbound", given => given.Stream()),
                     ("bound", given => given.Bound()),
                     ("listening", given => given.Listener()),
                     ("connected", given => given.Connected()),
                     ("connected with data", WithData),
                     ("datagram", given => given.Bound(stream: false)),
                     ("closed with data", ClosedWithData),
                 })
        {
            Given given = Given.Running();
            SocketHandle s = make(given);
            yield return ("running, " + name, given.State, s);
            given.Apply(new Input.NetworkDown());
            yield return ("network down, " + name, given.State, s);
            given = Given.Running();
            s = make(given);
            given.Cleanup();
            yield return ("cleaning up, " + name, given.State, s);
            for (int i = 0; i < 3; i++)
            {
                given.Apply(new Input.Advance());
                yield return ($"cleaning up after {i + 1} steps, {name}", given.State, s);
            }
        }
    }

    private static SocketHandle WithData(Given given)
    {
        SocketHandle s = given.Connected();
        given.Data(s, 10);
        given.Send(s, 100_000, given.Request(e: 8));
        return s;
    }

    private static SocketHandle ClosedWithData(Given given)
    {
        SocketHandle s = given.Connected();
        given.Send(s, 10);
        given.Apply(new Input.CloseSocket { Thread = Given.Main, Socket = s });
        return s;
    }
}
