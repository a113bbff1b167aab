using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Wsp.Model;
using Wsp.Specification;

namespace Wsp.Provider;

/// <summary>How a <see cref="WspProvider"/> is set up.</summary>
public sealed class WspProviderOptions
{
    /// <summary>Whose behaviour it shows where the documentation leaves a choice. Defaults to <see cref="Profile.Documented"/>.</summary>
    public Profile Profile { get; set; } = Profile.Documented;

    /// <summary>Limits, buffers and versions. Defaults to <see cref="ModelSettings.Default"/>; readings and the nature of the transport are filled in from elsewhere.</summary>
    public ModelSettings Settings { get; set; } = ModelSettings.Default;

    /// <summary>Whether sockets are system handles (XP1_IFS_HANDLES). Defaults to true.</summary>
    public bool IfsHandles { get; set; } = true;

    /// <summary>The provider's catalog entry, as handed to upcalls. Defaults to 1001.</summary>
    public int CatalogEntryId { get; set; } = 1001;

    /// <summary>Whether the final cleanup takes its steps by itself. When false, <see cref="WspProvider.AdvanceCleanup"/> takes them. Defaults to true.</summary>
    public bool AdvanceAutomatically { get; set; } = true;

    /// <summary>The upcall table used when a startup brings none. Defaults to a new <see cref="WspSystem"/>.</summary>
    public Spi.IWspUpcalls? Upcalls { get; set; }

    /// <summary>The clock behind linger times and time-outs. Defaults to <see cref="TimeProvider.System"/>.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Where log messages go. Defaults to nowhere.</summary>
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>Who makes the meter. Defaults to a meter of the library's own.</summary>
    public IMeterFactory? MeterFactory { get; set; }

    /// <summary>Told about every transition, in order, before its effects are carried out. Defaults to none.</summary>
    public Action<TransitionRecord>? Observer { get; set; }
}

/// <summary>One transition of a provider, as an observer is told of it.</summary>
/// <param name="Sequence">Counts the transitions of the provider from 1.</param>
/// <param name="Input">What happened.</param>
/// <param name="Transition">What followed.</param>
public sealed record TransitionRecord(long Sequence, ProviderInput Input, Transition Transition);
