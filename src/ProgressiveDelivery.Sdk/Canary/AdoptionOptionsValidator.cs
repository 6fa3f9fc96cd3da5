using Microsoft.Extensions.Options;

namespace ProgressiveDelivery.Sdk.Canary;

/// <summary>Finds all errors in <see cref="AdoptionOptions"/> together.</summary>
internal sealed class AdoptionOptionsValidator : IValidateOptions<AdoptionOptions>
{
    private const int MaxOutcomes = 1_000_000;

    private static readonly TimeSpan MaxBakeTime = TimeSpan.FromDays(7);

    public ValidateOptionsResult Validate(string? name, AdoptionOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        if (options.BakeTime is { } bake && (bake < TimeSpan.Zero || bake > MaxBakeTime))
            errors.AddError($"'{bake}' is out of range; give 00:00:00 to {MaxBakeTime}, or nothing.", nameof(options.BakeTime));

        if (options.Salt is null)
            errors.AddError("it is null; give a text.", nameof(options.Salt));

        if (options.Limit is { } limit && limit is not (> 0 and < 1))
            errors.AddError(FormattableString.Invariant($"'{limit}' is out of range; give more than 0 and less than 1, or nothing."), nameof(options.Limit));

        if (options.Alpha is not (> 0 and < 1))
            errors.AddError(FormattableString.Invariant($"'{options.Alpha}' is out of range; give more than 0 and less than 1."), nameof(options.Alpha));

        if (options.MinimumOutcomes is < 0 or > MaxOutcomes)
            errors.AddError($"'{options.MinimumOutcomes}' is out of range; give 0 to {MaxOutcomes}.", nameof(options.MinimumOutcomes));
        return errors.Build();
    }
}
