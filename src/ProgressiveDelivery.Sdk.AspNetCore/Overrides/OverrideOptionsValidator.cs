using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ProgressiveDelivery.Sdk.AspNetCore.Overrides;

/// <summary>Finds all errors in <see cref="OverrideOptions"/> together.</summary>
/// <param name="services">The services that exist.</param>
internal sealed class OverrideOptionsValidator(IServiceProviderIsService services) : IValidateOptions<OverrideOptions>
{
    private static readonly TimeSpan MinLifetime = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan MaxLifetime = TimeSpan.FromDays(30);

    public ValidateOptionsResult Validate(string? name, OverrideOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        if (options is { HeaderName: null, CookieName: null, QueryName: null })
            errors.AddError("Overrides of requests have no place to come from. Call FromHeader, FromCookie or FromQuery.");

        if (options is { Allow: null, PolicyName: null })
            errors.AddError("Overrides of requests have no condition, and must not be allowed to everybody. Set Allow, or call AllowPolicy.");

        if (options.CookieLifetime < MinLifetime || options.CookieLifetime > MaxLifetime)
            errors.AddError($"'{options.CookieLifetime}' is out of range; give {MinLifetime} to {MaxLifetime}.", nameof(options.CookieLifetime));

        if (options.CookieName is not null && !services.IsService(typeof(IDataProtectionProvider)))
            errors.AddError("The cookie of overrides is encrypted, and data protection is not registered. Call services.AddDataProtection(), or remove FromCookie.");

        if (options.PolicyName is { } policy && !(services.IsService(typeof(IPolicyEvaluator)) && services.IsService(typeof(IAuthorizationService))))
            errors.AddError($"Overrides require the policy '{policy}', and authorization is not registered. Call services.AddAuthorization(), or remove AllowPolicy.");
        return errors.Build();
    }
}
