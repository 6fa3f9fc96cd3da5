using ProgressiveDelivery.Sdk;

namespace Quickstart.Steps;

/// <summary>The application starts anew while the backend is still down.</summary>
internal sealed class Restart(Application first, Backend backend, TemporaryFolder folder) : IStep
{
    public string Title => "The application restarts, the backend still down";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var expected = Answers.Of(first.Features);
        var version = first.Features.Status.SnapshotVersion;
        first.Dispose();

        using var second = await Application.StartAsync(backend.SnapshotAddress, folder.Path, cancellationToken);
        var status = second.Features.Status;
        var same = Answers.Of(second.Features).Zip(expected, (now, before) => now == before).Count(equal => equal);

        var kept = Directory.GetFiles(folder.Path, "*.snapshot");
        Report.Table(["after the restart", ""],
        [
            ["started in", $"{second.ColdStart.TotalMilliseconds:N0} ms, trying the backend first"],
            ["rules", $"version {status.SnapshotVersion}, origin {status.Origin}"],
            ["kept on disk", $"{kept.Length} generations, the newest {Path.GetFileName(kept.Max(StringComparer.Ordinal))}"],
            ["same answers", $"{same:N0} of {expected.Length:N0}"],
        ]);
        Check.That(status.Origin == SnapshotOrigin.LastKnownGood, $"the rules should come from the last-known-good file, and come from {status.Origin}");
        Check.That(status.SnapshotVersion == version, $"version {version} should be in force, and {status.SnapshotVersion} is");
        Check.That(same == expected.Length, $"{expected.Length - same} answers differ from those before the restart");
        Report.Done("answers come from disk, as they were");
    }
}
