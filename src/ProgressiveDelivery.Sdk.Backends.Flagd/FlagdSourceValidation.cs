using Microsoft.Extensions.Options;

namespace ProgressiveDelivery.Sdk.Backends.Flagd;

/// <summary>Reports all faults of <see cref="FlagdSourceOptions"/> at once.</summary>
internal static class FlagdSourceValidation
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public static void Check(FlagdSourceOptions options, ValidateOptionsResultBuilder errors)
    {
        if (AddressFault(options.Address) is { } fault)
            errors.AddError(fault, nameof(options.Address));
        CheckRange(errors, options.Deadline, TimeSpan.FromMilliseconds(1), Hour, nameof(options.Deadline));
        CheckRange(errors, options.StreamDeadline, TimeSpan.FromMinutes(1), TimeSpan.FromDays(1), nameof(options.StreamDeadline));
        CheckRange(errors, options.KeepAliveInterval, TimeSpan.FromSeconds(1), Hour, nameof(options.KeepAliveInterval));
        if (!Enum.IsDefined(options.Fractional))
            errors.AddError($"'{options.Fractional}' is no generation; give V1, V2 or V3.", nameof(options.Fractional));
        CheckText(errors, options.Selector, nameof(options.Selector));
        CheckText(errors, options.Authorization, nameof(options.Authorization));
        if (options.ProviderId is null)
            errors.AddError("it is null; give a name, or leave it out.", nameof(options.ProviderId));
    }

    private static string? AddressFault(Uri? address)
    {
        if (address is null || !address.IsAbsoluteUri)
            return "it is missing, or no absolute address; give one such as http://flagd:8015.";
        if (address.Scheme is not ("http" or "https"))
            return $"scheme '{address.Scheme}' is not known; give http or https.";
        if (address.UserInfo.Length > 0)
            return "it holds credentials, which would end up in logs; give them as Authorization.";
        return address.PathAndQuery == "/" && address.Fragment.Length == 0 ? null : "it has a path or a query, and a gRPC server has none; give scheme, host and port.";
    }

    private static void CheckRange(ValidateOptionsResultBuilder errors, TimeSpan value, TimeSpan least, TimeSpan most, string property)
    {
        if (value < least || value > most)
            errors.AddError($"'{value}' is out of range; give {least} to {most}.", property);
    }

    // A value may be a secret: no message shows it.
    private static void CheckText(ValidateOptionsResultBuilder errors, string? value, string property)
    {
        if (value is not null && value.Any(character => character is < ' ' or > '~'))
            errors.AddError("it holds a character that a header cannot hold; give printable ASCII.", property);
    }
}
