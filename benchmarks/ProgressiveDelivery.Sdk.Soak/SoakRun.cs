using System.Collections.Concurrent;
using System.Diagnostics;
using ProgressiveDelivery.Sdk.Soak.Backend;
using ProgressiveDelivery.Sdk.Soak.Events;
using ProgressiveDelivery.Sdk.Soak.Measuring;

namespace ProgressiveDelivery.Sdk.Soak;

/// <summary>Evaluates on all cores for a while, as the backend publishes, kills, poisons and flaps.</summary>
internal sealed class SoakRun(SoakOptions options)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);   // by the hurried clock
    private static readonly TimeSpan Sampling = TimeSpan.FromSeconds(1);

    private readonly ConcurrentQueue<Exception> _unobserved = new();
    private readonly List<Footprint> _footprints = [];

    /// <summary>What went wrong; empty when nothing did.</summary>
    public async Task<IReadOnlyList<string>> RunAsync()
    {
        TaskScheduler.UnobservedTaskException += (_, e) => _unobserved.Enqueue(e.Exception);
        var clock = new HurriedClock(SoakOptions.Haste);
        using var refreshes = new RefreshCounts();
        var publisher = new Publisher(options.Flags, clock);
        await using var server = new FlappingServer(publisher);
        await server.StartAsync();
        var sink = new FlappingSink();
        await using var subject = new Subject(server.Address, clock, sink);
        if (await subject.Features.WaitUntilReadyAsync(Patience) is { HasRules: false } status)
            return [$"There are no rules after {Patience / SoakOptions.Haste}: {status}"];

        var season = new Season(publisher, server);
        using var pages = new PageMaker(subject.Features);
        Worker[] workers = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new Worker(subject.Features, pages))];
        var events = new EventTraffic(subject.Features, sink);
        var report = new Report(workers, pages, refreshes, server, season, events);
        await WatchAsync(season, workers, events, report);
        report.Summary(options);
        await subject.DisposeAsync();
        events.Summary();
        return [.. Verdict.Faults(workers, [.. _unobserved], _footprints, refreshes.Of("applied")), .. events.Faults()];
    }

    private async Task WatchAsync(Season season, Worker[] workers, EventTraffic events, Report report)
    {
        using var ending = new CancellationTokenSource();
        Task[] others = [season.RunAsync(ending.Token), .. events.Start(ending.Token)];
        foreach (var worker in workers)
            worker.Start();
        await SampleAsync(report, others);
        foreach (var worker in workers)
            worker.Stop();
        await ending.CancelAsync();
        await Task.WhenAll(others).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task SampleAsync(Report report, Task[] others)
    {
        Report.Head();
        var start = Stopwatch.GetTimestamp();
        var reported = TimeSpan.Zero;
        using var seconds = new PeriodicTimer(Sampling);
        while (Stopwatch.GetElapsedTime(start) is var elapsed && elapsed < options.Duration && await seconds.WaitForNextTickAsync())
        {
            if (Array.Find(others, static other => other.IsFaulted) is { } failed)
                await failed;
            var footprint = Footprint.Take(elapsed);
            if (elapsed > options.WarmUp)
                _footprints.Add(footprint);
            if (elapsed - reported < SoakOptions.ReportInterval)
                continue;
            report.Row(footprint);
            reported = elapsed;
        }
    }
}
