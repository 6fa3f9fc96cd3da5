using System.Text.Json;

namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>
/// Whether two definitions say the same: by content, where the records' own equality goes by the identity of their lists. Names
/// are not compared: what is compared has the same name.
/// </summary>
internal static class DefinitionEquality
{
    /// <summary>Whether two flags answer alike, as far as their own definitions say.</summary>
    public static bool AnswerAlike(FlagDefinition one, FlagDefinition other) =>
        ReferenceEquals(one, other)
        || (one.Type == other.Type
            && one.Enabled == other.Enabled
            && one.ClientVisible == other.ClientVisible
            && one.OffVariant == other.OffVariant
            && one.Defect == other.Defect
            && AreSame(one.Variants, other.Variants, AreSame)
            && AreSame(one.Requires, other.Requires, AreSame)
            && AreSame(one.Rules, other.Rules, AreSame)
            && ServeEquality.AreSame(one.Default, other.Default));

    /// <summary>Whether two flags have the same notes.</summary>
    public static bool AreNotedAlike(FlagDefinition one, FlagDefinition other) =>
        one.Version == other.Version
        && (ReferenceEquals(one.Metadata, other.Metadata)
            || (one.Metadata.Count == other.Metadata.Count
                && one.Metadata.All(note => other.Metadata.TryGetValue(note.Key, out var value) && AreSame(note.Value, value))));

    public static bool AreSame(SegmentDefinition one, SegmentDefinition other) =>
        ReferenceEquals(one, other)
        || (one.Defect == other.Defect
            && AreSame(one.By, other.By)
            && AreSame(one.Include, other.Include)
            && AreSame(one.Exclude, other.Exclude)
            && ConditionEquality.AreSame(one.When, other.When));

    public static bool AreSame(LayerDefinition one, LayerDefinition other) =>
        ReferenceEquals(one, other) || (one.Salt == other.Salt && one.Defect == other.Defect && AreSame(one.By, other.By));

    public static bool AreSame(HoldoutDefinition one, HoldoutDefinition other) =>
        ReferenceEquals(one, other)
        || (one.Percent == other.Percent && one.Salt == other.Salt && one.Defect == other.Defect && AreSame(one.By, other.By));

    /// <summary>Compares lists item by item; an absent one is the same as an absent one only.</summary>
    public static bool AreSame<T>(IReadOnlyList<T>? one, IReadOnlyList<T>? other, Func<T, T, bool> areSame)
    {
        if (ReferenceEquals(one, other))
            return true;
        if (one is null || other is null || one.Count != other.Count)
            return false;
        for (var i = 0; i < one.Count; i++)
        {
            if (!areSame(one[i], other[i]))
                return false;
        }

        return true;
    }

    public static bool AreSame(IReadOnlyList<string>? one, IReadOnlyList<string>? other) =>
        AreSame(one, other, static (one, other) => string.Equals(one, other, StringComparison.Ordinal));

    public static bool AreSame(BucketingDefinition one, BucketingDefinition other) =>
        one with { By = null } == other with { By = null } && AreSame(one.By, other.By);

    private static bool AreSame(VariantDefinition one, VariantDefinition other) => one == other;

    private static bool AreSame(PrerequisiteDefinition one, PrerequisiteDefinition other) =>
        one.Flag == other.Flag && AreSame(one.Variants, other.Variants);

    private static bool AreSame(RuleDefinition one, RuleDefinition other) =>
        ReferenceEquals(one, other)
        || (one.Id == other.Id && ConditionEquality.AreSame(one.When, other.When) && ServeEquality.AreSame(one.Serve, other.Serve));

    private static bool AreSame(JsonElement one, JsonElement other) =>
        string.Equals(one.GetRawText(), other.GetRawText(), StringComparison.Ordinal);
}
