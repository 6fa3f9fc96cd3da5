using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>Finds the parts of other backends' rules that our own format cannot express.</summary>
internal static class ForeignForms
{
    /// <summary>Returns the first such part of a snapshot; null if there is none.</summary>
    public static string? In(SnapshotDefinition snapshot)
    {
        if (snapshot.KeyHash is not null)
            return "its flags are known by hashes of their keys alone";
        if (snapshot.Cycles != CycleHandling.Quarantine)
            return "flags of it may depend on themselves until an evaluation comes there";
        if (snapshot.WithoutHostFacts)
            return "a kind 'host' of it is never the process that evaluates";
        foreach (var segment in snapshot.Segments.Where(segment => segment.Defect is null))
        {
            if (In(segment.When) is { } form)
                return $"segment {DiagnosticCatalog.Quote(segment.Name)}: {form}";
        }

        foreach (var flag in snapshot.Flags.Where(flag => flag.Defect is null))
        {
            if (In(flag) is { } form)
                return $"flag {DiagnosticCatalog.Quote(flag.Key)}: {form}";
        }

        return null;
    }

    /// <summary>Returns the first such part of a flag; null if there is none.</summary>
    public static string? In(FlagDefinition flag) => flag.RequiresKeys
        ? "it answers the fallback where the context has no key"
        : flag.YieldsOffVariant
        ? "flags that require it see its off variant where a prerequisite of it fails"
        : flag.Variants.Select(In).OfType<string>().FirstOrDefault()
        ?? flag.Rules.Select(rule => In(rule.When) ?? In(rule.Serve)).OfType<string>().FirstOrDefault()
        ?? In(flag.Default);

    private static string? In(VariantDefinition variant)
    {
        if (variant.Value.Type is null)
            return $"variant {DiagnosticCatalog.Quote(variant.Name)} has no value";
        return variant.Enabled is null && variant.Label is null ? null : $"variant {DiagnosticCatalog.Quote(variant.Name)} is more than its name and its value";
    }

    /// <summary>Returns the first such part of an outcome; null if there is none.</summary>
    public static string? In(OutcomeDefinition? serve) => serve switch
    {
        null or VariantOutcome or SplitOutcome or ExperimentOutcome => null,
        RolloutOutcome rollout => rollout.To is VariantOutcome or SplitOutcome ? null : "a rollout admits to more than a variant or a split",
        BucketOutcome => "it places people by another backend's hash, and ours would place them otherwise",
        StepsOutcome => "one of its rules has steps of its own",
        StickyOutcome => "it keeps people's variants under several names, and ours has one",
        ExpressionOutcome => "a free expression chooses its variant",
        _ => "a malformed outcome ends an evaluation that comes there",
    };

    // Deeper conditions are not compiled.
    private static string? In(ConditionDefinition? condition, int depth = 0) => condition switch
    {
        null or SegmentCondition or UnknownOperatorCondition or ScheduleCondition => null,
        _ when depth > SnapshotLimits.MaxNesting => null,
        AllCondition all => all.FirstDecides ? "the first of several conditions decides, whatever comes after it" : all.Conditions.Select(member => In(member, depth + 1)).OfType<string>().FirstOrDefault(),
        AnyCondition any => any.Conditions.Select(member => In(member, depth + 1)).OfType<string>().FirstOrDefault(),
        NotCondition not => In(not.Condition, depth + 1),
        FlagCondition flag => flag.EndsWithIt ? "it ends with an error where another flag does" : null,
        BetweenCondition between => between.Clock is null ? null : "an attribute may stand for now",
        AttributeCondition test => Of(test),
        _ => Of(condition),
    };

    /// <summary>Describes a condition that our own format cannot express.</summary>
    public static string Of(ConditionDefinition condition) => condition switch
    {
        BucketCondition => "it places people by another backend's hash, and ours would place them otherwise",
        ExpressionCondition or FlagExpressionCondition => "one of its conditions is a free expression",
        RecurrenceCondition => "one of its time windows recurs by another backend's rules",
        ContextKindCondition => "one of its conditions asks which kinds the context has",
        _ => "a malformed condition ends an evaluation that comes there",
    };

    private static string? Of(AttributeCondition test)
    {
        if (test.NameHash is not null || test.Hashing is not null)
            return "a condition knows only hashes";
        if (test.Negate || test.Missing != Judgment.Unknown || test.Mismatch != Judgment.Unknown)
            return $"a condition on {DiagnosticCatalog.Quote(test.Attribute)} says what a missing attribute, or one of another kind, means";
        return test.Dialect is null ? null : $"a condition on {DiagnosticCatalog.Quote(test.Attribute)} reads values in another backend's way";
    }
}
