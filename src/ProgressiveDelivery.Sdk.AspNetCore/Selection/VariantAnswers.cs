using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ProgressiveDelivery.Sdk.AspNetCore.Selection;

/// <summary>The variants that a request was given by the flags of a route's candidates, each asked once.</summary>
/// <param name="http">The request.</param>
internal sealed class VariantAnswers(HttpContext http)
{
    private readonly List<(string Flag, string? Variant)> _known = [];
    private IFeatureClient? _features;

    /// <summary>Returns whether all variants were given.</summary>
    public bool Hold(IReadOnlyList<FeatureVariantAttribute> variants)
    {
        foreach (var asked in variants)
        {
            if (!string.Equals(VariantOf(asked.Flag), asked.Variant, StringComparison.Ordinal))
                return false;
        }

        return true;
    }

    private string? VariantOf(string flag)
    {
        foreach (var known in _known)
        {
            if (string.Equals(known.Flag, flag, StringComparison.Ordinal))
                return known.Variant;
        }

        _features ??= http.RequestServices.GetRequiredService<IFeatureClient>();
        var variant = _features.EvaluateUntyped(flag).Variant;
        _known.Add((flag, variant));
        return variant;
    }
}
