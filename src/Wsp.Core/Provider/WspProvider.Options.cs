using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Wsp.Model;
using Wsp.Spi;

namespace Wsp.Provider;

/// <content>Options, control codes and network events.</content>
public sealed partial class WspProvider
{
    private const int SolSocket = 0xFFFF;
    private const int SendTimeout = 0x1005;
    private const int ReceiveTimeout = 0x1006;

    /// <inheritdoc/>
    public WsaError GetSockOpt(SocketHandle s, int level, int name, Span<byte> value, ref int length)
    {
        bool missing = Unsafe.IsNullRef(ref length) || Unsafe.IsNullRef(ref MemoryMarshal.GetReference(value));
        CallResult result = Step(new ProviderInput.GetSockOpt
        {
            Socket = _handles.Inner(s),
            Thread = WspThread.Current.Id,
            Level = level,
            Name = name,
            Length = missing ? null : length,
        }).Result;
        if (!result.Data.IsDefaultOrEmpty)
            result.Data[0].Bytes.Span[..Math.Min(value.Length, result.Data[0].Length)].CopyTo(value);
        if (result.Error == WsaError.Success)
            length = result.Count;
        return result.Error;
    }

    /// <inheritdoc/>
    public WsaError SetSockOpt(SocketHandle s, int level, int name, ReadOnlySpan<byte> value, int length)
    {
        WsaError error = Step(new ProviderInput.SetSockOpt
        {
            Socket = _handles.Inner(s),
            Thread = WspThread.Current.Id,
            Level = level,
            Name = name,
            Value = Unsafe.IsNullRef(ref MemoryMarshal.GetReference(value)) ? null : value.ToArray(),
            Length = length,
        }).Result.Error;

        // From the first time-out on, the model has to know the time at every send and receive.
        if (error == WsaError.Success && level == SolSocket && name is SendTimeout or ReceiveTimeout)
            _hasTimeouts = true;
        return error;
    }

    /// <inheritdoc/>
    public WsaError Ioctl(SocketHandle s, uint code, ReadOnlyMemory<byte> input, Memory<byte> output, ref int bytesReturned, WsaOverlapped? overlapped = null, WspCompletionRoutine? routine = null, WspThreadId thread = default)
    {
        OverlappedRequest? request = NewUse(overlapped, routine, [new WsaBuffer(output)], null);
        var call = new ProviderInput.Ioctl
        {
            Socket = _handles.Inner(s),
            Thread = ThreadOr(thread),
            Overlapped = request,
            CountMissing = Unsafe.IsNullRef(ref bytesReturned),
            Code = code,
            Input = input.IsEmpty ? null : input.ToArray(),
            OutputLength = output.Length,
        };
        CallResult result = Begin(call, out long blocked);
        if (result.Error == WsaError.Success)
            Buffers.Fill([new WsaBuffer(output)], result.Data);
        if ((result.Error == WsaError.Success || result.CountsOnError) && !Unsafe.IsNullRef(ref bytesReturned))
            bytesReturned = result.Count;
        End(blocked);
        DropUse(request, result);
        return result.Error;
    }

    /// <inheritdoc/>
    public WsaError EventSelect(SocketHandle s, EventHandle eventObject, NetworkEvents events) => Step(new ProviderInput.EventSelect
    {
        Socket = _handles.Inner(s),
        Thread = WspThread.Current.Id,
        EventObject = eventObject,
        Events = events,
    }).Result.Error;

    /// <inheritdoc/>
    public WsaError AsyncSelect(SocketHandle s, WindowHandle window, int message, NetworkEvents events) => Step(new ProviderInput.AsyncSelect
    {
        Socket = _handles.Inner(s),
        Thread = WspThread.Current.Id,
        Window = window,
        Message = message,
        Events = events,
    }).Result.Error;

    /// <inheritdoc/>
    public WsaError EnumNetworkEvents(SocketHandle s, EventHandle eventObject, WsaNetworkEvents? events)
    {
        CallResult result = Step(new ProviderInput.EnumNetworkEvents
        {
            Socket = _handles.Inner(s),
            Thread = WspThread.Current.Id,
            EventObject = eventObject,
            RecordMissing = events is null,
        }).Result;
        if (result.Detail is not EventRegistration record)
            return result.Error;
        events!.Events = record.Recorded;
        record.Errors.CopyTo(events.ErrorCodes);
        return WsaError.Success;
    }
}
