using ProgressiveDelivery.Sdk;

namespace Quickstart.Steps;

/// <summary>A canary that grows while the application runs.</summary>
internal sealed class Canary(IFeatureClient features, Backend backend) : IStep
{
    public string Title => "A canary, from 1 % to 25 % to everybody";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var rows = new List<string[]>();
        var before = new HashSet<string>();
        foreach (var percent in (int[])[1, 25, 100])
        {
            await features.WaitForVersionAsync(percent == 1 ? 1 : backend.PublishCanary(percent), cancellationToken);

            var snapshot = features.GetSnapshot();
            var now = Admitted(snapshot);
            var lost = before.Except(now).Count();
            rows.Add([$"{percent} %", $"version {snapshot.Version}", $"{now.Count:N0} of {Visitor.Many.Count:N0}", $"{now.Except(before).Count():N0}", $"{lost}"]);
            CheckCounts(percent, now.Count, lost);
            before = now;
        }

        Report.Table(["canary", "snapshot", "have it", "joined", "lost it"], rows);
        Report.Done("it grew twice while the application ran, and nobody who had the feature lost it");
    }

    // One snapshot for all of them: whatever arrives meanwhile, they are judged by the same rules.
    private static HashSet<string> Admitted(IFeatureSnapshot snapshot) =>
        [.. Visitor.Many.Where(visitor => snapshot.IsEnabled(Flags.NewCheckout, visitor)).Select(visitor => visitor.TargetingKey!)];

    private static void CheckCounts(int percent, int admitted, int lost)
    {
        var expected = Visitor.Many.Count * percent / 100;
        var tolerance = 4 * Math.Sqrt(expected * (100 - percent) / 100.0);
        Check.That(Math.Abs(admitted - expected) <= tolerance, $"{percent} % should be about {expected} visitors, and is {admitted}");
        Check.That(lost == 0, $"{lost} visitors lost the feature when the canary grew to {percent} %");
    }
}
