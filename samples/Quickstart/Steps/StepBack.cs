using System.Diagnostics;
using ProgressiveDelivery.Sdk;
using ProgressiveDelivery.Sdk.Control;

namespace Quickstart.Steps;

/// <summary>A snapshot that passes every check and does harm: one line takes it back, another goes forward once it is mended.</summary>
internal sealed class StepBack(Application application, Backend backend) : IStep
{
    private static readonly ControlAct Incident = new("ada, on call", "INC-42: half of the visitors see an empty banner");
    private static readonly ControlAct Mended = new("ada, on call", "INC-42 is mended");

    private readonly IFeatureClient _features = application.Features;
    private readonly ISnapshotControl _control = application.Control;

    public string Title => "A harmful snapshot passes every check, and is stepped back";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var expected = Answers.Of(_features);
        var good = _features.Status.SnapshotVersion;
        var harmful = PublishBanner("");
        await _features.WaitForVersionAsync(harmful, cancellationToken);
        var harmed = Answers.Of(_features).Count(answer => answer.Banner.Length == 0);
        Check.That(harmed > 0, $"version {harmful} should have emptied somebody's banner");
        Report.Text($"Version {harmful} is in force, and {harmed:N0} of {Visitor.Many.Count:N0} visitors see an empty banner. What the one on call sees:");
        ShowHistory();

        var watch = Stopwatch.StartNew();
        var back = await _control.StepBackAsync(Incident);
        watch.Stop();
        Report.Quote(back.Message);
        Check.That(back.IsDone && _features.Status.SnapshotVersion == good, $"version {good} should be in force again: {back.Message}");
        Check.That(Answers.Of(_features).SequenceEqual(expected), "answers should be as they were before the harmful version");
        Report.Text($"Answers are as they were, {watch.Elapsed.TotalMilliseconds:0.0} ms after the call. The backend mends it:");

        var mended = PublishBanner("Welcome");
        await WaitingAsync(mended, cancellationToken);
        Check.That(_features.Status.SnapshotVersion == good, $"version {mended} should wait while version {good} is held");
        var forward = await _control.ReleaseAsync(Mended);
        Report.Quote(forward.Message);
        Check.That(forward.IsDone && _features.Status.SnapshotVersion == mended, $"version {mended} should be in force: {forward.Message}");
        Check.That(Answers.Of(_features).SequenceEqual(expected), "answers should be as they were, by the mended version");
        Report.Done($"version {harmful} taken back to {good} in one line, and forward to {mended} in another");
    }

    private long PublishBanner(string control) => backend.Publish(flags => flags["banner"]!["variants"]!["control"] = control);

    private void ShowHistory() => Report.Table(
        ["version", "accepted", "flags changed", ""],
        _control.History.Take(3).Select(one => new[] { $"{one.Version}", $"{one.AcceptedAt:HH:mm:ss}", string.Join(", ", one.Changes.Changed), one.IsInForce ? "in force" : "" }));

    private async Task WaitingAsync(long version, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        while (_control.State.Waiting != version)
        {
            Check.That(watch.Elapsed < Waiting.Longest, $"version {version} should have been accepted within {Waiting.Longest.TotalSeconds} s");
            await Task.Delay(50, cancellationToken);
        }
    }
}
