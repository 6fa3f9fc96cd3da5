using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ProgressiveDelivery.Sdk.AspNetCore.Overrides;

/// <summary>The overrides of one client.</summary>
/// <param name="client">The client's name; null for the one without a name.</param>
/// <param name="options">The places and conditions.</param>
/// <param name="cookie">The cookie; null if none is read.</param>
/// <param name="journal">The log.</param>
internal sealed class ClientOverrides(string? client, OverrideOptions options, OverrideCookie? cookie, OverrideJournal journal)
{
    private readonly OverrideAuthorization _authorization = new(options);

    public string? Client => client;

    /// <summary>The cookie; null if none is read.</summary>
    public OverrideCookie? Cookie => cookie;

    /// <summary>Returns whether a request may bring overrides. It costs a look-up for each place.</summary>
    public bool AreIn(HttpRequest request) =>
        (options.HeaderName is { } header && request.Headers.ContainsKey(header))
        || (options.QueryName is { } parameter && request.QueryString.HasValue && request.Query.ContainsKey(parameter))
        || cookie?.IsIn(request) == true;

    /// <summary>Applies the overrides of a request.</summary>
    /// <returns>True if a flag is overridden.</returns>
    public async Task<bool> ApplyAsync(HttpContext http)
    {
        var requested = Read(http.Request);
        if (requested.HasForgedCookie)
            journal.CookieRefused();
        if (requested.IsTooLarge)
        {
            journal.TooLarge();
            return false;
        }

        journal.Malformed(requested.Malformed);
        if (requested.IsEmpty || await AuthorizeAsync(http).ConfigureAwait(false) is not { } user)
            return false;
        if (requested.Cookie?.IsOf(user) == false)
            journal.CookieRefused();
        return Force(http, requested.Of(user), user);
    }

    private RequestedOverrides Read(HttpRequest request)
    {
        var requested = new RequestedOverrides();
        if (cookie is not null)
        {
            requested.Cookie = cookie.Read(request, out var isForged);
            requested.HasForgedCookie = isForged;
        }

        // As one text: a limit holds for all lines of a header together.
        if (options.HeaderName is { } header && request.Headers.TryGetValue(header, out var lines))
            requested.Add(lines.ToString());
        if (options.QueryName is { } parameter && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) && request.Query.TryGetValue(parameter, out var values))
            requested.Add(values.ToString());
        return requested;
    }

    private async Task<OverrideUser?> AuthorizeAsync(HttpContext http)
    {
        try
        {
            var user = await _authorization.AuthorizeAsync(http).ConfigureAwait(false);
            if (user is null)
                journal.Refused();
            return user;
        }
        catch (Exception fault)         // A condition that fails allows nothing, and costs the request nothing else.
        {
            journal.ConditionFailed(fault);
            return null;
        }
    }

    private bool Force(HttpContext http, Dictionary<string, string> variants, OverrideUser user)
    {
        var scope = client is null ? http.RequestServices.GetRequiredService<IFeatureScope>() : http.RequestServices.GetRequiredKeyedService<IFeatureScope>(client);
        var flags = scope.Flags.Where(flag => variants.ContainsKey(flag.Key)).ToDictionary(flag => flag.Key, StringComparer.Ordinal);
        var isForced = false;
        foreach (var (flag, variant) in variants)
        {
            if (!flags.TryGetValue(flag, out var known) || !known.Variants.Any(one => one.Name == variant))
            {
                journal.Unknown(user, flag, variant);
                continue;
            }

            scope.ForceVariant(flag, variant, user.Name);
            journal.Accepted(user, flag, variant);
            isForced = true;
        }

        return isForced;
    }
}
