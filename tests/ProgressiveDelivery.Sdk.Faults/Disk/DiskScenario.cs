using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.Faults.Disk;

/// <summary>A scenario whose clients keep what they accept, end, and start again without their backend.</summary>
public abstract class DiskScenario : FaultScenario
{
    private protected string Kept => Folder.File("kept");

    /// <summary>The files of kept snapshots, the newest first.</summary>
    private protected IReadOnlyList<string> KeptFiles => [.. Directory.GetFiles(Kept, "*.snapshot").OrderByDescending(File.GetLastWriteTimeUtc)];

    /// <summary>Lives through some snapshots, keeps them, and ends.</summary>
    protected async Task<Subject> LiveAsync(string folder, params string[] documents)
    {
        var source = new PlayedSource();
        foreach (var document in documents) source.Then(document);
        var subject = Client(flags => flags.From(_ => source).KeepLastKnownGoodIn(folder)).Start();
        await Until.HoldsAsync(() => source.Reads > documents.Length);
        await subject.DisposeAsync();
        return subject;
    }

    /// <summary>Starts without a backend.</summary>
    protected async Task<Subject> RestartAsync(string folder, Action<ProgressiveDeliveryBuilder>? more = null)
    {
        var source = new PlayedSource().Then(new SnapshotSourceException("The backend is down."));
        var subject = Client(flags =>
        {
            flags.From(_ => source).KeepLastKnownGoodIn(folder);
            more?.Invoke(flags);
        }).Start();
        await subject.OutageAsync();
        return subject;
    }
}
