using Wsp.Model;

namespace Wsp.Provider;

/// <summary>A thread inside a provider call that waits for its answer.</summary>
internal sealed class BlockedCaller
{
    public ManualResetEventSlim Released { get; } = new();

    public CallResult Result { get; private set; }

    public void Release(CallResult result)
    {
        Result = result;
        Released.Set();
    }
}
