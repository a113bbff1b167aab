namespace Wsp.Spi;

/// <summary>Native names and texts of <see cref="WsaError"/>.</summary>
public static class WsaErrors
{
    /// <summary>Gives the native name, for instance <c>WSANOTINITIALISED</c>, or the bare number where there is none.</summary>
    /// <param name="error">Any value, also one that the enumeration does not name.</param>
    public static string NativeName(this WsaError error) => error switch
    {
        WsaError.Success => "SUCCESS",
        WsaError.InvalidHandle => "WSA_INVALID_HANDLE",
        WsaError.NotEnoughMemory => "WSA_NOT_ENOUGH_MEMORY",
        WsaError.InvalidParameter => "WSA_INVALID_PARAMETER",
        WsaError.OperationAborted => "WSA_OPERATION_ABORTED",
        WsaError.IOIncomplete => "WSA_IO_INCOMPLETE",
        WsaError.IOPending => "WSA_IO_PENDING",
        WsaError.Interrupted => "WSAEINTR",
        WsaError.BadDescriptor => "WSAEBADF",
        WsaError.AccessDenied => "WSAEACCES",
        WsaError.Fault => "WSAEFAULT",
        WsaError.InvalidArgument => "WSAEINVAL",
        WsaError.TooManyOpenSockets => "WSAEMFILE",
        WsaError.WouldBlock => "WSAEWOULDBLOCK",
        WsaError.InProgress => "WSAEINPROGRESS",
        WsaError.AlreadyInProgress => "WSAEALREADY",
        WsaError.NotSocket => "WSAENOTSOCK",
        WsaError.DestinationAddressRequired => "WSAEDESTADDRREQ",
        WsaError.MessageSize => "WSAEMSGSIZE",
        WsaError.ProtocolType => "WSAEPROTOTYPE",
        WsaError.ProtocolOption => "WSAENOPROTOOPT",
        WsaError.ProtocolNotSupported => "WSAEPROTONOSUPPORT",
        WsaError.SocketNotSupported => "WSAESOCKTNOSUPPORT",
        WsaError.OperationNotSupported => "WSAEOPNOTSUPP",
        WsaError.ProtocolFamilyNotSupported => "WSAEPFNOSUPPORT",
        WsaError.AddressFamilyNotSupported => "WSAEAFNOSUPPORT",
        WsaError.AddressAlreadyInUse => "WSAEADDRINUSE",
        WsaError.AddressNotAvailable => "WSAEADDRNOTAVAIL",
        WsaError.NetworkDown => "WSAENETDOWN",
        WsaError.NetworkUnreachable => "WSAENETUNREACH",
        WsaError.NetworkReset => "WSAENETRESET",
        WsaError.ConnectionAborted => "WSAECONNABORTED",
        WsaError.ConnectionReset => "WSAECONNRESET",
        WsaError.NoBufferSpaceAvailable => "WSAENOBUFS",
        WsaError.IsConnected => "WSAEISCONN",
        WsaError.NotConnected => "WSAENOTCONN",
        WsaError.Shutdown => "WSAESHUTDOWN",
        WsaError.TooManyReferences => "WSAETOOMANYREFS",
        WsaError.TimedOut => "WSAETIMEDOUT",
        WsaError.ConnectionRefused => "WSAECONNREFUSED",
        WsaError.TooManySymbolicLinks => "WSAELOOP",
        WsaError.NameTooLong => "WSAENAMETOOLONG",
        WsaError.HostDown => "WSAEHOSTDOWN",
        WsaError.HostUnreachable => "WSAEHOSTUNREACH",
        WsaError.DirectoryNotEmpty => "WSAENOTEMPTY",
        WsaError.ProcessLimit => "WSAEPROCLIM",
        WsaError.UserQuotaExceeded => "WSAEUSERS",
        WsaError.DiskQuotaExceeded => "WSAEDQUOT",
        WsaError.StaleHandle => "WSAESTALE",
        WsaError.RemoteItem => "WSAEREMOTE",
        WsaError.SystemNotReady => "WSASYSNOTREADY",
        WsaError.VersionNotSupported => "WSAVERNOTSUPPORTED",
        WsaError.NotInitialized => "WSANOTINITIALISED",
        WsaError.Disconnecting => "WSAEDISCON",
        WsaError.NoMore => "WSAENOMORE",
        WsaError.Cancelled => "WSAECANCELLED",
        WsaError.InvalidProcedureTable => "WSAEINVALIDPROCTABLE",
        WsaError.InvalidProvider => "WSAEINVALIDPROVIDER",
        WsaError.ProviderFailedInitialization => "WSAEPROVIDERFAILEDINIT",
        WsaError.SystemCallFailure => "WSASYSCALLFAILURE",
        WsaError.ServiceNotFound => "WSASERVICE_NOT_FOUND",
        WsaError.TypeNotFound => "WSATYPE_NOT_FOUND",
        WsaError.NoMoreResults => "WSA_E_NO_MORE",
        WsaError.LookupCancelled => "WSA_E_CANCELLED",
        WsaError.QueryRefused => "WSAEREFUSED",
        WsaError.HostNotFound => "WSAHOST_NOT_FOUND",
        WsaError.TryAgain => "WSATRY_AGAIN",
        WsaError.NoRecovery => "WSANO_RECOVERY",
        WsaError.NoData => "WSANO_DATA",
        _ => ((int)error).ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    /// <summary>Gives native name and number, for instance <c>WSANOTINITIALISED (10093)</c>.</summary>
    /// <param name="error">Any value.</param>
    public static string Describe(this WsaError error) => error == WsaError.Success
        ? "success (0)"
        : $"{error.NativeName()} ({(int)error})";

    /// <summary>Finds an error by its native name; the comparison is exact.</summary>
    /// <param name="nativeName">A name such as <c>WSAECONNRESET</c>.</param>
    /// <param name="error">The error found, or <see cref="WsaError.Success"/>.</param>
    /// <returns>Whether the name is known.</returns>
    public static bool TryParse(string nativeName, out WsaError error)
    {
        foreach (WsaError candidate in Enum.GetValues<WsaError>())
        {
            if (candidate != WsaError.Success && candidate.NativeName() == nativeName)
            {
                error = candidate;
                return true;
            }
        }

        error = WsaError.Success;
        return false;
    }
}
