namespace ProgressiveDelivery.Sdk.AspNetCore.Overrides;

/// <summary>The overrides that a request brings for one client.</summary>
internal sealed class RequestedOverrides
{
    private int _malformed;

    /// <summary>The variants by flag, of the header and the query parameter.</summary>
    public Dictionary<string, string> Variants { get; } = new(StringComparer.Ordinal);

    /// <summary>The content of the cookie; null if there is none that is valid.</summary>
    public CookieContent? Cookie { get; set; }

    /// <summary>Indicates whether there was a cookie that is forged, too old or encrypted by other keys.</summary>
    public bool HasForgedCookie { get; set; }

    /// <summary>Indicates whether the request exceeds a limit.</summary>
    public bool IsTooLarge { get; private set; }

    /// <summary>The number of parts that are no override.</summary>
    public int Malformed => _malformed;

    /// <summary>Indicates whether there is nothing to authorize.</summary>
    public bool IsEmpty => Variants.Count == 0 && Cookie is null;

    /// <summary>Adds the overrides of a text.</summary>
    public void Add(string? text)
    {
        if (!IsTooLarge && !OverrideText.TryRead(text, Variants, ref _malformed))
            IsTooLarge = true;
    }

    /// <summary>Returns all variants by flag: those of the cookie first, if it belongs to a user, and over them the others.</summary>
    /// <param name="user">The user of the request.</param>
    public Dictionary<string, string> Of(OverrideUser user)
    {
        if (Cookie is null || !Cookie.IsOf(user))
            return Variants;
        var all = new Dictionary<string, string>(Cookie.Variants, StringComparer.Ordinal);
        foreach (var (flag, variant) in Variants)
            all[flag] = variant;
        return all;
    }
}
