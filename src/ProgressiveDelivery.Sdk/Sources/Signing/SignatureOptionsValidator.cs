using Microsoft.Extensions.Options;

namespace ProgressiveDelivery.Sdk.Sources.Signing;

/// <summary>Finds all errors in <see cref="SignatureOptions"/> together. No message shows a key.</summary>
internal sealed class SignatureOptionsValidator : IValidateOptions<SignatureOptions>
{
    public ValidateOptionsResult Validate(string? name, SignatureOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        if (options.Keys.Count == 0)
            errors.AddError("it is empty; add a public key, or leave TrustKeys out.", nameof(options.Keys));

        if (options.LocalKey is { } key && LocalSeal.FaultOf(key) is { } wrong)
            errors.AddError(wrong, nameof(options.LocalKey));

        foreach (var id in options.Repeated)
            errors.AddError($"key '{id}' is given twice; give each key an id of its own.", nameof(options.Keys));

        foreach (var (id, text) in options.Keys)
        {
            if (!SnapshotSignature.IsKeyId(id))
                errors.AddError($"'{id}' is no id; use 1 to 64 ASCII letters, digits, dots, hyphens and underscores.", nameof(options.Keys));
            if (PublicKeyText.Read(text, out var fault) is null)
                errors.AddError($"key '{id}' {fault}", nameof(options.Keys));
        }

        return errors.Build();
    }
}
