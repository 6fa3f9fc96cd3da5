using Microsoft.Extensions.Options;

namespace ProgressiveDelivery.Sdk.Sources.Files;

/// <summary>Finds the errors in <see cref="FileSourceOptions"/>.</summary>
internal static class FileSourceValidation
{
    private static readonly TimeSpan MinInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan MaxInterval = TimeSpan.FromDays(1);

    public static void Check(ValidateOptionsResultBuilder errors, FileSourceOptions options)
    {
        if (PathFault(options.Path) is { } fault) errors.AddError(fault, nameof(options.Path));

        if (options.PollingInterval < MinInterval || options.PollingInterval > MaxInterval)
            errors.AddError($"'{options.PollingInterval}' is out of range; give 00:00:00.1 to 1.00:00:00.", nameof(options.PollingInterval));
    }

    private static string? PathFault(string? path)
    {
        if (string.IsNullOrWhiteSpace(path)) return "it is empty; give the path of the snapshot file.";
        return path.Contains('\0', StringComparison.Ordinal) ? "it holds a NUL character; give the path of the snapshot file." : null;
    }
}
