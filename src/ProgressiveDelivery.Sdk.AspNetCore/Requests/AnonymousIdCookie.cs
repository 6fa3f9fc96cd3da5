using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;

namespace ProgressiveDelivery.Sdk.AspNetCore.Requests;

/// <summary>Reads the anonymous id cookie, makes it where it is missing, and renews it. Safe to use from any thread.</summary>
/// <param name="options">The cookie.</param>
/// <param name="protection">Protects its value.</param>
/// <param name="clock">The time.</param>
/// <param name="faults">Logs faults.</param>
internal sealed class AnonymousIdCookie(AnonymousIdOptions options, IDataProtectionProvider protection, TimeProvider clock, RequestFaults faults)
{
    // Ours has about 180.
    private const int MaxLength = 512;
    private const int RenewalsInLifetime = 2;

    private readonly IDataProtector _protector = protection.CreateProtector("ProgressiveDelivery.Sdk.AspNetCore.AnonymousId", "v1");

    /// <summary>Returns the visitor's id, and sets the cookie if it is missing or due. Null if the visitor cannot be given one: the response has started, or consent is missing.</summary>
    public string? Read(HttpContext http)
    {
        if (http.Features.Get<AnonymousIdsOfRequest>()?.Find(options.CookieName) is { } made)
            return made;
        var now = clock.GetUtcNow();
        if (http.Request.Cookies[options.CookieName] is not { Length: > 0 } value || Parse(value) is not { } known || IsOver(known, now))
            return Set(http, AnonymousId.New(now), now);
        if (now - known.Renewed >= options.Lifetime / RenewalsInLifetime)
            Set(http, known with { Renewed = now }, now);
        return known.Key;
    }

    private bool IsOver(AnonymousId known, DateTimeOffset now) => now - known.Made >= options.MaxAge || now - known.Renewed >= options.Lifetime;

    private AnonymousId? Parse(string value)
    {
        if (value.Length <= MaxLength)
        {
            try
            {
                if (AnonymousId.Read(_protector.Unprotect(WebEncoders.Base64UrlDecode(value))) is { } known)
                    return known;
            }
            catch (Exception fault) when (fault is CryptographicException or FormatException)
            {
                // Anyone can send such a value; it is as good as none.
            }
        }

        faults.Ignored();
        return null;
    }

    private string? Set(HttpContext http, AnonymousId id, DateTimeOffset now)
    {
        if (http.Response.HasStarted || (!options.IsEssential && http.Features.Get<ITrackingConsentFeature>() is { CanTrack: false }))
            return null;
        try
        {
            http.Response.Cookies.Append(options.CookieName, WebEncoders.Base64UrlEncode(_protector.Protect(id.ToBytes())), Attributes(id, now));
        }
        catch (Exception fault)
        {
            if (!http.Response.HasStarted)      // else it started in this moment
                faults.CannotProtect(fault);
            return null;
        }

        KeepOutOfSharedCaches(http.Response);
        if (http.Features.Get<AnonymousIdsOfRequest>() is not { } made)
            http.Features.Set(made = new());
        made.Add(options.CookieName, id.Key);
        return id.Key;
    }

    private CookieOptions Attributes(AnonymousId id, DateTimeOffset now)
    {
        var rest = id.Made + options.MaxAge - now;
        return new()
        {
            HttpOnly = true,
            Secure = true,
            SameSite = SameSiteMode.Lax,
            Domain = options.Domain,
            Path = options.Path,
            MaxAge = rest < options.Lifetime ? rest : options.Lifetime,
            IsEssential = options.IsEssential,
        };
    }

    // A cache that gave the response to another visitor would give the id with it.
    private static void KeepOutOfSharedCaches(HttpResponse response) => response.OnStarting(
        static state =>
        {
            var headers = ((HttpResponse)state).Headers;
            var control = headers.CacheControl.ToString();
            if (!control.Contains("private", StringComparison.OrdinalIgnoreCase) && !control.Contains("no-store", StringComparison.OrdinalIgnoreCase))
                headers.CacheControl = "no-cache, no-store";
            return Task.CompletedTask;
        },
        response);
}
