using ProgressiveDelivery.Sdk.Sources.Files;

namespace ProgressiveDelivery.Sdk.Fallback;

/// <summary>Reads files that hold a <see cref="StoredSnapshot"/>, and says what is wrong instead of throwing.</summary>
internal sealed class StoredSnapshotReader(IReadOnlyCollection<string> formats, int maximumBytes, IFileSystem files)
{
    private const string What = "Last-known-good file";
    private readonly int _most = (int)Math.Min((long)maximumBytes + StoredSnapshot.LongestHead + StoredSnapshot.LongestTextHead, Array.MaxLength);

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
        FallbackOutcome.Truncated => "ends in the middle. It is ignored; what is accepted next is written anew.",
        FallbackOutcome.OtherFormat => "holds a format that no source of the client has. It is ignored; what is accepted next is written anew.",
        _ => "is damaged. It is ignored; what is accepted next is written anew.",
    };
}
