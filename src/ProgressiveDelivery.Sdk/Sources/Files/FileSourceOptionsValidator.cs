using Microsoft.Extensions.Options;

namespace ProgressiveDelivery.Sdk.Sources.Files;

/// <summary>Finds all that is wrong with <see cref="FileSourceOptions"/> at once.</summary>
internal sealed class FileSourceOptionsValidator : IValidateOptions<FileSourceOptions>
{
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromDays(1);

    public ValidateOptionsResult Validate(string? name, FileSourceOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        if (PathFault(options.Path) is { } fault) errors.AddError(fault, nameof(options.Path));

        if (options.PollingInterval < ShortestInterval || options.PollingInterval > LongestInterval)
            errors.AddError($"'{options.PollingInterval}' is out of range; give 00:00:00.1 to 1.00:00:00.", nameof(options.PollingInterval));

        if (options.MaximumBytes < 1)
            errors.AddError($"'{options.MaximumBytes}' is out of range; give at least 1 byte.", nameof(options.MaximumBytes));

        return errors.Build();
    }

    private static string? PathFault(string? path)
    {
        if (string.IsNullOrWhiteSpace(path)) return "it is empty; give the path of the snapshot file.";
        return path.Contains('\0', StringComparison.Ordinal) ? "it holds a NUL character; give the path of the snapshot file." : null;
    }
}
