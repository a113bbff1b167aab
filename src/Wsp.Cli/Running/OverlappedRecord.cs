using Wsp.Spi;

namespace Wsp.Cli.Running;

/// <summary>An overlapped record of a case, and the buffers of the operation it was last given to.</summary>
internal sealed class OverlappedRecord
{
    /// <summary>The native record, filled so that it shows what was written.</summary>
    public WsaOverlapped Native { get; } = new() { Internal = unchecked((NtStatus)(uint)Prefill.Number), InternalHigh = Prefill.Number };

    public byte[][] Buffers { get; set; } = [];
}
