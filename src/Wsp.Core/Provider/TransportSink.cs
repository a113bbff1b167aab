using Wsp.Model;
using Wsp.Spi;
using Wsp.Transport;

namespace Wsp.Provider;

/// <summary>Turns the transport's reports into inputs of the model.</summary>
internal sealed class TransportSink(WspProvider provider) : ITransportSink
{
    public void BindAnswered(SocketHandle endpoint, WsaError error, SockAddr local) =>
        provider.Post(new ProviderInput.BindAnswered { Endpoint = endpoint, Error = error, Local = local });

    public void AddressAssigned(SocketHandle endpoint, SockAddr local) =>
        provider.Post(new ProviderInput.AddressAssigned { Endpoint = endpoint, Local = local });

    public void ListenAnswered(SocketHandle endpoint, WsaError error) =>
        provider.Post(new ProviderInput.ListenAnswered { Endpoint = endpoint, Error = error });

    public void ConnectAnswered(SocketHandle endpoint, WsaError error, SockAddr local, SockAddr remote) =>
        provider.Post(new ProviderInput.ConnectAnswered { Endpoint = endpoint, Error = error, Local = local, Remote = remote });

    public WsaError ConnectionArrived(SocketHandle listener, SockAddr local, SockAddr remote, Action<SocketHandle> named)
    {
        CallResult result = provider.Post(
            new ProviderInput.ConnectionArrived { Listener = listener, Local = local, Remote = remote },
            transition =>
            {
                if (transition.Result.Error == WsaError.Success)
                    named(transition.Result.Socket);
            }).Result;
        return result.Error;
    }

    public void DataArrived(SocketHandle endpoint, Payload data) => provider.Post(new ProviderInput.DataArrived { Endpoint = endpoint, Data = data });

    public void DatagramArrived(SocketHandle endpoint, SockAddr from, Payload data) =>
        provider.Post(new ProviderInput.DatagramArrived { Endpoint = endpoint, From = from, Data = data });

    public void BytesTaken(SocketHandle endpoint, int count) => provider.Post(new ProviderInput.BytesTaken { Endpoint = endpoint, Count = count });

    public void PeerFinished(SocketHandle endpoint) => provider.Post(new ProviderInput.PeerFinished { Endpoint = endpoint });

    public void ConnectionBroken(SocketHandle endpoint, WsaError error) =>
        provider.Post(new ProviderInput.ConnectionBroken { Endpoint = endpoint, Error = error });

    public void NetworkDown() => provider.Post(new ProviderInput.NetworkDown());

    public void NetworkUp() => provider.Post(new ProviderInput.NetworkUp());
}
