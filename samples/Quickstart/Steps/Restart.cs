using ProgressiveDelivery.Sdk;

namespace Quickstart.Steps;

/// <summary>The application starts anew while the backend is still down.</summary>
internal sealed class Restart(Application first, Backend backend, TemporaryFolder folder) : IStep
{
    public string Title => "The application restarts, the backend still down";

    public async Task RunAsync(Report report, CancellationToken cancellationToken)
    {
        var expected = Answers(first.Features);
        var version = first.Features.Status.SnapshotVersion;
        first.Dispose();

        using var second = await Application.StartAsync(backend.SnapshotAddress, folder.Path, cancellationToken);
        var status = second.Features.Status;
        var same = Answers(second.Features).Zip(expected, (now, before) => now == before).Count(equal => equal);

        report.Table(["after the restart", ""],
        [
            ["first answer after", $"{second.ColdStart.TotalMilliseconds:N0} ms"],
            ["rules", $"version {status.SnapshotVersion}, origin {status.Origin}"],
            ["file", $"{Path.GetFileName(Directory.GetFiles(folder.Path).Single())}"],
            ["same answers", $"{same:N0} of {expected.Length:N0}"],
        ]);
        Check.That(status.Origin == SnapshotOrigin.LastKnownGood, $"the rules should come from the last-known-good file, and come from {status.Origin}");
        Check.That(status.SnapshotVersion == version, $"version {version} should be in force, and {status.SnapshotVersion} is");
        Check.That(same == expected.Length, $"{expected.Length - same} answers differ from those before the restart");
        report.Done("answers come from disk, as they were");
    }

    private static (bool, string)[] Answers(IFeatureClient features) =>
        [.. Visitor.Many.Select(visitor => (features.IsEnabled(Flags.NewCheckout, visitor), features.Get(Flags.Banner, visitor)))];
}
