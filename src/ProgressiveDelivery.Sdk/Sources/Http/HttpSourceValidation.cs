using Microsoft.Extensions.Options;

namespace ProgressiveDelivery.Sdk.Sources.Http;

/// <summary>Finds the errors in <see cref="HttpSourceOptions"/> that <see cref="HttpEndpointValidation"/> leaves.</summary>
internal static class HttpSourceValidation
{
    private static readonly TimeSpan MinInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxInterval = TimeSpan.FromDays(1);

    public static void Check(ValidateOptionsResultBuilder errors, HttpSourceOptions options)
    {
        if (options.PollingInterval < MinInterval || options.PollingInterval > MaxInterval)
            errors.AddError($"'{options.PollingInterval}' is out of range; give 00:00:01 to 1.00:00:00.", nameof(options.PollingInterval));

        HttpEndpointValidation.CheckTimeout(errors, options.BodyTimeout, nameof(options.BodyTimeout));
    }
}
