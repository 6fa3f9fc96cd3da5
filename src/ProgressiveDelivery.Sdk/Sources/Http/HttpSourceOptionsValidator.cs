using Microsoft.Extensions.Options;

namespace ProgressiveDelivery.Sdk.Sources.Http;

/// <summary>Finds all that is wrong with <see cref="HttpSourceOptions"/>, or a backend's own ones, at once.</summary>
/// <typeparam name="TOptions">The options' class.</typeparam>
internal sealed class HttpSourceOptionsValidator<TOptions> : IValidateOptions<TOptions>
    where TOptions : HttpSourceOptions
{
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromDays(1);

    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        HttpEndpointValidation.Check(errors, options);

        if (options.PollingInterval < ShortestInterval || options.PollingInterval > LongestInterval)
            errors.AddError($"'{options.PollingInterval}' is out of range; give 00:00:01 to 1.00:00:00.", nameof(options.PollingInterval));

        HttpEndpointValidation.CheckTimeout(errors, options.BodyTimeout, nameof(options.BodyTimeout));
        return errors.Build();
    }
}
