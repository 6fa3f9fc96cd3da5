using Microsoft.Extensions.Options;

namespace ProgressiveDelivery.Sdk.AspNetCore.Ofrep;

/// <summary>Finds all errors in <see cref="OfrepOptions"/> together.</summary>
internal static class OfrepOptionsValidator
{
    private const int MinBytes = 1024;
    private const int MaxBytes = 16 * 1024 * 1024;
    private const int MaxSubscribers = 1_000_000;

    /// <exception cref="OptionsValidationException">An option is out of range.</exception>
    public static void Validate(OfrepOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        if (options.ClientName is { } client && string.IsNullOrWhiteSpace(client))
            errors.AddError("is empty. Give the name of a client, or null for the client without a name.", nameof(options.ClientName));
        if (options.MaxContextBytes is < MinBytes or > MaxBytes)
            errors.AddError($"'{options.MaxContextBytes}' is out of range; give {MinBytes} to {MaxBytes} bytes.", nameof(options.MaxContextBytes));
        if (options.MaxSubscribers is < 0 or > MaxSubscribers)
            errors.AddError($"'{options.MaxSubscribers}' is out of range; give 0 to {MaxSubscribers}.", nameof(options.MaxSubscribers));
        if (options.AllowedAttributes?.Any(string.IsNullOrEmpty) == true)
            errors.AddError("one has no name. Name it, or remove it.", nameof(options.AllowedAttributes));
        if (errors.Build() is { Failed: true } result)
            throw new OptionsValidationException(nameof(OfrepOptions), typeof(OfrepOptions), result.Failures);
    }
}
