namespace Wsp.Diagnostics;

/// <summary>The ids of the library's log messages; they are part of its interface, and a retired id is never used again. 1000: lifecycle. 2000: calls. 3000: overlapped operations. 4000: lingering data. 9000: faults.</summary>
public static class WspEventIds
{
    /// <summary>A startup has succeeded.</summary>
    public const int Started = 1000;

    /// <summary>A cleanup has left references.</summary>
    public const int ReferenceGivenBack = 1001;

    /// <summary>A final cleanup has begun.</summary>
    public const int CleanupBegun = 1002;

    /// <summary>A final cleanup is waiting.</summary>
    public const int CleanupWaits = 1003;

    /// <summary>The provider may be unloaded.</summary>
    public const int Unloadable = 1004;

    /// <summary>The process ended without cleanup.</summary>
    public const int ProcessEnded = 1005;

    /// <summary>A finding in the terms of the Application Verifier.</summary>
    public const int VerifierStop = 1006;

    /// <summary>The network has gone down or come back.</summary>
    public const int NetworkChanged = 1007;

    /// <summary>A call has failed.</summary>
    public const int CallFailed = 2000;

    /// <summary>A transition was made.</summary>
    public const int Transition = 2001;

    /// <summary>A final cleanup has aborted overlapped operations.</summary>
    public const int OperationsAborted = 3000;

    /// <summary>The data of a closed socket was handed to the transport.</summary>
    public const int HandedOff = 4000;

    /// <summary>Accepted data was thrown away.</summary>
    public const int Discarded = 4001;

    /// <summary>An effect has failed in foreign code.</summary>
    public const int EffectFailed = 9000;
}
