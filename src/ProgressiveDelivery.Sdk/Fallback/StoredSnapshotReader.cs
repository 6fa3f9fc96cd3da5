using ProgressiveDelivery.Sdk.Sources.Files;

namespace ProgressiveDelivery.Sdk.Fallback;

/// <summary>Reads files that hold a <see cref="StoredSnapshot"/>, and returns a fault instead of throwing.</summary>
internal sealed class StoredSnapshotReader(IReadOnlyCollection<string> formats, int maximumBytes, IFileSystem files)
{
    private const string What = "Last-known-good file";
    private readonly int _most = StoredSnapshot.MaxFile(maximumBytes);

    public async ValueTask<FallbackReading> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var reader = new FallbackReader(What, path, _most, files);
        var file = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        if (file.Outcome != FallbackOutcome.Found) return file;

        var outcome = StoredSnapshot.Open(file.Document, out var stored);
        if (stored is not null && !formats.Contains(stored.Format)) outcome = FallbackOutcome.OtherFormat;
        return outcome == FallbackOutcome.Found ? FallbackReading.Of(stored!) : reader.Fault(outcome, Describe(outcome));
    }

    private static string Describe(FallbackOutcome outcome) => outcome switch
    {
        FallbackOutcome.Truncated => "ends in the middle. It is ignored; the next accepted state replaces it.",
        FallbackOutcome.OtherFormat => "holds a format that no source of the client has. It is ignored; the next accepted state replaces it.",
        _ => "is damaged. It is ignored; the next accepted state replaces it.",
    };
}
