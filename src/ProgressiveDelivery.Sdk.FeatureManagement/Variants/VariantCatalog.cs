using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.FeatureManagement;

namespace ProgressiveDelivery.Sdk.FeatureManagement.Variants;

/// <summary>Makes Microsoft's variants; the configuration of each is made once for a snapshot, and then shared. Safe to use from any thread.</summary>
internal sealed class VariantCatalog
{
    private readonly ConditionalWeakTable<IFeatureSnapshot, ConcurrentDictionary<(string Flag, string Variant), Made>> _made = [];

    /// <summary>Returns the variant of an evaluation; null if it served none.</summary>
    public Variant? Of(string flag, Evaluation<JsonElement> evaluation, IFeatureSnapshot rules)
    {
        if (evaluation.Variant is not { } name || IsNone(name))
            return null;
        var made = _made.GetValue(rules, static _ => new())
            .GetOrAdd((flag, name), static (variant, source) => Make(variant.Flag, variant.Variant, source.Value, source.Rules), (evaluation.Value, Rules: rules));
        return made.IsVariant ? new() { Name = name, Configuration = made.Configuration! } : null;
    }

    // The readers of backends give names in parentheses to what is no variant there: that none was allocated.
    private static bool IsNone(string name) => name.Length > 2 && name[0] == '(' && name[^1] == ')';

    // A variant without a value is read as the on/off state beside it.
    private static Made Make(string key, string variant, JsonElement value, IFeatureSnapshot rules)
    {
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            var flag = rules.Flags.FirstOrDefault(flag => string.Equals(flag.Key, key, StringComparison.Ordinal));
            if (flag?.Type == FlagType.Boolean)
                return new(IsVariant: false, null);
            if (flag?.Variants.FirstOrDefault(known => string.Equals(known.Name, variant, StringComparison.Ordinal))?.Value.ValueKind == JsonValueKind.Undefined)
                return new(IsVariant: true, null);
        }

        return new(IsVariant: true, VariantConfiguration.Of(value));
    }

    private sealed record Made(bool IsVariant, IConfigurationSection? Configuration);
}
