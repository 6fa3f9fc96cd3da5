using System.Diagnostics.Metrics;
using System.Globalization;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.Benchmarks.Workloads;
using ProgressiveDelivery.Sdk.DependencyInjection;
using ProgressiveDelivery.Sdk.Reporting;

namespace ProgressiveDelivery.Sdk.Benchmarks;

/// <summary>The cost of observing an experiment's answers: exposures of known and of new units, a meter with a listener, and a sample of evaluation events.</summary>
[MemoryDiagnoser]
public class Observed
{
    private const double SampleRate = 0.01;

    // Each unit comes back after so many others that its exposure is forgotten: it is a new unit each time.
    private const int Remembered = 1_024;
    private const int NewUnits = 64 * Remembered;

    // Listens until the process ends.
    private static readonly MeterListener Listener = new() { InstrumentPublished = static (instrument, listener) => listener.EnableMeasurementEvents(instrument) };

    private readonly IFeatureClient _unobserved = Client(static _ => { });
    private readonly IFeatureClient _exposed = Client(static flags => flags.SendEventsTo(new DeafSink()));
    private readonly IFeatureClient _exposedAnew = Client(static flags => flags.SendEventsTo(new DeafSink()).RecordExposures(static exposures => exposures.Remembered = Remembered));
    private readonly IFeatureClient _metered = Client(static flags => flags.CountEvaluations());
    private readonly IFeatureClient _sampled = Client(static flags => flags.EmitEvaluationEvents(static events => events.SampleRate = SampleRate));
    private readonly EvaluationContext[] _newUnits =
        [.. Enumerable.Range(0, NewUnits).Select(static unit => new EvaluationContext(string.Create(CultureInfo.InvariantCulture, $"new-{unit:00000}-7f3a")))];
    private int _next;

    public Observed() => Listener.Start();

    [Benchmark(Baseline = true, OperationsPerInvoke = Callers.Count)]
    public int Unobserved() => Ask(_unobserved, Callers.Contexts);

    [Benchmark(OperationsPerInvoke = Callers.Count)]
    public int ExposedAgain() => Ask(_exposed, Callers.Contexts);

    [Benchmark(OperationsPerInvoke = Callers.Count)]
    public int ExposedAnew()
    {
        _next = (_next + Callers.Count) % NewUnits;
        return Ask(_exposedAnew, _newUnits.AsSpan(_next, Callers.Count));
    }

    [Benchmark(OperationsPerInvoke = Callers.Count)]
    public int Metered() => Ask(_metered, Callers.Contexts);

    [Benchmark(OperationsPerInvoke = Callers.Count)]
    public int Sampled() => Ask(_sampled, Callers.Contexts);

    private static int Ask(IFeatureClient features, ReadOnlySpan<EvaluationContext> contexts)
    {
        var on = 0;
        foreach (var context in contexts)
            on += features.IsEnabled(ExperimentClient.Key, context) ? 1 : 0;
        return on;
    }

    private static IFeatureClient Client(Action<ProgressiveDeliveryBuilder> configure) =>
        ExperimentClient.Services(configure, new ServiceCollection().AddLogging(static logging => logging.AddProvider(new DeafLog()))).GetRequiredService<IFeatureClient>();

    private sealed class DeafSink : IEventSink
    {
        public string Name => "deaf";

        public ValueTask SendAsync(EventBatch batch, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
