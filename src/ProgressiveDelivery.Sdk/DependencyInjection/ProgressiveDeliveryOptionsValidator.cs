using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.DependencyInjection;

/// <summary>Finds all that is wrong with <see cref="ProgressiveDeliveryOptions"/> at once.</summary>
internal sealed class ProgressiveDeliveryOptionsValidator : IValidateOptions<ProgressiveDeliveryOptions>
{
    private const int LongestHistory = 100;

    private static readonly TimeSpan LongestTimeout = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestStaleness = TimeSpan.FromDays(30);
    private static readonly TimeSpan ShortestUsageInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestUsageInterval = TimeSpan.FromDays(1);

    public ValidateOptionsResult Validate(string? name, ProgressiveDeliveryOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        if (options.InitialisationTimeout < TimeSpan.Zero || options.InitialisationTimeout > LongestTimeout)
            errors.AddError($"'{options.InitialisationTimeout}' is out of range; give 00:00:00 to 01:00:00.", nameof(options.InitialisationTimeout));

        if (options.MaxStaleness is { } staleness && (staleness <= TimeSpan.Zero || staleness > LongestStaleness))
            errors.AddError($"'{staleness}' is out of range; give more than 00:00:00, up to 30.00:00:00, or nothing.", nameof(options.MaxStaleness));

        if (options.QuarantineShare is not (>= 0 and <= 1))
            errors.AddError(FormattableString.Invariant($"'{options.QuarantineShare}' is out of range; give 0 to 1."), nameof(options.QuarantineShare));

        if (options.HistoryLength is < 1 or > LongestHistory)
            errors.AddError($"'{options.HistoryLength}' is out of range; give 1 to {LongestHistory}.", nameof(options.HistoryLength));

        if (options.UsageInterval < ShortestUsageInterval || options.UsageInterval > LongestUsageInterval)
            errors.AddError($"'{options.UsageInterval}' is out of range; give 00:00:01 to 1.00:00:00.", nameof(options.UsageInterval));

        foreach (var (limit, value) in All(options.Limits))
            if (value < 1)
                errors.AddError($"'{value}' is out of range; give at least 1.", $"{nameof(options.Limits)}.{limit}");

        if (options.Limits.MaxDepth > SnapshotLimits.DeepestNesting)
            errors.AddError($"'{options.Limits.MaxDepth}' is out of range; give at most {SnapshotLimits.DeepestNesting}.", $"{nameof(options.Limits)}.{nameof(SnapshotLimits.MaxDepth)}");
        return errors.Build();
    }

    private static (string Limit, int Value)[] All(SnapshotLimits limits) =>
    [
        (nameof(limits.MaxBytes), limits.MaxBytes),
        (nameof(limits.MaxDepth), limits.MaxDepth),
        (nameof(limits.MaxFlags), limits.MaxFlags),
        (nameof(limits.MaxRulesPerFlag), limits.MaxRulesPerFlag),
        (nameof(limits.MaxSegmentMembers), limits.MaxSegmentMembers),
        (nameof(limits.MaxPatternLength), limits.MaxPatternLength),
        (nameof(limits.MaxReferenceLength), limits.MaxReferenceLength),
    ];
}
