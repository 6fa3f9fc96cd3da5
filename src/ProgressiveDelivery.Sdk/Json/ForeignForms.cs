using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>Finds what other backends' rules need and our own format has no words for.</summary>
internal static class ForeignForms
{
    /// <summary>The first such thing in a snapshot; null: it can be written.</summary>
    public static string? In(SnapshotDefinition snapshot)
    {
        if (snapshot.KeyHash is not null)
            return "its flags are known by hashes of their keys alone";
        if (snapshot.Cycles != CycleHandling.Quarantine)
            return "flags of it may depend on themselves until somebody comes there";
        foreach (var segment in snapshot.Segments.Where(segment => segment.Defect is null))
        {
            if (In(segment.When) is { } form)
                return $"segment {Diagnostics.Quote(segment.Name)}: {form}";
        }

        foreach (var flag in snapshot.Flags.Where(flag => flag.Defect is null))
        {
            if (In(flag) is { } form)
                return $"flag {Diagnostics.Quote(flag.Key)}: {form}";
        }

        return null;
    }

    private static string? In(FlagDefinition flag) =>
        flag.Variants.Select(In).OfType<string>().FirstOrDefault()
        ?? flag.Rules.Select(rule => In(rule.When) ?? In(rule.Serve)).OfType<string>().FirstOrDefault()
        ?? In(flag.Default);

    private static string? In(VariantDefinition variant)
    {
        if (variant.Value.Type is null)
            return $"variant {Diagnostics.Quote(variant.Name)} has no value";
        return variant.Enabled is null && variant.Label is null ? null : $"variant {Diagnostics.Quote(variant.Name)} is more than its name and its value";
    }

    /// <summary>The first such thing in what a step serves; null: none.</summary>
    public static string? In(ServeDefinition? serve) => serve switch
    {
        null or VariantServe or SplitServe or ExperimentServe => null,
        RolloutServe rollout => rollout.To is VariantServe or SplitServe ? null : "a rollout admits to more than a variant or a split",
        BucketServe => "it places people by another backend's hash, and ours would place them otherwise",
        StepsServe => "one of its rules has steps of its own",
        StickyServe => "it keeps people's variants under several names, and ours has one",
        ExpressionServe => "a free expression chooses its variant",
        _ => "a malformed outcome ends it for whoever comes there",
    };

    // Nothing that is nested more deeply is compiled.
    private static string? In(ConditionDefinition? condition, int depth = 0) => condition switch
    {
        null or SegmentCondition or UnknownOperatorCondition or ScheduleCondition => null,
        _ when depth > SnapshotLimits.DeepestNesting => null,
        AllCondition all => all.FirstDecides ? "the first of several conditions decides, whatever comes after it" : all.Conditions.Select(member => In(member, depth + 1)).OfType<string>().FirstOrDefault(),
        AnyCondition any => any.Conditions.Select(member => In(member, depth + 1)).OfType<string>().FirstOrDefault(),
        NotCondition not => In(not.Condition, depth + 1),
        FlagCondition flag => flag.EndsWithIt ? "it ends with an error where another flag does" : null,
        BetweenCondition between => between.Clock is null ? null : "an attribute may stand for now",
        AttributeCondition test => Of(test),
        _ => Of(condition),
    };

    /// <summary>What a condition is that has no form of ours.</summary>
    public static string Of(ConditionDefinition condition) => condition switch
    {
        BucketCondition => "it places people by another backend's hash, and ours would place them otherwise",
        ExpressionCondition or FlagExpressionCondition => "one of its conditions is a free expression",
        RecurrenceCondition => "one of its time windows recurs by another backend's rules",
        ContextKindCondition => "one of its conditions asks which kinds the context has",
        _ => "a malformed condition ends it for whoever comes there",
    };

    private static string? Of(AttributeCondition test)
    {
        if (test.NameHash is not null || test.Hashing is not null)
            return "a condition knows only hashes";
        if (test.Negate || test.Missing != Judgement.Unknown || test.Mismatch != Judgement.Unknown)
            return $"a condition on {Diagnostics.Quote(test.Attribute)} says what a missing attribute, or one of another kind, means";
        return test.Dialect is null ? null : $"a condition on {Diagnostics.Quote(test.Attribute)} reads values in another backend's way";
    }
}
