using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.Sources.Http;

namespace ProgressiveDelivery.Sdk.Sources.Streaming;

/// <summary>Finds all that is wrong with <see cref="StreamSourceOptions"/> at once.</summary>
internal sealed class StreamSourceOptionsValidator : IValidateOptions<StreamSourceOptions>
{
    public ValidateOptionsResult Validate(string? name, StreamSourceOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        HttpEndpointValidation.Check(errors, options);
        HttpEndpointValidation.CheckTimeout(errors, options.HeartbeatTimeout, nameof(options.HeartbeatTimeout));
        return errors.Build();
    }
}
