namespace ProgressiveDelivery.Sdk.Json;

/// <summary>Every member that the format has, by the object it belongs to: the reader's, the writer's and the schema's one list.</summary>
internal static class FormatMembers
{
    /// <summary>The operators of an attribute test, in the order of <see cref="Definitions.AttributeOperator"/>.</summary>
    public static readonly string[] Operators =
    [
        "equals", "in", "startsWith", "endsWith", "contains", "matches", "lessThan", "atMost", "greaterThan", "atLeast",
        "before", "after", "semver", "inNetwork", "hasAny", "hasAll", "exists",
    ];

    /// <summary>The members of which a condition has exactly one.</summary>
    public static readonly string[] ConditionForms = ["attribute", "all", "any", "not", "segment", "flag", "between", "schedule"];

    /// <summary>The members of which a served object has exactly one.</summary>
    public static readonly string[] ServeForms = ["split", "rollout", "experiment"];

    public static readonly MemberTable Snapshot = new(
        "schema", "version", "environment", "publishedAt", "expiresAt", "segments", "layers", "holdouts", "flags", "assertions");

    public static readonly MemberTable Segment = new("include", "exclude", "when", "by");

    public static readonly MemberTable Layer = new("by", "salt");

    public static readonly MemberTable Holdout = new("by", "salt", "percent");

    public static readonly MemberTable Flag = new(
        "type", "variants", "enabled", "offVariant", "requires", "rules", "default", "clientVisible", "metadata");

    public static readonly MemberTable Prerequisite = new("flag", "variants");

    public static readonly MemberTable Rule = new("id", "when", "serve");

    public static readonly MemberTable Condition = new([.. ConditionForms, .. Operators, "ignoreCase", "is"]);

    public static readonly MemberTable Schedule = new("days", "from", "to", "timeZone");

    public static readonly MemberTable Serve = new([.. ServeForms, "by", "salt", "else"]);

    public static readonly MemberTable Rollout = new("to", "percent", "steps", "curve", "by", "salt");

    public static readonly MemberTable Step = new("at", "percent");

    public static readonly MemberTable Experiment = new("key", "split", "layer", "slots", "holdout", "else", "sticky", "by", "salt");

    public static readonly MemberTable Sticky = new("version", "minimumVersion");

    public static readonly MemberTable Assertion = new("flag", "context", "variant");
}
