using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>All members of the format, by object: the single list for the reader, the writer and the schema.</summary>
internal static class FormatMembers
{
    /// <summary>The members of which a condition must have exactly one.</summary>
    public static readonly string[] ConditionForms = ["all", "any", "not", "segment", "flag", "between", "schedule", "attribute"];

    /// <summary>The members of which an outcome object must have exactly one.</summary>
    public static readonly string[] ServeForms = ["split", "rollout", "experiment"];

    public static readonly MemberTable Snapshot = new(
        "a snapshot",
        "schema", "version", "environment", "publishedAt", "change", "expiresAt", "segments", "layers", "holdouts", "flags", "assertions")
    {
        ForEditors = "$schema",
    };

    public static readonly MemberTable Change = new("a change", "by", "why");

    public static readonly MemberTable Segment = new("a segment", "by", "include", "exclude", "when");

    public static readonly MemberTable Layer = new("a layer", "by", "salt");

    public static readonly MemberTable Holdout = new("a holdout", "by", "salt", "percent");

    public static readonly MemberTable Flag = new(
        "a flag", "type", "variants", "enabled", "offVariant", "requires", "rules", "default", "guards", "attempt", "track", "clientVisible", "metadata");

    public static readonly MemberTable Prerequisite = new("a prerequisite", "flag", "variants");

    public static readonly MemberTable Rule = new("a rule", "id", "when", "serve");

    // An unknown member may be the operator, or the form, of a newer version, so the readers report it.
    public static readonly MemberTable Condition = new("a condition", [.. ConditionForms, .. AttributeOperators.Names, "ignoreCase", "is"]) { LeavesUnknown = true };

    public static readonly uint ConditionFormsMask = Condition.MaskOf(ConditionForms);

    public static readonly uint OperatorsMask = Condition.MaskOf(AttributeOperators.Names);

    public static readonly MemberTable Schedule = new("a schedule", "days", "from", "to", "timeZone");

    public static readonly MemberTable Serve = new("what a step serves", [.. ServeForms, "by", "salt", "else"]) { LeavesUnknown = true };

    public static readonly uint ServeFormsMask = Serve.MaskOf(ServeForms);

    public static readonly MemberTable Rollout = new("a rollout", "by", "salt", "to", "percent", "steps", "curve", "blackouts");

    public static readonly MemberTable Step = new("a step of a rollout", "at", "percent", "gate");

    public static readonly MemberTable Gate = new("a gate", "guards", "outcomes", "minimumTime", "stepBackAfter");

    public static readonly MemberTable Guard = new(
        "a guard",
        "id", "kind", "than", "metric", "above", "below", "variant", "against", "limit", "margin", "ratio", "mode", "alpha", "within", "minimumBad", "minimumOutcomes", "oncePer",
        "then", "inconclusive", "noData", "dryRun", "probe");

    public static readonly MemberTable Response = new("a guard's 'then'", "revert");

    public static readonly MemberTable Probe = new("a probe", "percent", "wait", "maxWait", "maxOutcomes", "closeWithoutProof");

    public static readonly MemberTable Experiment = new("an experiment", "key", "layer", "slots", "holdout", "by", "salt", "split", "else", "sticky");

    public static readonly MemberTable Sticky = new("'sticky'", "version", "minimumVersion");

    public static readonly MemberTable Assertion = new("an assertion", "flag", "context", "variant");
}
