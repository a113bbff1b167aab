using System.Runtime.CompilerServices;
using Wsp.Model;
using Wsp.Spi;

namespace Wsp.Provider;

/// <content>Sends, receives and the results of overlapped operations.</content>
public sealed partial class WspProvider
{
    /// <inheritdoc/>
    public WsaError Send(SocketHandle s, ReadOnlySpan<WsaBuffer> buffers, ref int bytesSent, MessageFlags flags, WsaOverlapped? overlapped = null, WspCompletionRoutine? routine = null, WspThreadId thread = default)
    {
        OverlappedRequest? request = NewUse(overlapped, routine, [], null);
        return Sent(
            new ProviderInput.Send
            {
                Socket = _handles.Inner(s),
                Thread = ThreadOr(thread),
                Overlapped = request,
                Flags = flags,
                CountMissing = Unsafe.IsNullRef(ref bytesSent),
                BufferCount = buffers.Length,
                IsTooLong = Buffers.AreTooLong(buffers),
                Data = Buffers.Gather(buffers),
            },
            ref bytesSent);
    }

    /// <inheritdoc/>
    public WsaError SendTo(SocketHandle s, ReadOnlySpan<WsaBuffer> buffers, ref int bytesSent, MessageFlags flags, ReadOnlySpan<byte> to, WsaOverlapped? overlapped = null, WspCompletionRoutine? routine = null, WspThreadId thread = default)
    {
        OverlappedRequest? request = NewUse(overlapped, routine, [], null);
        SockAddr? address = null;
        if (!to.IsEmpty)
            address = SockAddr.TryRead(to, out SockAddr read) ? read : default(SockAddr);
        return Sent(
            new ProviderInput.SendTo
            {
                Socket = _handles.Inner(s),
                Thread = ThreadOr(thread),
                Overlapped = request,
                Flags = flags,
                CountMissing = Unsafe.IsNullRef(ref bytesSent),
                BufferCount = buffers.Length,
                IsTooLong = Buffers.AreTooLong(buffers),
                Data = Buffers.Gather(buffers),
                Address = address,
            },
            ref bytesSent);
    }

    /// <inheritdoc/>
    public WsaError Recv(SocketHandle s, ReadOnlySpan<WsaBuffer> buffers, ref int bytesReceived, ref MessageFlags flags, WsaOverlapped? overlapped = null, WspCompletionRoutine? routine = null, WspThreadId thread = default) =>
        Received(
            new ProviderInput.Recv
            {
                Socket = _handles.Inner(s),
                Thread = ThreadOr(thread),
                Overlapped = NewUse(overlapped, routine, overlapped is null ? [] : [.. buffers], null),
                Flags = flags,
                CountMissing = Unsafe.IsNullRef(ref bytesReceived),
                BufferCount = buffers.Length,
                Wanted = Buffers.Room(buffers),
            },
            buffers, ref bytesReceived, ref flags, null);

    /// <inheritdoc/>
    public WsaError RecvFrom(SocketHandle s, ReadOnlySpan<WsaBuffer> buffers, ref int bytesReceived, ref MessageFlags flags, SockAddrBuffer? from, WsaOverlapped? overlapped = null, WspCompletionRoutine? routine = null, WspThreadId thread = default) =>
        Received(
            new ProviderInput.RecvFrom
            {
                Socket = _handles.Inner(s),
                Thread = ThreadOr(thread),
                Overlapped = NewUse(overlapped, routine, overlapped is null ? [] : [.. buffers], overlapped is null ? null : from),
                Flags = flags,
                CountMissing = Unsafe.IsNullRef(ref bytesReceived),
                BufferCount = buffers.Length,
                Wanted = Buffers.Room(buffers),
                FromLength = from is { Name: not null } ? from.NameLength : null,
            },
            buffers, ref bytesReceived, ref flags, from);

    /// <inheritdoc/>
    public WsaError GetOverlappedResult(SocketHandle s, WsaOverlapped? overlapped, ref int bytesTransferred, bool wait, ref MessageFlags flags)
    {
        CallResult result = Begin(
            new ProviderInput.GetOverlappedResult
            {
                Socket = _handles.Inner(s),
                Thread = WspThread.Current.Id,
                RecordMissing = overlapped is null,
                Request = overlapped?.LastRequest ?? 0,
                Status = overlapped?.Internal ?? NtStatus.Success,
                Count = overlapped?.InternalHigh ?? 0,
                Flags = (MessageFlags)(overlapped?.Offset ?? 0),
                Wait = wait,
            },
            out long blocked);
        if ((result.Error == WsaError.Success || result.CountsOnError) && !Unsafe.IsNullRef(ref bytesTransferred))
            bytesTransferred = result.Count;
        if (result.Error == WsaError.Success && !Unsafe.IsNullRef(ref flags))
            flags = result.Flags;

        End(blocked);
        return result.Error;
    }

    private WsaError Sent(ProviderInput.TransferCall input, ref int bytesSent)
    {
        CallResult result = Begin(input, out long blocked);
        if (result.Error == WsaError.Success && !Unsafe.IsNullRef(ref bytesSent))
            bytesSent = result.Count;
        End(blocked);
        DropUse(input.Overlapped, result);
        return result.Error;
    }

    private WsaError Received(ProviderInput.TransferCall input, ReadOnlySpan<WsaBuffer> buffers, ref int bytesReceived, ref MessageFlags flags, SockAddrBuffer? from)
    {
        CallResult result = Begin(input, out long blocked);

        // A truncated datagram fails, yet its beginning is handed over (RECV-56).
        if (result.Error is WsaError.Success or WsaError.MessageSize)
        {
            Buffers.Fill(buffers, result.Data);
            if (!Unsafe.IsNullRef(ref bytesReceived))
                bytesReceived = result.Count;
            if (!Unsafe.IsNullRef(ref flags))
                flags = result.Flags;
            if (!result.Address.IsNone)
                from?.TrySet(result.Address);
        }

        End(blocked);
        DropUse(input.Overlapped, result);
        return result.Error;
    }
}
