using Wsp.Spi;

namespace Wsp.Core.Tests.Spi;

/// <summary>The handle of an event object, whose lowest bit speaks of the completion port.</summary>
public class EventHandleTests
{
    [Fact]
    public void Handle_AsText_IsItsValue()
    {
        new EventHandle(64).ToString().Should().Be("0x40");
        new EventHandle(64).WithoutCompletionPort().ToString().Should().Be("0x41");
        EventHandle.None.ToString().Should().Be("0x0");
    }

    [Fact]
    public void LowestBit_IsNoPartOfTheEvent()
    {
        EventHandle suppressing = new EventHandle(64).WithoutCompletionPort();

        suppressing.SuppressesCompletionPort.Should().BeTrue();
        suppressing.Event.Should().Be(new EventHandle(64));
        new EventHandle(1).IsNone.Should().BeTrue();
    }
}
