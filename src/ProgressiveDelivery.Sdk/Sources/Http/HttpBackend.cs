using Microsoft.Extensions.Options;

namespace ProgressiveDelivery.Sdk.Sources.Http;

/// <summary>The parts that descriptions of backends share: addresses, and the checks of options. Safe to use from any thread.</summary>
public static class HttpBackend
{
    /// <summary>Returns an address below another one, whose path and query stay.</summary>
    /// <param name="address">The other one.</param>
    /// <param name="path">The path below it, escaped where it has to be.</param>
    /// <param name="query">Further parameters of the query; those that are null are left out.</param>
    public static Uri Below(Uri address, string path, params ReadOnlySpan<(string Name, string? Value)> query)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(path);
        var url = new UriBuilder(address);
        url.Path = $"{url.Path.TrimEnd('/')}/{path}";
        foreach (var (name, value) in query)
        {
            if (value is not null)
                url.Query = $"{url.Query}{(url.Query.Length > 1 ? "&" : "")}{name}={Uri.EscapeDataString(value)}";
        }

        return url.Uri;
    }

    /// <summary>Reports an option that is missing, or that cannot be sent since it is not printable ASCII.</summary>
    /// <param name="errors">Collects the errors.</param>
    /// <param name="value">The option's value; never shown.</param>
    /// <param name="property">The option's name.</param>
    /// <param name="wanted">The value to give: <c>the SDK key of the environment</c>.</param>
    public static void Require(ValidateOptionsResultBuilder errors, string? value, string property, string wanted)
    {
        ArgumentNullException.ThrowIfNull(errors);
        if (string.IsNullOrWhiteSpace(value))
            errors.AddError($"it is missing; give {wanted}.", property);
        else if (!RequestHeaders.IsValue(value))
            errors.AddError("it holds a character that a header cannot hold; give printable ASCII.", property);
    }

    /// <summary>Reports a time limit of a request that is not above 0, or is above an hour.</summary>
    /// <param name="errors">Collects the errors.</param>
    /// <param name="timeout">The time limit.</param>
    /// <param name="property">The option's name.</param>
    public static void CheckTimeout(ValidateOptionsResultBuilder errors, TimeSpan timeout, string property)
    {
        ArgumentNullException.ThrowIfNull(errors);
        HttpEndpointValidation.CheckTimeout(errors, timeout, property);
    }

    /// <summary>Reports a further, optional address that cannot be requested.</summary>
    /// <param name="errors">Collects the errors.</param>
    /// <param name="address">The address; null if it is left out.</param>
    /// <param name="property">The option's name.</param>
    public static void CheckAddress(ValidateOptionsResultBuilder errors, Uri? address, string property)
    {
        ArgumentNullException.ThrowIfNull(errors);
        if (address is not null && HttpEndpointValidation.AddressFault(address) is { } fault)
            errors.AddError(fault, property);
    }
}
