using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.Sources.Http;

namespace ProgressiveDelivery.Sdk.Sources.Streaming;

/// <summary>Finds all that is wrong with <see cref="StreamSourceOptions"/>, or a backend's own ones, at once.</summary>
/// <typeparam name="TOptions">The options' class.</typeparam>
internal sealed class StreamSourceOptionsValidator<TOptions> : IValidateOptions<TOptions>
    where TOptions : StreamSourceOptions
{
    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        HttpEndpointValidation.Check(errors, options);
        HttpEndpointValidation.CheckTimeout(errors, options.HeartbeatTimeout, nameof(options.HeartbeatTimeout));
        return errors.Build();
    }
}
