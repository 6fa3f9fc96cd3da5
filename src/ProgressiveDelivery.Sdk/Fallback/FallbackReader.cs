using ProgressiveDelivery.Sdk.Sources.Files;

namespace ProgressiveDelivery.Sdk.Fallback;

/// <summary>Reads a whole file, and returns a fault instead of throwing.</summary>
internal sealed class FallbackReader(string what, string path, int maximumBytes, IFileSystem files)
{
    // HRESULTs of a sharing and a lock violation; EWOULDBLOCK of flock on Linux and on macOS.
    private static readonly int[] LockErrors = [unchecked((int)0x80070020), unchecked((int)0x80070021), 11, 35];

    public async ValueTask<FallbackReading> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (files.Look(path) is not { } stamp) return Fault(FallbackOutcome.Missing, files.IsFolder(path) ? "is a folder, not a file." : "does not exist.");
            if (stamp.Length > maximumBytes)
                return Fault(FallbackOutcome.TooLarge, $"has {stamp.Length} bytes, more than the {maximumBytes} that are allowed.");

            var bytes = await files.ReadAsync(stamp.Target, maximumBytes, cancellationToken).ConfigureAwait(false);
            return FallbackReading.Of([new(bytes)]);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return Fault(OutcomeOf(e), $"cannot be read: {e.Message}");
        }
    }

    public FallbackReading Fault(FallbackOutcome outcome, string message) => FallbackReading.Of(outcome, $"{what} '{path}' {message}");

    private static FallbackOutcome OutcomeOf(Exception fault) => fault switch
    {
        FileNotFoundException or DirectoryNotFoundException => FallbackOutcome.Missing,
        UnauthorizedAccessException => FallbackOutcome.NoPermission,
        IOException io when LockErrors.Contains(io.HResult) => FallbackOutcome.Locked,
        _ => FallbackOutcome.Failed,
    };
}
