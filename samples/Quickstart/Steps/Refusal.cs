using System.Diagnostics;
using ProgressiveDelivery.Sdk;

namespace Quickstart.Steps;

/// <summary>A snapshot that breaks its own assertion is refused as a whole; the rules before it stay.</summary>
internal sealed class Refusal(Application application, Backend backend) : IStep
{
    private readonly IFeatureClient _features = application.Features;

    public string Title => "Somebody publishes a bad snapshot";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var expected = Answers.Of(_features);
        var good = _features.Status.SnapshotVersion;
        var bad = PublishStaffRule("off");
        Report.Text($"Version {bad} takes the new checkout from staff; its own assertion says that they have it.");

        await RefusedAsync(bad, cancellationToken);

        var status = _features.Status;
        Report.Table(["client", ""], [["state", $"{status.State}"], ["cause", $"{status.Cause?.Kind}"], ["rules", $"version {status.SnapshotVersion}"]]);
        Report.Quote(status.Cause?.Message ?? "(none)");
        Check.That(status.SnapshotVersion == good, $"version {good} should have stayed in force, and {status.SnapshotVersion} is");
        Check.That(Answers.Of(_features).SequenceEqual(expected), "answers changed by a snapshot that was refused");

        var mended = PublishStaffRule("on");
        await _features.WaitForVersionAsync(mended, cancellationToken);
        Check.That(_features.Status.State == FeatureClientState.Ready, $"the mended version should have made the client ready, and it is {_features.Status.State}");
        Report.Done($"refused as a whole, nothing changed; version {mended} mended it");
    }

    private long PublishStaffRule(string variant) =>
        backend.Publish(flags => flags["new-checkout"]!["rules"]![0]!["serve"] = variant);

    private async Task RefusedAsync(long version, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        while (_features.Status.Cause is not { Kind: FeatureClientFaultKind.InvalidSnapshot })
        {
            Check.That(watch.Elapsed < Waiting.Longest, $"version {version} should have been refused within {Waiting.Longest.TotalSeconds} s");
            await Task.Delay(50, cancellationToken);
        }
    }
}
