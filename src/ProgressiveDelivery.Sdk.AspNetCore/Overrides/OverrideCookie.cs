using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace ProgressiveDelivery.Sdk.AspNetCore.Overrides;

/// <summary>Reads and writes the encrypted cookie of one client.</summary>
/// <param name="name">The cookie's name.</param>
/// <param name="client">The client, for which alone it is valid.</param>
/// <param name="lifetime">The time for which it is valid.</param>
/// <param name="protection">Encrypts it.</param>
internal sealed class OverrideCookie(string name, string client, TimeSpan lifetime, IDataProtectionProvider protection)
{
    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("ProgressiveDelivery.Sdk.AspNetCore.Overrides", "v1", client).ToTimeLimitedDataProtector();

    /// <summary>Returns whether a request has the cookie, without taking its cookies apart where it has none.</summary>
    public bool IsIn(HttpRequest request)
    {
        foreach (var line in request.Headers.Cookie)
        {
            if (line?.Contains(name, StringComparison.Ordinal) == true)
                return request.Cookies.ContainsKey(name);
        }

        return false;
    }

    /// <summary>Reads the cookie.</summary>
    /// <param name="request">The request.</param>
    /// <param name="isForged">True for a cookie that is forged, too old or encrypted by other keys.</param>
    /// <returns>Null if there is none, or none that is valid.</returns>
    public CookieContent? Read(HttpRequest request, out bool isForged)
    {
        isForged = false;
        if (!request.Cookies.TryGetValue(name, out var text) || string.IsNullOrEmpty(text))
            return null;
        try
        {
            isForged = text.Length > OverrideText.MaxLength;
            return isForged ? null : Parse(_protector.Unprotect(text));
        }
        catch (CryptographicException)
        {
            isForged = true;
            return null;
        }
    }

    /// <summary>Sets the cookie to some variants; removes it if there are none.</summary>
    public void Write(HttpContext http, CookieContent content)
    {
        var options = new CookieOptions { HttpOnly = true, Secure = http.Request.IsHttps, SameSite = SameSiteMode.Lax, IsEssential = true, Path = "/" };
        if (content.Variants.Count == 0)
        {
            http.Response.Cookies.Delete(name, options);
            return;
        }

        options.MaxAge = lifetime;
        http.Response.Cookies.Append(name, _protector.Protect($"{Uri.EscapeDataString(content.UserKey)}\n{OverrideText.Write(content.Variants)}", lifetime), options);
    }

    private static CookieContent? Parse(string text)
    {
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        var variants = new Dictionary<string, string>(StringComparer.Ordinal);
        var malformed = 0;
        return OverrideText.TryRead(text.AsSpan(end + 1), variants, ref malformed) ? new(Uri.UnescapeDataString(text[..end]), variants) : null;
    }
}
