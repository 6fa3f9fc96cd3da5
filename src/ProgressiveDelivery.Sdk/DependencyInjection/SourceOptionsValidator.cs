using Microsoft.Extensions.Options;

namespace ProgressiveDelivery.Sdk.DependencyInjection;

/// <summary>Finds all errors in the options of one source together.</summary>
/// <typeparam name="TOptions">The options' class.</typeparam>
internal sealed class SourceOptionsValidator<TOptions>(string ownName, Backend<TOptions> backend, BackendChannel<TOptions> channel) : IValidateOptions<TOptions>
    where TOptions : class
{
    // Another source may have options of the same class, and be read in another way.
    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        if (name != ownName)
            return ValidateOptionsResult.Skip;
        var errors = new ValidateOptionsResultBuilder();
        channel.Check(options, errors);
        backend.Validate(options, errors);
        if (backend.Context is { } context && context(options) is null)
            errors.AddError("it is null; give a mapping, or leave it out.", nameof(backend.Context));
        return errors.Build();
    }
}
