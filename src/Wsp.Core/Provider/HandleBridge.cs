using System.Collections.Concurrent;
using Wsp.Spi;

namespace Wsp.Provider;

/// <summary>
/// The handles a client sees. An IFS provider offers its own to <see cref="IWspUpcalls.ModifyIfsHandle"/> and uses what comes back; any other gets
/// handles from <see cref="IWspUpcalls.CreateSocketHandle"/> (SOCKET-04 to SOCKET-06). Inside, sockets keep the names the model gave them.
/// </summary>
internal sealed class HandleBridge(bool ifs, int catalogEntryId)
{
    private readonly ConcurrentDictionary<SocketHandle, SocketHandle> _inner = new();
    private readonly ConcurrentDictionary<SocketHandle, SocketHandle> _outer = new();

    /// <summary>Obtains the client's handle of a new socket.</summary>
    public WsaError Open(IWspUpcalls upcalls, SocketHandle inner, out SocketHandle outer)
    {
        WsaError error = ifs ? upcalls.ModifyIfsHandle(catalogEntryId, inner, out outer) : upcalls.CreateSocketHandle(catalogEntryId, inner.Value, out outer);
        if (error == WsaError.Success && outer != inner)
        {
            _inner[outer] = inner;
            _outer[inner] = outer;
        }

        return error;
    }

    /// <summary>The model's name of a handle the client gave; a handle not known is passed on and will not be found.</summary>
    public SocketHandle Inner(SocketHandle outer)
    {
        if (_inner.IsEmpty && ifs)
            return outer;
        return _inner.TryGetValue(outer, out SocketHandle inner) ? inner : ifs && !_outer.ContainsKey(outer) ? outer : SocketHandle.Invalid;
    }

    /// <summary>The client's handle of a socket.</summary>
    public SocketHandle Outer(SocketHandle inner) => _outer.TryGetValue(inner, out SocketHandle outer) ? outer : inner;

    /// <summary>Gives a handle back (CLOSE-35, CLEANUP-40).</summary>
    public void Release(IWspUpcalls upcalls, SocketHandle inner)
    {
        SocketHandle outer = inner;
        if (_outer.TryRemove(inner, out SocketHandle translated))
        {
            outer = translated;
            _inner.TryRemove(outer, out _);
        }

        if (!ifs)
            upcalls.CloseSocketHandle(outer);
    }
}
