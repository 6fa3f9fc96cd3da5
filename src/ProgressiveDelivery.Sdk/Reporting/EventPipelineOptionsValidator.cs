using Microsoft.Extensions.Options;

namespace ProgressiveDelivery.Sdk.Reporting;

/// <summary>Finds all errors in <see cref="EventPipelineOptions"/> together.</summary>
internal sealed class EventPipelineOptionsValidator : IValidateOptions<EventPipelineOptions>
{
    private const int MaxCapacity = 1_000_000;
    private const int MaxBatch = 100_000;
    private const int MinBytes = 1024;
    private const long MinSpill = 1024 * 1024;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public ValidateOptionsResult Validate(string? name, EventPipelineOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        Check(errors, options.Capacity, 1, MaxCapacity, nameof(options.Capacity));
        Check(errors, options.MaxQueuedBytes, MinBytes, int.MaxValue, nameof(options.MaxQueuedBytes));
        Check(errors, options.MaxBatchEvents, 1, MaxBatch, nameof(options.MaxBatchEvents));
        Check(errors, options.MaxBatchBytes, MinBytes, int.MaxValue, nameof(options.MaxBatchBytes));
        Check(errors, options.FlushInterval, TimeSpan.FromMilliseconds(10), Hour, nameof(options.FlushInterval));
        Check(errors, options.AttemptTimeout, TimeSpan.FromMilliseconds(10), Hour, nameof(options.AttemptTimeout));
        Check(errors, options.AccessDeniedPause, Second, Day, nameof(options.AccessDeniedPause));
        Check(errors, options.MaxRetryTime, Second, TimeSpan.FromDays(30), nameof(options.MaxRetryTime));
        Check(errors, options.ShutdownDeadline, TimeSpan.Zero, TimeSpan.FromMinutes(10), nameof(options.ShutdownDeadline));
        Check(errors, options.MaxSpillBytes, MinSpill, long.MaxValue, nameof(options.MaxSpillBytes));
        if (options.SpillFolder is { } folder && (string.IsNullOrWhiteSpace(folder) || folder.Contains('\0', StringComparison.Ordinal)))
            errors.AddError("it names no folder; give its path, or leave it out.", nameof(options.SpillFolder));
        return errors.Build();
    }

    private static void Check<T>(ValidateOptionsResultBuilder errors, T value, T min, T max, string property)
        where T : IComparable<T>
    {
        if (value.CompareTo(min) < 0 || value.CompareTo(max) > 0)
            errors.AddError(FormattableString.Invariant($"'{value}' is out of range; give {min} to {max}."), property);
    }
}
