namespace Wsp.Spi;

/// <summary>The status word that stands for an error in an overlapped record.</summary>
public static class NtStatusOfError
{
    /// <summary>Translates an error into the status word that <see cref="NtStatuses.ToWsaError"/> translates back.</summary>
    /// <param name="error">The error of an operation; one without a status word of its own is shown as a refused request.</param>
    public static NtStatus ToNtStatus(this WsaError error) => error switch
    {
        WsaError.Success => NtStatus.Success,
        WsaError.IOPending => NtStatus.Pending,
        WsaError.OperationAborted => NtStatus.Cancelled,
        WsaError.ConnectionReset => NtStatus.ConnectionReset,
        WsaError.ConnectionAborted => NtStatus.ConnectionAborted,
        WsaError.ConnectionRefused => NtStatus.ConnectionRefused,
        WsaError.MessageSize => NtStatus.BufferOverflow,
        WsaError.TimedOut => NtStatus.IoTimeout,
        WsaError.NetworkDown => NtStatus.NoSuchDevice,
        WsaError.NetworkUnreachable => NtStatus.NetworkUnreachable,
        WsaError.HostUnreachable => NtStatus.HostUnreachable,
        WsaError.NotConnected => NtStatus.InvalidConnection,
        WsaError.NotSocket => NtStatus.InvalidHandle,
        WsaError.InvalidArgument => NtStatus.InvalidParameter,
        WsaError.NoBufferSpaceAvailable => NtStatus.InsufficientResources,
        WsaError.AddressAlreadyInUse => NtStatus.AddressAlreadyExists,
        WsaError.AddressNotAvailable => NtStatus.InvalidAddressComponent,
        WsaError.Fault => NtStatus.AccessViolation,
        WsaError.Interrupted => NtStatus.RequestAborted,
        WsaError.Disconnecting => NtStatus.GracefulDisconnect,
        _ => NtStatus.NotSupported,
    };
}
