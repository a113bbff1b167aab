using System.Collections.Immutable;
using System.Net.Sockets;
using Wsp.Model;
using Wsp.Spi;

namespace Wsp.Transport.Memory;

/// <summary>One provider's side of a host.</summary>
internal sealed class MemorySession(MemoryHost host, ITransportSink sink) : ITransportSession
{
    private readonly Dictionary<SocketHandle, MemoryEndpoint> _endpoints = [];
    private readonly Dictionary<SocketHandle, StreamSide> _sides = [];
    private readonly List<StreamSide> _detached = [];

    public MemoryHost Host { get; } = host;

    public ITransportSink Sink { get; } = sink;

    public IEnumerable<StreamSide> Sides => _sides.Values.Concat(_detached);

    private MemoryNetwork Network => Host.Network;

    public void Bind(SocketHandle endpoint, EndpointKind kind, SockAddr address) => Ask(() =>
    {
        WsaError error = BindNow(endpoint, kind, address, out SockAddr local);
        Answer(() => Sink.BindAnswered(endpoint, error, local));
    });

    public void Listen(SocketHandle endpoint, int backlog) => Ask(() =>
    {
        if (!_endpoints.TryGetValue(endpoint, out MemoryEndpoint? bound))
            return;
        bound.IsListening = true;
        Answer(() => Sink.ListenAnswered(endpoint, WsaError.Success));
    });

    public void Connect(SocketHandle endpoint, EndpointKind kind, SockAddr remote) => Ask(() =>
    {
        if (!_endpoints.TryGetValue(endpoint, out MemoryEndpoint? bound))
        {
            SockAddr wanted = kind.Type == SocketType.Stream ? Host.SourceFor(remote, 0) : SockAddr.Any(kind.Family);
            WsaError error = BindNow(endpoint, kind, wanted, out SockAddr local);
            if (error != WsaError.Success)
            {
                if (kind.Type == SocketType.Stream)
                    Answer(() => Sink.ConnectAnswered(endpoint, error, default, default));
                return;
            }

            Answer(() => Sink.AddressAssigned(endpoint, local));
            bound = _endpoints[endpoint];
        }

        if (kind.Type == SocketType.Stream && Network.Route(Host, remote) is { } target)
            ConnectTo(endpoint, bound, target, remote);
    });

    public void Accepted(SocketHandle endpoint)
    {
    }

    public void Transmit(SocketHandle endpoint, ImmutableArray<Payload> data) => AskSide(endpoint, side => side.Transmit(data));

    public void TransmitDatagram(SocketHandle endpoint, EndpointKind kind, SockAddr to, Payload data) => Ask(() =>
    {
        if (!_endpoints.TryGetValue(endpoint, out MemoryEndpoint? bound))
        {
            if (BindNow(endpoint, kind, SockAddr.Any(kind.Family), out SockAddr local) != WsaError.Success)
                return;
            Answer(() => Sink.AddressAssigned(endpoint, local));
            bound = _endpoints[endpoint];
        }

        SockAddr from = bound.Local.IsWildcard ? Host.SourceFor(to, bound.Local.Port) : bound.Local;
        foreach (MemoryHost target in to.IsBroadcast ? Network.Hosts : Network.Route(Host, to) is { } one ? [one] : [])
            Network.DeliverDatagram(Host, target, () => ArriveDatagram(target, from, to, data));
    });

    public void Consumed(SocketHandle endpoint, int count) => AskSide(endpoint, side => side.Consumed(count));

    public void Finish(SocketHandle endpoint) => AskSide(endpoint, side => side.Finish());

    public void Reset(SocketHandle endpoint) => Ask(() =>
    {
        if (_sides.TryGetValue(endpoint, out StreamSide? side))
            side.Reset();
        Unbind(endpoint);
    });

    public void Close(SocketHandle endpoint) => Ask(() =>
    {
        if (_sides.TryGetValue(endpoint, out StreamSide? side))
        {
            side.Detach();
            side.Finish();
        }
        else
        {
            Unbind(endpoint);
        }
    });

    public void HandOff(SocketHandle endpoint, ImmutableArray<Payload> rest) => AskSide(endpoint, side =>
    {
        side.Detach();
        side.Transmit(rest);
        side.Finish();
    });

    /// <summary>An end is not to be found under its name any more.</summary>
    public void Forget(StreamSide side)
    {
        _sides.Remove(side.Handle);
        _endpoints.Remove(side.Handle);
        _detached.Remove(side);
        if (!side.IsGone)
            _detached.Add(side);
    }

    private WsaError BindNow(SocketHandle endpoint, EndpointKind kind, SockAddr address, out SockAddr local)
    {
        local = default;
        if (!address.IsWildcard && !address.IsBroadcast && !Host.Has(address))
            return WsaError.AddressNotAvailable;
        var bound = new MemoryEndpoint(this, endpoint, kind);
        WsaError error = Host.Ports.Bind(bound, address);
        if (error != WsaError.Success)
            return error;
        _endpoints[endpoint] = bound;
        local = bound.Local;
        return error;
    }

    private void Unbind(SocketHandle endpoint)
    {
        if (_endpoints.Remove(endpoint, out MemoryEndpoint? bound))
            Host.Ports.Release(bound);
    }

    private void ConnectTo(SocketHandle endpoint, MemoryEndpoint bound, MemoryHost target, SockAddr remote)
    {
        SockAddr local = bound.Local.IsWildcard ? Host.SourceFor(remote, bound.Local.Port) : bound.Local;
        Network.Deliver(Host, target, () =>
        {
            MemoryEndpoint? listener = target.Ports.At(SocketType.Stream, remote.Port)
                .Where(candidate => candidate.IsListening && candidate.Covers(remote))
                .OrderBy(candidate => candidate.Local.IsWildcard)
                .FirstOrDefault();
            if (listener is null)
            {
                Network.Deliver(target, Host, () => () => Sink.ConnectAnswered(endpoint, WsaError.ConnectionRefused, local, default));
                return null;
            }

            return () => Offer(endpoint, bound, listener, local, remote);
        });
    }

    /// <summary>The request has arrived: the listener's provider takes or refuses it. The answer is on its way before any data can be.</summary>
    private void Offer(SocketHandle endpoint, MemoryEndpoint bound, MemoryEndpoint listener, SockAddr local, SockAddr remote)
    {
        MemorySession server = listener.Session;
        var near = new StreamSide(this, local, bound.Kind.Options.ReceiveBuffer) { Handle = endpoint, Binding = bound };
        var far = new StreamSide(server, remote, listener.Kind.Options.ReceiveBuffer) { Peer = near };
        near.Peer = far;
        bool taken = false;
        lock (Network.Events.Gate)
        {
            Network.Deliver(server.Host, Host, () =>
            {
                if (!taken)
                    return () => Sink.ConnectAnswered(endpoint, WsaError.ConnectionRefused, local, default);

                // Given up while the request was under way: the other end is told by a reset.
                if (!_endpoints.TryGetValue(endpoint, out MemoryEndpoint? current) || current != bound)
                {
                    near.Reset();
                    return null;
                }

                _sides[endpoint] = near;
                return () => Sink.ConnectAnswered(endpoint, WsaError.Success, local, remote);
            });
        }

        WsaError answer = server.Sink.ConnectionArrived(listener.Handle, remote, local, named =>
        {
            // Only the queue's thread is here, and nothing of the new end is known to anybody yet.
            far.Handle = named;
            lock (Network.Events.Gate)
                server._sides[named] = far;
        });
        taken = answer == WsaError.Success;
    }

    private static Action? ArriveDatagram(MemoryHost target, SockAddr from, SockAddr to, Payload data)
    {
        MemoryEndpoint? receiver = target.Ports.At(SocketType.Dgram, to.Port)
            .Where(candidate => to.IsBroadcast || candidate.Covers(to))
            .OrderBy(candidate => candidate.Local.IsWildcard)
            .FirstOrDefault();
        return receiver is null ? null : () => receiver.Session.Sink.DatagramArrived(receiver.Handle, from, data);
    }

    private void Ask(Action request)
    {
        lock (Network.Events.Gate)
            request();
        Network.Kick();
    }

    private void AskSide(SocketHandle endpoint, Action<StreamSide> request) => Ask(() =>
    {
        if (_sides.TryGetValue(endpoint, out StreamSide? side))
            request(side);
    });

    /// <summary>Something is known at once on this very host, without the network.</summary>
    private void Answer(Action report) => Network.Events.Add(0, () => report);
}
