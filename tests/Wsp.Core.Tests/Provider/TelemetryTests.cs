using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Wsp.Diagnostics;
using Wsp.Provider;
using Wsp.Spi;

namespace Wsp.Core.Tests.Provider;

/// <summary>What the provider tells of itself: messages with fixed ids, metrics with fixed names, an activity for each final cleanup.</summary>
public class TelemetryTests
{
    [Fact]
    public void FinalCleanup_IsLoggedFromBeginningToEnd()
    {
        var log = new ListLog();
        var rig = new Rig(new WspProviderOptions { LoggerFactory = log });
        rig.Stream();
        rig.Provider.Cleanup("test").Should().Be(WsaError.Success);
        rig.Send(new SocketHandle(4), [1]).Should().Be(WsaError.NotInitialized);

        log.Ids.Should().ContainInOrder(WspEventIds.Started, WspEventIds.VerifierStop, WspEventIds.CleanupBegun, WspEventIds.Unloadable, WspEventIds.CallFailed, WspEventIds.VerifierStop);
        log.Messages.Should().Contain(message => message.StartsWith("E10C: ", StringComparison.Ordinal));
        log.Messages.Should().Contain(message => message.Contains("WSANOTINITIALISED", StringComparison.Ordinal));
    }

    [Fact]
    public void EventIds_AreDistinct() =>
        typeof(WspEventIds).GetFields().Select(field => (int)field.GetValue(null)!).Should().OnlyHaveUniqueItems();

    [Fact]
    public void Meter_CountsReferencesSocketsOperationsAndBytes()
    {
        var factory = new OneMeter();
        var totals = new Dictionary<string, double>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter == factory.Meter)
                l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => totals[instrument.Name] = totals.GetValueOrDefault(instrument.Name) + value);
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => totals[instrument.Name] = totals.GetValueOrDefault(instrument.Name) + value);
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => totals[instrument.Name] = totals.GetValueOrDefault(instrument.Name) + 1);
        listener.Start();
        var rig = new Rig(new WspProviderOptions { MeterFactory = factory });
        (_, SocketHandle server) = rig.Pair();
        rig.Recv(server, new byte[1], out _, new WsaOverlapped()).Should().Be(WsaError.IOPending);
        totals["wsp.provider.references"].Should().Be(1);
        totals["wsp.sockets.open"].Should().Be(2);
        totals["wsp.overlapped.pending"].Should().Be(1);

        rig.Provider.Cleanup();

        totals["wsp.provider.references"].Should().Be(0);
        totals["wsp.sockets.open"].Should().Be(0);
        totals["wsp.overlapped.pending"].Should().Be(0);
        totals["wsp.overlapped.aborted"].Should().Be(1);
        totals["wsp.cleanup.duration"].Should().Be(1);
    }

    [Fact]
    public void FinalCleanup_IsAnActivityWithItsStages()
    {
        var activities = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == WspTelemetry.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                lock (activities)
                    activities.Add(activity);
            },
        };
        ActivitySource.AddActivityListener(listener);
        var rig = new Rig();
        for (int i = 0; i < 7; i++)
            rig.Stream();

        rig.Provider.Cleanup();

        lock (activities)
            activities.Should().Contain(activity => activity.OperationName == "wsp.cleanup" && Equals(activity.GetTagItem("wsp.sockets.open"), 7));
    }

    private sealed class OneMeter : IMeterFactory
    {
        public Meter Meter { get; } = new(WspTelemetry.SourceName);

        public Meter Create(MeterOptions options) => Meter;

        public void Dispose() => Meter.Dispose();
    }

    private sealed class ListLog : ILoggerFactory, ILogger
    {
        public List<int> Ids { get; } = [];

        public List<string> Messages { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Debug;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            Ids.Add(eventId.Id);
            Messages.Add(formatter(state, exception));
        }

        public void Dispose()
        {
        }
    }
}
