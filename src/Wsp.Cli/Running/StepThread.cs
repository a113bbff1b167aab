using System.Collections.Concurrent;
using Wsp.Provider;
using Wsp.Spi;

namespace Wsp.Cli.Running;

/// <summary>A helper thread of a case. It does what it is given, one thing after another, and never keeps the process alive.</summary>
internal sealed class StepThread : IDisposable
{
    private readonly BlockingCollection<Action> _work = [];
    private readonly ManualResetEventSlim _started = new();
    private readonly Thread _thread;

    public StepThread(string name)
    {
        _thread = new Thread(Run) { IsBackground = true, Name = name };
        _thread.Start();
        _started.Wait();
    }

    /// <summary>The number the thread has in calls of the interface.</summary>
    public WspThreadId Id { get; private set; }

    public void Begin(Action work) => _work.Add(work);

    /// <summary>Does something on this thread and waits until it is done.</summary>
    public T Do<T>(Func<T> work)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _work.Add(() =>
        {
            try
            {
                result.SetResult(work());
            }
            catch (Exception exception)
            {
                result.SetException(exception);
            }
        });
        return result.Task.GetAwaiter().GetResult();
    }

    /// <summary>Lets the thread end when it has done what it was given.</summary>
    public void End(TimeSpan timeout)
    {
        _work.CompleteAdding();
        _thread.Join(timeout);
    }

    public void Dispose() => _work.CompleteAdding();

    private void Run()
    {
        Id = WspThread.Current.Id;
        _started.Set();
        foreach (Action work in _work.GetConsumingEnumerable())
            work();

        // What is still queued to the thread will never run, as natively (the queue ends with its thread).
        WspThread.End();
    }
}
