using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.DependencyInjection;

/// <summary>Finds all errors in <see cref="ProgressiveDeliveryOptions"/> together.</summary>
internal sealed class ProgressiveDeliveryOptionsValidator : IValidateOptions<ProgressiveDeliveryOptions>
{
    private const int MaxHistory = 100;

    private static readonly TimeSpan MaxTimeout = TimeSpan.FromHours(1);
    private static readonly TimeSpan MaxStaleness = TimeSpan.FromDays(30);
    private static readonly TimeSpan MinUsageInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxUsageInterval = TimeSpan.FromDays(1);

    public ValidateOptionsResult Validate(string? name, ProgressiveDeliveryOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        if (options.InitializationTimeout < TimeSpan.Zero || options.InitializationTimeout > MaxTimeout)
            errors.AddError($"'{options.InitializationTimeout}' is out of range; give 00:00:00 to 01:00:00.", nameof(options.InitializationTimeout));

        if (options.MaxStaleness is { } staleness && (staleness <= TimeSpan.Zero || staleness > MaxStaleness))
            errors.AddError($"'{staleness}' is out of range; give more than 00:00:00, up to 30.00:00:00, or nothing.", nameof(options.MaxStaleness));

        if (options.MaxQuarantinedShare is not (>= 0 and <= 1))
            errors.AddError(FormattableString.Invariant($"'{options.MaxQuarantinedShare}' is out of range; give 0 to 1."), nameof(options.MaxQuarantinedShare));

        if (options.HistoryLength is < 1 or > MaxHistory)
            errors.AddError($"'{options.HistoryLength}' is out of range; give 1 to {MaxHistory}.", nameof(options.HistoryLength));

        if (options.UsageInterval < MinUsageInterval || options.UsageInterval > MaxUsageInterval)
            errors.AddError($"'{options.UsageInterval}' is out of range; give 00:00:01 to 1.00:00:00.", nameof(options.UsageInterval));

        foreach (var (limit, value) in All(options.Limits))
            if (value < 1)
                errors.AddError($"'{value}' is out of range; give at least 1.", $"{nameof(options.Limits)}.{limit}");

        if (options.Limits.MaxDepth > SnapshotLimits.MaxNesting)
            errors.AddError($"'{options.Limits.MaxDepth}' is out of range; give at most {SnapshotLimits.MaxNesting}.", $"{nameof(options.Limits)}.{nameof(SnapshotLimits.MaxDepth)}");
        return errors.Build();
    }

    private static (string Limit, int Value)[] All(SnapshotLimits limits) =>
    [
        (nameof(limits.MaxBytes), limits.MaxBytes),
        (nameof(limits.MaxDepth), limits.MaxDepth),
        (nameof(limits.MaxFlags), limits.MaxFlags),
        (nameof(limits.MaxRulesPerFlag), limits.MaxRulesPerFlag),
        (nameof(limits.MaxSegmentMembers), limits.MaxSegmentMembers),
        (nameof(limits.MaxGuards), limits.MaxGuards),
        (nameof(limits.MaxPatternLength), limits.MaxPatternLength),
        (nameof(limits.MaxReferenceLength), limits.MaxReferenceLength),
    ];
}
