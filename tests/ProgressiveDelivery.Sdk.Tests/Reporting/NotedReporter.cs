using System.Collections.Concurrent;
using ProgressiveDelivery.Sdk.Reporting;

namespace ProgressiveDelivery.Sdk.Tests.Reporting;

/// <summary>Notes what it is told, and does first what a test wants.</summary>
internal sealed class NotedReporter : IUsageReporter
{
    private readonly ConcurrentQueue<UsageReport> _reports = [];
    private int _calls;

    public string Name => "http://usage.example.com/";

    /// <summary>How often it was called.</summary>
    public int Calls => Volatile.Read(ref _calls);

    public bool IsAnnounced { get; private set; }

    public UsageReport[] Reports => [.. _reports];

    /// <summary>What an announcement comes to.</summary>
    public Func<CancellationToken, ValueTask> OnAnnounce { get; set; } = _ => ValueTask.CompletedTask;

    /// <summary>What a report comes to.</summary>
    public Func<CancellationToken, ValueTask> OnReport { get; set; } = _ => ValueTask.CompletedTask;

    public async ValueTask AnnounceAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _calls);
        await OnAnnounce(cancellationToken);
        IsAnnounced = true;
    }

    public async ValueTask ReportAsync(UsageReport report, CancellationToken cancellationToken)
    {
        IsAnnounced.Should().BeTrue();
        Interlocked.Increment(ref _calls);
        await OnReport(cancellationToken);
        _reports.Enqueue(report);
    }
}
