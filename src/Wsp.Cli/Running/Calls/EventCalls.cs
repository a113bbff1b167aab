using Wsp.Cli.Vocabulary;
using Wsp.Spi;

namespace Wsp.Cli.Running.Calls;

/// <summary>Network events, as records and as messages.</summary>
internal static class EventCalls
{
    // The first number of an application's own messages.
    private const int Message = 0x0400;

    public static CallSpec[] All { get; } =
    [
        new("WSPEventSelect", "socket! event mask!", "", "", 0, context =>
            Observation.Of(context.Provider.EventSelect(context.Socket(), context.Event(), (NetworkEvents)context.Flags("mask")))),
        new("WSPAsyncSelect", "socket! window! mask!", "", "", 0, context =>
            Observation.Of(context.Provider.AsyncSelect(context.Socket(), context.World.Get<WindowHandle>(context.Text("window")!), Message, (NetworkEvents)context.Flags("mask")))),
        new("WSPEnumNetworkEvents", "socket! event", "events event_errors", "", 0, Enum),
    ];

    private static Observation Enum(StepContext context)
    {
        var record = new WsaNetworkEvents();
        WsaError error = context.Provider.EnumNetworkEvents(context.Socket(), context.Event(), record);
        var events = EventNames.In(record.Events).ToList();
        return Observation.Of(error)
            .With("events", events.Select(entry => (object?)new Named((long)entry.Event, entry.Name)).ToList())
            .With("event_errors", events.ToDictionary(entry => entry.Name, entry => (object?)Named.Of(record.ErrorOf(entry.Event)), StringComparer.Ordinal));
    }
}
