using Wsp.Spi;

namespace Wsp.Provider;

/// <summary>
/// A completion packet as a wait on a port reports it.
/// </summary>
/// <param name="Key">The key of the association.</param>
/// <param name="Overlapped">The record of the operation.</param>
/// <param name="BytesTransferred">The bytes moved.</param>
/// <param name="Status">The status word of the operation at that moment.</param>
public sealed record CompletionPacket(long Key, WsaOverlapped Overlapped, int BytesTransferred, NtStatus Status);

/// <summary>
/// The system's side of completion ports, which an upcall table may have beside the native entries: an IFS provider's packets are queued by the
/// system itself. An upcall table without it is given <see cref="IWspUpcalls.CompleteOverlappedRequest"/> instead.
/// </summary>
public interface ICompletionPorts
{
    /// <summary>Queues a packet to a port.</summary>
    /// <param name="port">The port.</param>
    /// <param name="packet">The packet.</param>
    void Post(CompletionPortHandle port, CompletionPacket packet);
}
