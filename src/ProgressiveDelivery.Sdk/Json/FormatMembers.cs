using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>Every member that the format has, by the object it belongs to: the reader's, the writer's and the schema's one list.</summary>
internal static class FormatMembers
{
    /// <summary>The members of which a condition has exactly one.</summary>
    public static readonly string[] ConditionForms = ["all", "any", "not", "segment", "flag", "between", "schedule", "attribute"];

    /// <summary>The members of which a served object has exactly one.</summary>
    public static readonly string[] ServeForms = ["split", "rollout", "experiment"];

    public static readonly MemberTable Snapshot = new(
        "schema", "version", "environment", "publishedAt", "expiresAt", "segments", "layers", "holdouts", "flags", "assertions");

    public static readonly MemberTable Segment = new("by", "include", "exclude", "when");

    public static readonly MemberTable Layer = new("by", "salt");

    public static readonly MemberTable Holdout = new("by", "salt", "percent");

    public static readonly MemberTable Flag = new(
        "type", "variants", "enabled", "offVariant", "requires", "rules", "default", "clientVisible", "metadata");

    public static readonly MemberTable Prerequisite = new("flag", "variants");

    public static readonly MemberTable Rule = new("id", "when", "serve");

    public static readonly MemberTable Condition = new([.. ConditionForms, .. AttributeOperators.Names, "ignoreCase", "is"]);

    public static readonly uint ConditionFormsMask = Condition.MaskOf(ConditionForms);

    public static readonly uint OperatorsMask = Condition.MaskOf(AttributeOperators.Names);

    public static readonly MemberTable Schedule = new("days", "from", "to", "timeZone");

    public static readonly MemberTable Serve = new([.. ServeForms, "by", "salt", "else"]);

    public static readonly uint ServeFormsMask = Serve.MaskOf(ServeForms);

    public static readonly MemberTable Rollout = new("by", "salt", "to", "percent", "steps", "curve");

    public static readonly MemberTable Step = new("at", "percent");

    public static readonly MemberTable Experiment = new("key", "layer", "slots", "holdout", "by", "salt", "split", "else", "sticky");

    public static readonly MemberTable Sticky = new("version", "minimumVersion");

    public static readonly MemberTable Assertion = new("flag", "context", "variant");
}
