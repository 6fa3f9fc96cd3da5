using System.Text.Json;

namespace ProgressiveDelivery.Sdk.Blazor;

/// <summary>Follows the variant of a flag of any type: by the rules, and by its value, which time alone can change.</summary>
internal static class VariantSubscription
{
    /// <summary>Begins to follow.</summary>
    /// <param name="features">The client.</param>
    /// <param name="key">The flag's key.</param>
    /// <param name="kind">The kind of the flag's value.</param>
    /// <param name="context">The context to evaluate.</param>
    /// <param name="rules">The rules that answered last.</param>
    /// <param name="changed">Called when the variant may have changed.</param>
    public static IDisposable Begin(IFeatureClient features, string key, JsonValueKind kind, EvaluationContext context, IFeatureSnapshot? rules, Action changed)
    {
        var byRules = features.OnChange(change =>
        {
            if (!ReferenceEquals(change.Current, rules))
                changed();
        });
        return new Both(byRules, ByValue(features, key, kind, context, changed));
    }

    // A value that is neither of these comes from JSON, which is followed by the rules alone.
    private static IDisposable? ByValue(IFeatureClient features, string key, JsonValueKind kind, EvaluationContext context, Action changed) =>
        kind switch
        {
            JsonValueKind.True or JsonValueKind.False => features.OnChange<bool>(new(key, false), context, _ => changed()),
            JsonValueKind.String => features.OnChange<string?>(new(key, null), context, _ => changed()),
            JsonValueKind.Number => features.OnChange<double>(new(key, 0), context, _ => changed()),
            _ => null,
        };

    private sealed class Both(IDisposable first, IDisposable? second) : IDisposable
    {
        public void Dispose()
        {
            first.Dispose();
            second?.Dispose();
        }
    }
}
