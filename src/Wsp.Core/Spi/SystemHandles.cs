using System.Globalization;

namespace Wsp.Spi;

/// <summary>
/// The handle of an event object, the native WSAEVENT. Zero is no event. As in an overlapped record of Windows, a set lowest bit asks that no
/// completion packet is queued for the operation; it is not part of the event's identity.
/// </summary>
/// <param name="Value">The native value.</param>
public readonly record struct EventHandle(long Value)
{
    /// <summary>No event object.</summary>
    public static readonly EventHandle None;

    /// <summary>Whether this names an event at all.</summary>
    public bool IsNone => (Value & ~1L) == 0;

    /// <summary>Whether the lowest bit asks to keep the operation off the completion port.</summary>
    public bool SuppressesCompletionPort => (Value & 1L) != 0;

    /// <summary>The event itself, without the bit that speaks of the completion port.</summary>
    public EventHandle Event => new(Value & ~1L);

    /// <summary>This event with the bit set that keeps the operation off the completion port.</summary>
    public EventHandle WithoutCompletionPort() => new(Value | 1L);

    /// <summary>The value in hexadecimal.</summary>
    public override string ToString() => "0x" + Value.ToString("x", CultureInfo.InvariantCulture);
}

/// <summary>The window that WSPAsyncSelect messages go to, the native HWND. Zero is no window.</summary>
/// <param name="Value">The native value.</param>
public readonly record struct WindowHandle(long Value);

/// <summary>A completion port. Zero is no port.</summary>
/// <param name="Value">The native value.</param>
public readonly record struct CompletionPortHandle(long Value);

/// <summary>
/// The thread a call came from, the native WSATHREADID: completion routines of an operation are queued to the thread that started it (SEND-27, RECV-30).
/// </summary>
/// <param name="Value">Any number that tells the threads of the process apart; zero is no thread.</param>
public readonly record struct WspThreadId(long Value);
