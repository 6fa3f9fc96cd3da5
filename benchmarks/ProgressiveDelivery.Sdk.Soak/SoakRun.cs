using System.Collections.Concurrent;
using System.Diagnostics;
using ProgressiveDelivery.Sdk.Soak.Backend;
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
        await using var subject = new Subject(server.Address, clock);
        if (await subject.Features.WaitUntilReadyAsync(Patience) is { HasRules: false } status)
            return [$"There are no rules after {Patience / SoakOptions.Haste}: {status}"];

        var season = new Season(publisher, server);
        using var pages = new PageMaker(subject.Features);
        Worker[] workers = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new Worker(subject.Features, pages))];
        var report = new Report(workers, pages, refreshes, server, season);
        await WatchAsync(season, workers, report);
        report.Summary(options);
        return [.. Verdict.Faults(workers, [.. _unobserved], _footprints, refreshes.Of("applied"))];
    }

    private async Task WatchAsync(Season season, Worker[] workers, Report report)
    {
        using var ending = new CancellationTokenSource();
        var weather = season.RunAsync(ending.Token);
        foreach (var worker in workers)
            worker.Start();
        await SampleAsync(report, weather);
        foreach (var worker in workers)
            worker.Stop();
        await ending.CancelAsync();
        await weather.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task SampleAsync(Report report, Task weather)
    {
        Report.Head();
        var start = Stopwatch.GetTimestamp();
        var reported = TimeSpan.Zero;
        using var seconds = new PeriodicTimer(Sampling);
        while (Stopwatch.GetElapsedTime(start) is var elapsed && elapsed < options.Duration && await seconds.WaitForNextTickAsync())
        {
            if (weather.IsFaulted)
                await weather;
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
