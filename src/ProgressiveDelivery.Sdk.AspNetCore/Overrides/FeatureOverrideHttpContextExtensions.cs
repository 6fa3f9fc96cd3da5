using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.AspNetCore.Overrides;

namespace Microsoft.AspNetCore.Http;

/// <summary>Sets and clears the cookie by which a tester overrides flags, for pages and endpoints of the application.</summary>
public static class FeatureOverrideHttpContextExtensions
{
    /// <summary>
    /// Overrides a flag for the later requests of the browser, by a cookie beside those set before. The cookie is encrypted, valid for the present user, and <c>HttpOnly</c>; it is authorized
    /// anew on each request. Call it after authentication, from an endpoint that changes state: a POST with an antiforgery token.
    /// </summary>
    /// <param name="http">The request.</param>
    /// <param name="flag">The flag's key.</param>
    /// <param name="variant">The variant's name.</param>
    /// <param name="client">The name of the client; null for the one without a name.</param>
    /// <returns>False, and nothing is set, if overrides are off in this environment.</returns>
    /// <exception cref="ArgumentException">A text is empty or longer than 256 characters, or there would be more than 20 overrides, or more text than a cookie holds.</exception>
    /// <exception cref="InvalidOperationException">Overrides are not read from a cookie.</exception>
    public static bool SetFeatureOverride(this HttpContext http, string flag, string variant, string? client = null)
    {
        ThrowIfUnfit(flag, nameof(flag));
        ThrowIfUnfit(variant, nameof(variant));
        return Change(http, client, variants =>
        {
            variants[flag] = variant;
            if (variants.Count > OverrideText.MaxCount || OverrideText.Write(variants).Length > MaxText)
                throw new ArgumentException($"There are too many overrides for one cookie: at most {OverrideText.MaxCount}, with {MaxText} characters. Clear others first.", nameof(flag));
        });
    }

    /// <summary>Removes the override of a flag from the cookie.</summary>
    /// <param name="http">The request.</param>
    /// <param name="flag">The flag's key.</param>
    /// <param name="client">The name of the client; null for the one without a name.</param>
    /// <returns>False if overrides are off in this environment.</returns>
    /// <exception cref="InvalidOperationException">Overrides are not read from a cookie.</exception>
    public static bool ClearFeatureOverride(this HttpContext http, string flag, string? client = null) => Change(http, client, variants => variants.Remove(flag));

    /// <summary>Removes the cookie with all overrides.</summary>
    /// <param name="http">The request.</param>
    /// <param name="client">The name of the client; null for the one without a name.</param>
    /// <returns>False if overrides are off in this environment.</returns>
    /// <exception cref="InvalidOperationException">Overrides are not read from a cookie.</exception>
    public static bool ClearFeatureOverrides(this HttpContext http, string? client = null) => Change(http, client, static variants => variants.Clear());

    // Encrypted and encoded it stays below the 4,096 characters of a cookie, with name and attributes.
    private const int MaxText = 2_000;

    private static bool Change(HttpContext http, string? client, Action<Dictionary<string, string>> change)
    {
        ArgumentNullException.ThrowIfNull(http);
        var overrides = http.RequestServices.GetService<RequestOverrides>() ?? throw new InvalidOperationException("Overrides are not registered. Call AddFeatureOverrides where the feature client is registered.");
        if (overrides.CookieOf(client) is not { } cookie)
            return false;
        var user = OverrideUser.Of(http.User);
        var place = (typeof(CookieContent), client);

        // What an earlier call of this request set, or else what the browser brought.
        if (http.Items[place] is not CookieContent content)
            content = cookie.Read(http.Request, out _) is { } brought && brought.IsOf(user) ? brought : new(user.Key, new(StringComparer.Ordinal));
        var variants = new Dictionary<string, string>(content.Variants, StringComparer.Ordinal);
        change(variants);
        content = new(user.Key, variants);
        http.Items[place] = content;
        cookie.Write(http, content);
        return true;
    }

    private static void ThrowIfUnfit(string text, string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text, name);
        if (text.Length > OverrideText.MaxName)
            throw new ArgumentException($"The text has {text.Length} characters. Give at most {OverrideText.MaxName}.", name);
    }
}
