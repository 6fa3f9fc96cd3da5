using Microsoft.Extensions.Options;

namespace ProgressiveDelivery.Sdk.DependencyInjection;

/// <summary>Finds all errors in <see cref="HostContextOptions"/> together.</summary>
internal sealed class HostContextOptionsValidator : IValidateOptions<HostContextOptions>
{
    public ValidateOptionsResult Validate(string? name, HostContextOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        if (options.Facts.Keys.Any(string.IsNullOrWhiteSpace))
            errors.AddError("a fact has no name. Name it, or remove it.", nameof(options.Facts));

        if (options.Facts.ContainsKey(EvaluationContext.TargetingKeyName))
            errors.AddError($"'{EvaluationContext.TargetingKeyName}' is no fact: it is the value of '{HostFacts.Instance}'. Set that one.", nameof(options.Facts));

        if (options.Facts.TryGetValue(HostFacts.Instance, out var instance) && string.IsNullOrWhiteSpace(instance))
            errors.AddError($"'{HostFacts.Instance}' is empty, and rollouts by instance need it. Give the instance's id, or leave it out.", nameof(options.Facts));
        return errors.Build();
    }
}
