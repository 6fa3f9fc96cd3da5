using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.Evaluation;
using ProgressiveDelivery.Sdk.Observation;

namespace ProgressiveDelivery.Sdk.DependencyInjection;

/// <summary>Finds all errors in <see cref="ExposureOptions"/> together.</summary>
internal sealed class ExposureOptionsValidator : IValidateOptions<ExposureOptions>
{
    private const int MinRemembered = 1_024;
    private const int MaxRemembered = 16_777_216;

    private static readonly TimeSpan MinRepeat = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxRepeat = TimeSpan.FromDays(30);

    public ValidateOptionsResult Validate(string? name, ExposureOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        if (options.RepeatAfter < MinRepeat || options.RepeatAfter > MaxRepeat)
            errors.AddError($"'{options.RepeatAfter}' is out of range; give 00:00:01 to 30.00:00:00.", nameof(options.RepeatAfter));

        if (options.Remembered is < MinRemembered or > MaxRemembered)
            errors.AddError($"'{options.Remembered}' is out of range; give {MinRemembered} to {MaxRemembered}.", nameof(options.Remembered));

        foreach (var attribute in options.Attributes.Where(attribute => !AttributeReference.TryParse(attribute, out _)))
            errors.AddError($"'{attribute}' is no reference to an attribute; write country, /address/city or organization:plan.", nameof(options.Attributes));
        return errors.Build();
    }
}
