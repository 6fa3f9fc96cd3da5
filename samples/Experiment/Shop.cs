using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk;

namespace Experiment;

/// <summary>The shop: it asks the SDK which page a visitor sees, and reports what the visitor does. The SDK writes both to files.</summary>
internal sealed class Shop
{
    private static readonly FeatureFlag<string> CheckoutPage = new("checkout-page", Truth.Control);

    private readonly IFeatureClient _features;
    private readonly SimulatedTime _time;
    private readonly VisitorBehavior _behavior = new(seed: 20261102);
    private readonly PriorityQueue<Action, DateTimeOffset> _later = new();

    private Shop(IFeatureClient features, SimulatedTime time) => (_features, _time) = (features, time);

    /// <summary>Serves all visitors; the events are in files when it ends.</summary>
    /// <param name="events">The folder and the beginning of the names of the files.</param>
    /// <param name="progress">Is told the share that is done.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public static async Task ServeAsync(string events, IProgress<double> progress, CancellationToken cancellationToken)
    {
        var time = new SimulatedTime();
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(time);
        services.AddProgressiveDelivery(flags => flags
            .FromFile(Path.Combine(AppContext.BaseDirectory, "flags.json"))
            .SendEventsToFile(events)
            .ConfigureEvents(options => (options.Capacity, options.MaxQueuedBytes) = (1_000_000, 512 * 1024 * 1024)));
        await using var provider = services.BuildServiceProvider();
        var features = provider.GetRequiredService<IFeatureClient>();
        await features.WaitUntilReadyAsync(TimeSpan.FromSeconds(10), cancellationToken);
        new Shop(features, time).Serve(progress, cancellationToken);
        // Disposing of the client sends what waits.
    }

    private void Serve(IProgress<double> progress, CancellationToken cancellationToken)
    {
        for (var number = 0; number < Truth.Visitors; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var visit = Truth.Start + (TimeSpan.FromDays(Truth.Days) * ((double)number / Truth.Visitors));
            var visitor = new EvaluationContext($"visitor-{number}");
            foreach (var (time, value) in _behavior.EarlierOrders(visit))
                At(time, () => _features.Track("purchase", visitor, value));
            At(visit, () => Visit(visitor, visit));
            // Nothing is planned further ahead than the longest time that an order lies before its visit.
            PlayUntil(visit - VisitorBehavior.LongestBefore);
            if (number % 500 == 0)
                progress.Report((double)number / Truth.Visitors);
        }

        PlayUntil(DateTimeOffset.MaxValue);
        progress.Report(1);
    }

    private void Visit(EvaluationContext visitor, DateTimeOffset visit)
    {
        var page = _features.Get(CheckoutPage, visitor);
        foreach (var (time, metric, value) in _behavior.After(visit, page))
            At(time, () => _features.Track(metric, visitor, value));
    }

    private void At(DateTimeOffset time, Action act) => _later.Enqueue(act, time);

    private void PlayUntil(DateTimeOffset end)
    {
        while (_later.TryPeek(out _, out var time) && time < end)
        {
            _time.Set(time);
            _later.Dequeue()();
        }
    }
}
