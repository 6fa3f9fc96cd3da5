using System.Diagnostics;
using ProgressiveDelivery.Sdk;

namespace Quickstart.Steps;

/// <summary>A rule that changes, and how soon answers do.</summary>
internal sealed class LiveChange(IFeatureClient features, Backend backend) : IStep
{
    public string Title => "A rule changes while the application runs";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var visitor = Visitor.Chloe.Context;
        var before = features.Get(Flags.DeliveryDays, visitor);
        var changed = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = features.OnChange(change =>
        {
            var days = change.Current.Get(Flags.DeliveryDays, visitor);
            if (days != before) changed.TrySetResult(days);
        });

        var watch = Stopwatch.StartNew();
        var version = backend.Publish(flags => flags["delivery-days"]!["rules"]![0]!["when"]!["in"]!.AsArray().Add("DE"));
        await changed.Task.OrFail("the published rule changed no answer", cancellationToken);
        watch.Stop();

        var now = features.Evaluate(Flags.DeliveryDays, visitor);
        Report.Table(["", "delivery-days for chloe in DE"], [["before", $"{before}"], ["after", $"{now.Value}, by rule {now.Rule} of version {now.SnapshotVersion}"]]);
        Check.That(now.Value == 1 && now.SnapshotVersion == version, $"Germany should be delivered to the next day by version {version}, and the answer is {now}");
        Report.Done($"{watch.Elapsed.TotalMilliseconds:N0} ms from publishing to the first changed answer, polling once a second");
    }
}
