using Microsoft.Extensions.Options;

namespace ProgressiveDelivery.Sdk.Sources.Failover;

/// <summary>Finds all errors in <see cref="FailoverOptions"/> together.</summary>
internal sealed class FailoverOptionsValidator : IValidateOptions<FailoverOptions>
{
    private static readonly TimeSpan MinPeriod = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxPeriod = TimeSpan.FromDays(1);
    private static readonly TimeSpan MaxPatience = TimeSpan.FromHours(1);

    public ValidateOptionsResult Validate(string? name, FailoverOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        if (options.DemoteAfter < TimeSpan.Zero || options.DemoteAfter > MaxPatience)
            errors.AddError($"'{options.DemoteAfter}' is out of range; give 00:00:00 to 01:00:00.", nameof(options.DemoteAfter));

        if (options.RetryPreferredAfter < MinPeriod || options.RetryPreferredAfter > MaxPeriod)
            errors.AddError($"'{options.RetryPreferredAfter}' is out of range; give 00:00:01 to 1.00:00:00.", nameof(options.RetryPreferredAfter));

        if (options.TryTimeout <= TimeSpan.Zero || options.TryTimeout > MaxPatience)
            errors.AddError($"'{options.TryTimeout}' is out of range; give more than 0 and at most 01:00:00.", nameof(options.TryTimeout));
        return errors.Build();
    }
}
