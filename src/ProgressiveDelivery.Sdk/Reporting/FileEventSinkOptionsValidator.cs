using Microsoft.Extensions.Options;

namespace ProgressiveDelivery.Sdk.Reporting;

/// <summary>Finds all errors in <see cref="FileEventSinkOptions"/> together.</summary>
internal sealed class FileEventSinkOptionsValidator : IValidateOptions<FileEventSinkOptions>
{
    private const int MinBytes = 1024;

    private static readonly TimeSpan MinInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxInterval = TimeSpan.FromDays(30);

    public ValidateOptionsResult Validate(string? name, FileEventSinkOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        if (string.IsNullOrWhiteSpace(options.Path) || options.Path.Contains('\0', StringComparison.Ordinal) || System.IO.Path.GetFileName(options.Path).Length == 0)
            errors.AddError("it names no file; give a folder and the beginning of the files' names, such as events/shop.", nameof(options.Path));

        if (options.MaxFileBytes < MinBytes)
            errors.AddError(FormattableString.Invariant($"'{options.MaxFileBytes}' is out of range; give at least {MinBytes}."), nameof(options.MaxFileBytes));

        if (options.MaxTotalBytes < options.MaxFileBytes)
            errors.AddError(FormattableString.Invariant($"'{options.MaxTotalBytes}' is less than {nameof(options.MaxFileBytes)}; give at least {options.MaxFileBytes}."), nameof(options.MaxTotalBytes));

        if (options.RollInterval < MinInterval || options.RollInterval > MaxInterval)
            errors.AddError($"'{options.RollInterval}' is out of range; give {MinInterval} to {MaxInterval}.", nameof(options.RollInterval));
        return errors.Build();
    }
}
