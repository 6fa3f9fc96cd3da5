using Microsoft.Extensions.Options;

namespace ProgressiveDelivery.Sdk.AspNetCore.Gates;

/// <summary>Finds all errors in <see cref="GateOptions"/> together.</summary>
internal sealed class GateOptionsValidator : IValidateOptions<GateOptions>
{
    public ValidateOptionsResult Validate(string? name, GateOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        if (options.Response is null)
            errors.AddError($"it is null; give a {nameof(GateResponse)}, such as {nameof(GateResponse)}.{nameof(GateResponse.NotFound)}.", nameof(options.Response));
        return errors.Build();
    }
}
