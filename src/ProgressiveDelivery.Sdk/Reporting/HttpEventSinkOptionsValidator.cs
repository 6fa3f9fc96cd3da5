using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.Sources.Http;

namespace ProgressiveDelivery.Sdk.Reporting;

/// <summary>Finds all errors in <see cref="HttpEventSinkOptions"/> together; never shows a secret.</summary>
internal sealed class HttpEventSinkOptionsValidator : IValidateOptions<HttpEventSinkOptions>
{
    public ValidateOptionsResult Validate(string? name, HttpEventSinkOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        if (options.Address is null)
            errors.AddError("it is missing; give the address that events are posted to.", nameof(options.Address));
        else if (HttpEndpointValidation.AddressFault(options.Address) is { } fault)
            errors.AddError(fault, nameof(options.Address));

        if (options.HttpClientName is null)
            errors.AddError("it is null; give the name of a client, or leave it out.", nameof(options.HttpClientName));

        HttpEndpointValidation.CheckHeaders(errors, EventEndpoint.Of(options));
        HttpEndpointValidation.CheckTimeout(errors, options.RequestTimeout, nameof(options.RequestTimeout));
        if (!Enum.IsDefined(options.Format))
            errors.AddError(FormattableString.Invariant($"'{(int)options.Format}' is no format; give {nameof(EventFormat.JsonLines)} or {nameof(EventFormat.JsonArray)}."), nameof(options.Format));
        return errors.Build();
    }
}
