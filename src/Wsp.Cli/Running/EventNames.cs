using Wsp.Spi;

namespace Wsp.Cli.Running;

/// <summary>Native names of network events.</summary>
internal static class EventNames
{
    private static readonly (NetworkEvents Event, string Name)[] s_names =
    [
        (NetworkEvents.Read, "FD_READ"), (NetworkEvents.Write, "FD_WRITE"), (NetworkEvents.OutOfBand, "FD_OOB"), (NetworkEvents.Accept, "FD_ACCEPT"),
        (NetworkEvents.Connect, "FD_CONNECT"), (NetworkEvents.Close, "FD_CLOSE"), (NetworkEvents.Qos, "FD_QOS"), (NetworkEvents.GroupQos, "FD_GROUP_QOS"),
        (NetworkEvents.RoutingInterfaceChange, "FD_ROUTING_INTERFACE_CHANGE"), (NetworkEvents.AddressListChange, "FD_ADDRESS_LIST_CHANGE"),
    ];

    public static IEnumerable<(NetworkEvents Event, string Name)> In(NetworkEvents events) => s_names.Where(entry => (events & entry.Event) != 0);

    public static string One(NetworkEvents networkEvent) => s_names.FirstOrDefault(entry => entry.Event == networkEvent).Name ?? networkEvent.ToString();

    public static string Text(NetworkEvents events) => events == NetworkEvents.None ? "none" : string.Join(" | ", In(events).Select(entry => entry.Name));
}
