using System.Globalization;
using Wsp.Spi;

namespace Wsp.Cli.Running;

/// <summary>A number that people know by a name. It is compared as a number.</summary>
internal readonly record struct Named(long Number, string Name)
{
    public static Named Of(WsaError error) => new((long)error, error.NativeName());

    public static Named Of(NtStatus status) => new((uint)status, status.NativeName());

    public static Named Of(NetworkEvents networkEvent) => new((long)networkEvent, EventNames.One(networkEvent));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name} ({Number})");
}
