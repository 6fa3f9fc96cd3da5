using System.Diagnostics;
using ProgressiveDelivery.Sdk;

namespace Quickstart.Steps;

/// <summary>The backend dies; the answers do not.</summary>
internal sealed class Outage(Application application, Backend backend) : IStep
{
    private readonly IFeatureClient _features = application.Features;

    public string Title => "The backend is killed";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var expected = Answers.Of(_features);
        await backend.StopAsync(cancellationToken);
        Check.That(!await backend.IsReachableAsync(cancellationToken), "the backend should be gone, and still takes connections");

        var asked = await AskUntilNoticedAsync(expected, cancellationToken);

        Show(_features.Status);
        Check.That(_features.Status is { State: FeatureClientState.Stale, Cause: not null }, $"the client should have noticed within {Waiting.Longest.TotalSeconds} s, and is {_features.Status.State}");
        Report.Done($"{asked:N0} questions until it was noticed and after, each answered as before");
    }

    private async Task<long> AskUntilNoticedAsync((bool, string)[] expected, CancellationToken cancellationToken)
    {
        var asked = 0L;
        var watch = Stopwatch.StartNew();
        bool isNoticed;
        do
        {
            await Task.Delay(50, cancellationToken);
            isNoticed = _features.Status.State != FeatureClientState.Ready;
            Check.That(Answers.Of(_features).SequenceEqual(expected), "answers changed during the outage");
            asked += 2 * expected.Length;
        }
        while (!isNoticed && watch.Elapsed < Waiting.Longest);
        return asked;
    }

    private void Show(FeatureClientStatus status)
    {
        Report.Table(["client", ""],
        [
            ["state", $"{status.State}"],
            ["cause", $"{status.Cause?.Kind}"],
            ["rules", $"version {status.SnapshotVersion}, last confirmed {status.Age?.TotalSeconds:0.0} s ago"],
        ]);
        Report.Quote(application.Warnings.Messages.LastOrDefault() ?? "(no warning)");
    }
}
