using System.Collections.Immutable;

namespace Wsp.Spi;

/// <summary>
/// The provider's entry points as WSPStartup hands them out, the native WSPPROC_TABLE: 30 slots in alphabetical order (STARTUP-04).
/// The entry points themselves are the members of <see cref="IWspProvider"/>; this table says which of them work and what the others answer.
/// </summary>
public sealed class WspProcTable
{
    /// <summary>The provider whose members fill the slots, or null before a successful startup.</summary>
    public IWspProvider? Provider { get; set; }

    /// <summary>The slots, empty before a successful startup.</summary>
    public ImmutableArray<WspProcEntry> Entries { get; set; } = [];
}

/// <summary>One slot of the procedure table.</summary>
/// <param name="Name">The native name, for instance <c>WSPRecv</c>.</param>
/// <param name="Works">Whether the function does its work.</param>
/// <param name="Answer">What a function that does not work answers; <see cref="WsaError.Success"/> for those that do.</param>
/// <param name="Remark">What is missing, for people.</param>
public sealed record WspProcEntry(string Name, bool Works, WsaError Answer, string Remark);
