using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using ProgressiveDelivery.Sdk.Reporting;
using ProgressiveDelivery.Sdk.Reporting.Spill;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Reporting.Spill;

/// <summary>Runs of processes that share a folder on a disk in memory.</summary>
internal sealed class SpillFixture : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, SpillRun> _locks = new(StringComparer.Ordinal);
    private readonly List<SpillRun> _runs = [];

    public SpillFixture() => Log = new(FakeLogCollector.Create(new() { OutputSink = _ => OnLog?.Invoke() }));

    public PlayedDisk Disk { get; } = new();

    public EventTime Clock { get; } = new();

    /// <summary>The clock that a disk is judged by: it does not run while others are busy.</summary>
    public FakeTimeProvider DiskClock { get; } = new(Some.Monday);

    public FakeLogger Log { get; }

    /// <summary>The run that began last; set before it starts.</summary>
    public SpillRun Last => _runs[^1];

    /// <summary>Called after each line of the log, in the midst of what it reports.</summary>
    public Action? OnLog { get; set; }

    /// <summary>No call times out, however long the machine takes for it. Longer times than this have no timer.</summary>
    public EventPipelineOptions Options { get; } = new() { AttemptTimeout = TimeSpan.FromDays(10), MaxRetryTime = TimeSpan.FromDays(30) };

    public string[] Warnings => [.. Log.Collector.GetSnapshot().Where(line => line.Level == LogLevel.Warning).Select(line => line.Message)];

    /// <summary>The files of events, in the order of their names.</summary>
    public string[] Segments => [.. Disk.Files.Where(path => path.EndsWith(".jsonl", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    /// <summary>A run of a process, started.</summary>
    public SpillRun Run(IEventSink sink)
    {
        var run = new SpillRun();
        var disk = new SpillDisk(new MortalFiles(Disk, run), path => new PlayedEventFile(Disk, path, run), path => TryLock(path, run), new(DiskClock));
        var store = new SpillStore("/spill", "shop", sink.Name, Options, disk);
        run.Pipeline = new([new(new(sink, sink.Name, IsOwned: true), Options, Log, "shop", Clock, new Random(1), store)]);
        _runs.Add(run);
        run.Pipeline.Start();
        return run;
    }

    /// <summary>Ends a run as a crash does: its locks are free, and it reaches the disk no more.</summary>
    public void Kill(SpillRun run)
    {
        run.IsDead = true;
        foreach (var held in _locks.Where(held => held.Value == run).ToList())
            _locks.TryRemove(held);
    }

    /// <summary>Lets time pass until a condition holds.</summary>
    public Task PassUntilAsync(Func<bool> condition, TimeSpan? step = null) => PassAsync(Refresh.Until.HoldsAsync(condition), step);

    public async Task PassAsync(Task task, TimeSpan? step = null)
    {
        await Clock.AdvanceUntilDoneAsync(task, step ?? TimeSpan.FromSeconds(1));
        await task;
    }

    /// <summary>Lets the disk's time pass too.</summary>
    public async Task PassOnDiskAsync(Task task)
    {
        await DiskClock.AdvanceUntilDoneAsync(Task.WhenAny(task, PassAsync(task)), TimeSpan.FromSeconds(1));
        await task;
    }

    public async ValueTask DisposeAsync()
    {
        Disk.Thaw();
        Disk.Fault = (_, _) => null;
        await PassAsync(Task.WhenAll(_runs.Select(run => run.Pipeline.StopAsync())));
        Disk.Dispose();
    }

    private Lock? TryLock(string path, SpillRun run)
    {
        run.ThrowIfDead();
        if (!_locks.TryAdd(path, run))
            return null;
        Disk.Put(path, [], Disk.Clock);
        return new(() => _locks.TryRemove(new(path, run)));
    }

    private sealed class Lock(Action release) : IDisposable
    {
        public void Dispose() => release();
    }
}
