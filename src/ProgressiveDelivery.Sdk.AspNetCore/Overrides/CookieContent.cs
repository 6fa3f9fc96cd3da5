namespace ProgressiveDelivery.Sdk.AspNetCore.Overrides;

/// <summary>The content of a cookie.</summary>
/// <param name="UserKey">The key of the user who got it.</param>
/// <param name="Variants">The variants by flag.</param>
internal sealed record CookieContent(string UserKey, Dictionary<string, string> Variants)
{
    /// <summary>Returns whether the cookie belongs to a user.</summary>
    public bool IsOf(OverrideUser user) => string.Equals(UserKey, user.Key, StringComparison.Ordinal);
}
