namespace Wsp.Spi;

/// <summary>
/// An overlapped record, the native WSAOVERLAPPED: owned by the client, in use by the provider from the start of an operation until it has ended
/// (SEND-19, RECV-22), one operation at a time (SEND-20).
/// </summary>
/// <threadsafety>Fields are written by the provider on any thread; <see cref="InternalHigh"/> is written before <see cref="Internal"/> (GETOVL-27).</threadsafety>
public sealed class WsaOverlapped
{
    private int _internal;

    /// <summary>The status word; <see cref="NtStatus.Pending"/> while an operation is in progress (GETOVL-24).</summary>
    public NtStatus Internal
    {
        get => (NtStatus)(uint)Volatile.Read(ref _internal);
        set => Volatile.Write(ref _internal, (int)(uint)value);
    }

    /// <summary>The number of bytes moved, once the operation has finished.</summary>
    public int InternalHigh { get; set; }

    /// <summary>The provider's own (GETOVL-21): the flags that belong to the completion (GETOVL-25).</summary>
    public int Offset { get; set; }

    /// <summary>The provider's own (GETOVL-21): the error of the completion (GETOVL-25).</summary>
    public int OffsetHigh { get; set; }

    /// <summary>The event to set at completion; ignored when a completion routine is given (SEND-23, RECV-26).</summary>
    public EventHandle Event { get; set; }

    /// <summary>Names the last operation the record was given to; the provider's own.</summary>
    internal long LastRequest { get; set; }

    /// <summary>Whether the status word says that an operation is in progress.</summary>
    public bool InProgress => Internal == NtStatus.Pending;
}
