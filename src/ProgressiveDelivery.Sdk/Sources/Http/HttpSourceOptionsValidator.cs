using Microsoft.Extensions.Options;

namespace ProgressiveDelivery.Sdk.Sources.Http;

/// <summary>Finds all that is wrong with <see cref="HttpSourceOptions"/> at once.</summary>
internal sealed class HttpSourceOptionsValidator : IValidateOptions<HttpSourceOptions>
{
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromDays(1);
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromHours(1);

    public ValidateOptionsResult Validate(string? name, HttpSourceOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        if (AddressFault(options.Address) is { } fault) errors.AddError(fault, nameof(options.Address));

        if (options.PollingInterval < ShortestInterval || options.PollingInterval > LongestInterval)
            errors.AddError($"'{options.PollingInterval}' is out of range; give 00:00:01 to 1.00:00:00.", nameof(options.PollingInterval));

        CheckTimeout(errors, options.AttemptTimeout, nameof(options.AttemptTimeout));
        CheckTimeout(errors, options.BodyTimeout, nameof(options.BodyTimeout));

        if (options.MaximumBytes < 1)
            errors.AddError($"'{options.MaximumBytes}' is out of range; give at least 1 byte.", nameof(options.MaximumBytes));

        if (options.HttpClientName is null)
            errors.AddError("it is null; give the name of a client, or leave it out.", nameof(options.HttpClientName));

        CheckHeaders(errors, options);
        return errors.Build();
    }

    private static string? AddressFault(Uri? address)
    {
        if (address is null) return "it is missing; give the snapshot's address.";
        if (!address.IsAbsoluteUri) return "it is not an absolute address; give one such as https://flags.example.com/snapshot.";
        if (address.Scheme is not ("http" or "https")) return $"scheme '{address.Scheme}' is not known; give http or https.";
        if (address.UserInfo.Length > 0) return "it holds credentials, which would end up in logs; give them as Authorization.";
        return address.Fragment.Length > 0 ? "it holds a fragment, which is never sent; leave out what follows the '#'." : null;
    }

    private static void CheckTimeout(ValidateOptionsResultBuilder errors, TimeSpan timeout, string property)
    {
        if (timeout <= TimeSpan.Zero || timeout > LongestTimeout)
            errors.AddError($"'{timeout}' is out of range; give more than 0 and at most 01:00:00.", property);
    }

    // Values may be secrets: no message shows one.
    private static void CheckHeaders(ValidateOptionsResultBuilder errors, HttpSourceOptions options)
    {
        if (options.Authorization is not null && !RequestHeaders.IsValue(options.Authorization))
            errors.AddError("it holds a character that a header cannot hold; give printable ASCII.", nameof(options.Authorization));

        foreach (var (name, value) in options.Headers)
            if (RequestHeaders.FaultOf(name, value) is { } fault)
                errors.AddError($"header '{name}' {fault}", nameof(options.Headers));
    }
}
