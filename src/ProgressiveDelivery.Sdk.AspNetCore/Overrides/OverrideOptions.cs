using Microsoft.AspNetCore.Http;

namespace ProgressiveDelivery.Sdk.AspNetCore;

/// <summary>
/// Options of the overrides that testers bring with their own requests. At least one place to read them from, and one condition to allow them, are required.
/// Read once, when the host starts.
/// </summary>
public sealed class OverrideOptions
{
    /// <summary>The name of the header; null, the default, if none is read. <see cref="FromHeader"/> sets it.</summary>
    public string? HeaderName { get; private set; }

    /// <summary>The name of the cookie; null, the default, if none is read. <see cref="FromCookie"/> sets it.</summary>
    public string? CookieName { get; private set; }

    /// <summary>The name of the query parameter; null, the default, if none is read. <see cref="FromQuery"/> sets it.</summary>
    public string? QueryName { get; private set; }

    /// <summary>The name of the authorization policy that the user must meet; null, the default, for none. <see cref="AllowPolicy"/> sets it.</summary>
    public string? PolicyName { get; private set; }

    /// <summary>
    /// Decides whether a request may override flags. It is called only for requests that bring overrides, with <see cref="HttpContext.User"/> authenticated by the default scheme. No default: without
    /// it, <see cref="AllowPolicy"/> is required; with both, both must allow. An exception refuses the overrides, and is logged.
    /// </summary>
    public Func<HttpContext, ValueTask<bool>>? Allow { get; set; }

    /// <summary>
    /// Indicates whether overrides are read in the Production environment too; false by default. It also sets <see cref="DependencyInjection.ProgressiveDeliveryOptions.AllowForcedVariants"/>, unless
    /// the application does.
    /// </summary>
    public bool AllowInProduction { get; set; }

    /// <summary>The time after which a cookie of <c>SetFeatureOverride</c> is no longer valid; 12 hours by default, a minute to 30 days.</summary>
    public TimeSpan CookieLifetime { get; set; } = TimeSpan.FromHours(12);

    /// <summary>Reads overrides from a header: <c>X-Feature-Override: checkout=on, banner=red</c>. A comma or equals sign in a name is percent-encoded.</summary>
    /// <param name="name">The header's name.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    public void FromHeader(string name = "X-Feature-Override")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        HeaderName = name;
    }

    /// <summary>Reads overrides from the encrypted cookie that <c>HttpContext.SetFeatureOverride</c> sets. It is valid for the user who got it. It requires data protection.</summary>
    /// <param name="name">The cookie's name.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    public void FromCookie(string name = "feature-override")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        CookieName = name;
    }

    /// <summary>
    /// Reads overrides from a query parameter, in the form of the header: <c>?feature-override=checkout=on,banner=red</c>. Only GET and HEAD requests: a link or a form of another site must not
    /// choose the code that changes data.
    /// </summary>
    /// <param name="name">The parameter's name.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    public void FromQuery(string name = "feature-override")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        QueryName = name;
    }

    /// <summary>Requires that the user meets an authorization policy of the application. Its authentication schemes are used, or else the default one.</summary>
    /// <param name="policy">The policy's name. A policy that does not exist refuses all overrides, with a warning.</param>
    /// <exception cref="ArgumentException"><paramref name="policy"/> is empty.</exception>
    public void AllowPolicy(string policy)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(policy);
        PolicyName = policy;
    }
}
