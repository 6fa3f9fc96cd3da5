using System.Text.Json;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Comparing;

/// <summary>Compares two definitions of a flag, in words.</summary>
internal static class FlagComparison
{
    /// <summary>Returns what differs, in the order of a definition.</summary>
    public static IReadOnlyList<FlagChange> Of(FlagInfo before, FlagInfo after)
    {
        var changes = new List<FlagChange>();
        Compare(changes, "type", before.Type.ToString(), after.Type.ToString());
        Compare(changes, "state", State(before), State(after));
        Compare(changes, "serves", Overlay(before), Overlay(after));
        Compare(changes, "quarantine", before.Defect, after.Defect);
        Compare(changes, "clients", before.IsClientVisible ? "visible to clients" : "not visible to clients", after.IsClientVisible ? "visible to clients" : "not visible to clients");
        CompareNamed(changes, "variant", Variants(before), Variants(after));
        CompareList(changes, "prerequisite", before.Prerequisites, after.Prerequisites);
        CompareRules(changes, before, after);
        Compare(changes, "default", before.Default, after.Default);
        Compare(changes, "off variant", before.OffVariant, after.OffVariant);
        CompareNamed(changes, "metadata", Metadata(before), Metadata(after));
        return changes;
    }

    private static void CompareRules(List<FlagChange> changes, FlagInfo before, FlagInfo after)
    {
        var (old, young) = (Rules(before), Rules(after));
        foreach (var (id, rule) in old)
        {
            if (!young.TryGetValue(id, out var other))
            {
                changes.Add(new($"rule “{id}”", "", rule.ToString(), null, ""));
                continue;
            }

            Compare(changes, $"rule “{id}”, when", rule.Condition ?? "always", other.Condition ?? "always");
            Compare(changes, $"rule “{id}”", rule.Outcome, other.Outcome);
        }

        changes.AddRange(young.Where(rule => !old.ContainsKey(rule.Key)).Select(rule => new FlagChange($"rule “{rule.Key}”", "", null, rule.Value.ToString(), "")));
        string[] kept = [.. old.Keys.Where(young.ContainsKey)], order = [.. young.Keys.Where(old.ContainsKey)];
        if (!kept.SequenceEqual(order, StringComparer.Ordinal))
            changes.Add(new("order of rules", "", string.Join(", ", kept), string.Join(", ", order), ""));
    }

    private static void Compare(List<FlagChange> changes, string label, string? before, string? after)
    {
        if (!string.Equals(before, after, StringComparison.Ordinal))
            changes.Add(FlagChange.Of(label, before, after));
    }

    private static void CompareNamed(List<FlagChange> changes, string label, Dictionary<string, string> before, Dictionary<string, string> after)
    {
        foreach (var name in before.Keys.Union(after.Keys, StringComparer.Ordinal))
            Compare(changes, $"{label} “{name}”", before.GetValueOrDefault(name), after.GetValueOrDefault(name));
    }

    private static void CompareList(List<FlagChange> changes, string label, IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        changes.AddRange(before.Except(after, StringComparer.Ordinal).Select(gone => new FlagChange(label, "", gone, null, "")));
        changes.AddRange(after.Except(before, StringComparer.Ordinal).Select(come => new FlagChange(label, "", null, come, "")));
    }

    private static string State(FlagInfo flag) => flag.IsEnabled ? "enabled" : "off";

    private static string Overlay(FlagInfo flag) => flag.Overlay switch
    {
        null => "what its rules decide",
        EvaluationReason.Override => "an override",
        EvaluationReason.Guarded => "what a guard decided",
        _ => "a kill",
    };

    // The last of equal names counts, as in a definition.
    private static Dictionary<string, RuleInfo> Rules(FlagInfo flag) =>
        flag.Rules.GroupBy(rule => rule.Id, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Last(), StringComparer.Ordinal);

    private static Dictionary<string, string> Variants(FlagInfo flag) =>
        flag.Variants.GroupBy(variant => variant.Name, StringComparer.Ordinal).ToDictionary(group => group.Key, group => Value(group.Last()), StringComparer.Ordinal);

    private static Dictionary<string, string> Metadata(FlagInfo flag) => flag.Metadata.ToDictionary(entry => entry.Key, entry => entry.Value.GetRawText(), StringComparer.Ordinal);

    private static string Value(VariantInfo variant)
    {
        var state = variant.IsEnabled switch { null => "", true => "on", false => "off" };
        var value = variant.Value.ValueKind == JsonValueKind.Undefined ? "" : variant.Value.GetRawText();
        return state.Length > 0 && value.Length > 0 ? $"{state}, {value}" : state + value;
    }
}
