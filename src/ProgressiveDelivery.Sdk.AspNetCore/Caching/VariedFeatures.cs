using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ProgressiveDelivery.Sdk.AspNetCore.Caching;

/// <summary>The flags by whose variants a response is kept apart from others in the output cache, with the variants of the request when the cache was asked.</summary>
internal sealed class VariedFeatures
{
    private readonly Dictionary<string, string?> _variants = new(StringComparer.Ordinal);

    /// <summary>The rules in force before the response was made; null until the cache is asked.</summary>
    public IFeatureSnapshot? RulesBefore { get; set; }

    /// <summary>Returns those of a request.</summary>
    public static VariedFeatures Of(HttpContext http)
    {
        if (http.Features.Get<VariedFeatures>() is { } known)
            return known;
        var made = new VariedFeatures();
        http.Features.Set(made);
        return made;
    }

    /// <summary>Returns the variant of a flag for a request, for the key of the cache; an empty text if the flag serves none.</summary>
    public string Add(HttpContext http, string flag)
    {
        var variant = VariantOf(http, flag);
        _variants[flag] = variant;
        return variant ?? "";
    }

    /// <summary>Returns whether the key of the cache holds the variant of a flag.</summary>
    public bool Covers(string flag) => _variants.ContainsKey(flag);

    /// <summary>The flags.</summary>
    public IReadOnlyCollection<string> Flags => _variants.Keys;

    /// <summary>Returns the first flag whose variant is another one by now, since the user of the request changed; null if there is none.</summary>
    public string? FirstChanged(HttpContext http)
    {
        foreach (var (flag, variant) in _variants)
        {
            if (!string.Equals(VariantOf(http, flag), variant, StringComparison.Ordinal))
                return flag;
        }

        return null;
    }

    private static string? VariantOf(HttpContext http, string flag) => http.RequestServices.GetRequiredService<IFeatureClient>().EvaluateUntyped(flag).Variant;
}
