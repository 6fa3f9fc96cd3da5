using System.Text;
using ProgressiveDelivery.Sdk.Sources.Signing;

namespace ProgressiveDelivery.Sdk.Sources.Files;

/// <summary>The signature of a snapshot file: a file beside it, with <c>.sig</c> after the whole name.</summary>
internal static class SignatureFile
{
    public static string PathOf(string document) => document + ".sig";

    /// <summary>The signature; null where there is no file, or none in it.</summary>
    public static async ValueTask<SnapshotSignature?> ReadAsync(FileStamp? stamp, IFileSystem files, CancellationToken cancellationToken)
    {
        if (stamp is not { } file)
            return null;
        var text = await files.ReadAsync(file.Target, SnapshotSignature.MaxText, cancellationToken).ConfigureAwait(false);
        return SnapshotSignature.TryParse(Encoding.ASCII.GetString(text).Trim(), out var signature) ? signature : null;
    }
}
