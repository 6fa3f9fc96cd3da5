using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.AspNetCore.Requests;
using ProgressiveDelivery.Sdk.DependencyInjection;

namespace ProgressiveDelivery.Sdk.AspNetCore.Overrides;

/// <summary>The overrides of all clients, where the environment allows them.</summary>
internal sealed class RequestOverrides
{
    private readonly ClientOverrides[] _clients;
    private readonly bool _isRegistered;

    public RequestOverrides(
        IServiceProvider services,
        IEnumerable<OverrideRegistration> registrations,
        IOptionsMonitor<OverrideOptions> options,
        IOptionsMonitor<ProgressiveDeliveryOptions> clients,
        IHostEnvironment environment,
        ILoggerFactory loggers,
        OverrideMeter meter)
    {
        var logger = loggers.CreateLogger($"{OverrideMeter.Name}.Overrides");
        var open = new List<ClientOverrides>();
        foreach (var registration in registrations)
        {
            _isRegistered = true;
            var chosen = options.Get(registration.OptionsName);
            var allowsForcing = clients.Get(registration.OptionsName).AllowForcedVariants ?? !environment.IsProduction();
            if (allowsForcing && (chosen.AllowInProduction || !environment.IsProduction()))
                open.Add(new(registration.Client, chosen, Cookie(services, registration, chosen), new(registration.Label, logger, meter, Clock.Of(services))));
            else
                logger.OverridesOff(registration.Label, environment.EnvironmentName);
        }

        _clients = [.. open];
    }

    /// <summary>Returns whether a request may bring overrides.</summary>
    public bool AreIn(HttpContext http)
    {
        foreach (var client in _clients)
        {
            if (client.AreIn(http.Request))
                return true;
        }

        return false;
    }

    /// <summary>Applies the overrides of a request.</summary>
    /// <returns>True if a flag is overridden.</returns>
    public async Task<bool> ApplyAsync(HttpContext http)
    {
        var isAny = false;
        foreach (var client in _clients)
            isAny |= await client.ApplyAsync(http).ConfigureAwait(false);
        return isAny;
    }

    /// <summary>Finds the overrides of a client.</summary>
    /// <param name="client">The client's name; null for the one without a name.</param>
    /// <returns>Null if overrides are off here.</returns>
    /// <exception cref="InvalidOperationException">No cookie is read for the client.</exception>
    public OverrideCookie? CookieOf(string? client)
    {
        var found = Array.Find(_clients, one => one.Client == client);
        if (found is null && _isRegistered)
            return null;
        return found?.Cookie ?? throw new InvalidOperationException("Overrides are not read from a cookie, so none is set. Call FromCookie in AddFeatureOverrides.");
    }

    private static OverrideCookie? Cookie(IServiceProvider services, OverrideRegistration registration, OverrideOptions options) => options.CookieName is { } name
        ? new(name, registration.Label, options.CookieLifetime, services.GetRequiredService<IDataProtectionProvider>())
        : null;
}
