using Microsoft.Extensions.Options;

namespace ProgressiveDelivery.Sdk.Sources.Http;

/// <summary>Finds the errors in <see cref="HttpEndpointOptions"/>.</summary>
internal static class HttpEndpointValidation
{
    private static readonly TimeSpan MaxTimeout = TimeSpan.FromHours(1);

    public static void Check(ValidateOptionsResultBuilder errors, HttpEndpointOptions options)
    {
        if (AddressFault(options.Address) is { } fault) errors.AddError(fault, nameof(options.Address));

        CheckTimeout(errors, options.AttemptTimeout, nameof(options.AttemptTimeout));

        if (options.HttpClientName is null)
            errors.AddError("it is null; give the name of a client, or leave it out.", nameof(options.HttpClientName));

        foreach (var status in options.StopOnStatus)
            if (status is < 400 or > 599) errors.AddError($"{status} is no status of an error; give 400 to 599.", nameof(options.StopOnStatus));

        CheckHeaders(errors, options);
    }

    public static void CheckTimeout(ValidateOptionsResultBuilder errors, TimeSpan timeout, string property)
    {
        if (timeout <= TimeSpan.Zero || timeout > MaxTimeout)
            errors.AddError($"'{timeout}' is out of range; give more than 0 and at most 01:00:00.", property);
    }

    /// <summary>Returns the error in an address; null if there is none.</summary>
    public static string? AddressFault(Uri? address)
    {
        if (address is null) return "it is missing; give the snapshot's address.";
        if (!address.IsAbsoluteUri) return "it is not an absolute address; give one such as https://flags.example.com/snapshot.";
        if (address.Scheme is not ("http" or "https")) return $"scheme '{address.Scheme}' is not known; give http or https.";
        if (address.UserInfo.Length > 0) return "it holds credentials, which would end up in logs; give them as Authorization.";
        return address.Fragment.Length > 0 ? "it holds a fragment, which is never sent; leave out what follows the '#'." : null;
    }

    /// <summary>Reports headers that cannot be sent. Values may be secrets: no message shows one.</summary>
    public static void CheckHeaders(ValidateOptionsResultBuilder errors, HttpEndpointOptions options)
    {
        if (options.Authorization is not null && !RequestHeaders.IsValue(options.Authorization))
            errors.AddError("it holds a character that a header cannot hold; give printable ASCII.", nameof(options.Authorization));

        foreach (var (name, value) in options.Headers)
            if (RequestHeaders.FaultOf(name, value) is { } fault)
                errors.AddError($"header '{name}' {fault}", nameof(options.Headers));
    }
}
