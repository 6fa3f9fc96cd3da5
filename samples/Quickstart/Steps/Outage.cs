using System.Diagnostics;
using ProgressiveDelivery.Sdk;

namespace Quickstart.Steps;

/// <summary>The backend dies; the answers do not.</summary>
internal sealed class Outage(Application application, Backend backend) : IStep
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(6);

    private readonly IFeatureClient features = application.Features;

    public string Title => "The backend is killed";

    public async Task RunAsync(Report report, CancellationToken cancellationToken)
    {
        var expected = Answers();
        await backend.StopAsync(cancellationToken);
        await CheckIsGoneAsync(cancellationToken);

        var asked = 0;
        var watch = Stopwatch.StartNew();
        while (features.Status.State == FeatureClientState.Ready && watch.Elapsed < Longest)
        {
            Check.That(Answers().SequenceEqual(expected), "answers changed during the outage");
            asked += expected.Length;
            await Task.Delay(20, cancellationToken);
        }

        Show(report, features.Status);
        Check.That(features.Status is { State: FeatureClientState.Stale, Cause: not null, HasRules: true }, $"the client should have noticed within {Longest.TotalSeconds} s, and is {features.Status.State}");
        Check.That(Answers().SequenceEqual(expected), "answers changed when the client turned stale");
        report.Done($"{asked:N0} questions meanwhile, each answered as before");
    }

    private (bool, string, int)[] Answers() =>
        [.. Visitor.Few.Select(visitor => (features.IsEnabled(Flags.NewCheckout, visitor.Context), features.Get(Flags.Banner, visitor.Context), features.Get(Flags.DeliveryDays, visitor.Context)))];

    private async Task CheckIsGoneAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var request = async () => await http.GetAsync(backend.SnapshotAddress, cancellationToken);
        Check.That(await Fails(request), "the backend still answers");
    }

    private static async Task<bool> Fails(Func<Task> request)
    {
        try
        {
            await request();
            return false;
        }
        catch (HttpRequestException)
        {
            return true;
        }
    }

    private void Show(Report report, FeatureClientStatus status)
    {
        report.Table(["status", ""],
        [
            ["state", $"{status.State}"],
            ["cause", $"{status.Cause?.Kind}"],
            ["rules", $"version {status.SnapshotVersion}, confirmed {status.Age?.TotalSeconds:0.0} s ago"],
        ]);
        report.Text("The one warning in the log:");
        report.Quote(application.Warnings.Messages.FirstOrDefault() ?? "(none)");
    }
}
