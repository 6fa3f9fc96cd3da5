namespace ProgressiveDelivery.Sdk.AspNetCore;

/// <summary>
/// The cookie that gives a visitor without a sign-in a random targeting key: <c>Secure</c>, <c>HttpOnly</c> and <c>SameSite=Lax</c>, always. Data protection encrypts and signs it: a
/// value that is forged or edited is ignored. One that is copied from another browser cannot be told from that browser's own: bind nothing secret to it.
/// </summary>
public sealed class AnonymousIdOptions
{
    /// <summary>The cookie's name; <c>pd-anonymous-id</c> by default. Applications of one host that do not share their data protection keys need different names.</summary>
    public string CookieName { get; set; } = "pd-anonymous-id";

    /// <summary>The time that a browser keeps the cookie without a visit, 1 hour to 400 days; 90 days by default. A visit in the second half of it renews the cookie, with the same id.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromDays(90);

    /// <summary>The time after which a visitor gets a new id, however often the cookie was renewed: from <see cref="Lifetime"/> to 3,650 days; 365 days by default.</summary>
    public TimeSpan MaxAge { get; set; } = TimeSpan.FromDays(365);

    /// <summary>The domain that the cookie is sent to; null, the default, for the host of the request alone.</summary>
    public string? Domain { get; set; }

    /// <summary>The path that the cookie is sent to; <c>/</c> by default.</summary>
    public string Path { get; set; } = "/";

    /// <summary>
    /// Indicates whether the cookie is set without the visitor's consent, where the application asks for consent by its cookie policy; false by default. Without consent a visitor has no
    /// targeting key.
    /// </summary>
    public bool IsEssential { get; set; }
}
