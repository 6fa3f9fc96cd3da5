using Microsoft.Extensions.Options;

namespace ProgressiveDelivery.Sdk.DependencyInjection;

/// <summary>Finds all errors in the options of one backend's sink together.</summary>
/// <typeparam name="TOptions">The options' class.</typeparam>
internal sealed class BackendEventsValidator<TOptions>(string ownName, BackendEvents<TOptions> backend) : IValidateOptions<TOptions>
    where TOptions : class
{
    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        if (name != ownName)
            return ValidateOptionsResult.Skip;
        var errors = new ValidateOptionsResultBuilder();
        backend.Validate(options, errors);
        return errors.Build();
    }
}
