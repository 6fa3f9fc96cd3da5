using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using ProgressiveDelivery.Sdk.Compilation;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Evaluation;
using ProgressiveDelivery.Sdk.Experiments;
using ProgressiveDelivery.Sdk.Snapshots;

namespace ProgressiveDelivery.Sdk.Tests;

/// <summary>Definitions to start a test from; a <c>with</c> expression changes what the test is about.</summary>
internal static class Some
{
    public static readonly DateTimeOffset Monday = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A boolean flag, on or off, that is off.</summary>
    public static FlagDefinition Flag(string key = "flag") => new()
    {
        Key = key,
        Type = FlagType.Boolean,
        Variants = [new() { Name = "on", Value = true }, new() { Name = "off", Value = false }],
        Default = "off",
    };

    /// <summary>A string flag whose variants are their own values; the first is the default.</summary>
    public static FlagDefinition Text(string key, params string[] variants) =>
        Of(key, FlagType.String, [.. variants.Select(variant => new VariantDefinition { Name = variant, Value = variant })]);

    /// <summary>A flag that serves one value.</summary>
    public static FlagDefinition Of(string key, FlagType type, VariantValue value) => Of(key, type, new VariantDefinition { Name = "only", Value = value });

    public static FlagDefinition Of(string key, FlagType type, params VariantDefinition[] variants) =>
        new() { Key = key, Type = type, Variants = variants, Default = variants[0].Name };

    public static FlagDefinition When(this FlagDefinition flag, ConditionDefinition? when, OutcomeDefinition? serve = null, string? id = null) =>
        flag with { Rules = [.. flag.Rules, new() { Id = id, When = when, Serve = serve ?? "on" }] };

    public static FlagDefinition Requiring(this FlagDefinition flag, string other, params string[] variants) =>
        flag with { Requires = [.. flag.Requires, new() { Flag = other, Variants = variants }] };

    public static ConditionDefinition That(string attribute, AttributeOperator test, AttributeValue operand, bool ignoreCase = false) =>
        new AttributeCondition { Attribute = attribute, Operator = test, Operand = operand, IgnoreCase = ignoreCase };

    public static ConditionDefinition Equal(string attribute, AttributeValue operand) => That(attribute, AttributeOperator.Equals, operand);

    public static RolloutOutcome Rollout(decimal percent, OutcomeDefinition? to = null) => new() { To = to ?? "on", Percent = percent };

    public static SplitOutcome Split(params (string Variant, decimal Weight)[] weights) => new() { Weights = Weights(weights) };

    public static ExperimentOutcome Experiment(string key, params (string Variant, decimal Weight)[] weights) => new() { Key = key, Split = Weights(weights) };

    /// <summary>A guard on errors of the variant <c>on</c>, against a limit of 1 %, which warns.</summary>
    public static GuardDefinition Guard(string id) => new() { Id = id, Kind = GuardKind.Error, Variant = "on", Limit = 0.01 };

    public static SegmentDefinition Segment(string name, ConditionDefinition? when = null) => new() { Name = name, When = when };

    public static SnapshotDefinition Snapshot(params FlagDefinition[] flags) => new() { Version = 1, Flags = flags };

    public static CompilationResult Compile(this SnapshotDefinition snapshot, SnapshotLimits? limits = null) =>
        SnapshotCompiler.Compile(snapshot, limits ?? new());

    /// <summary>What snapshots of one client share: a clock that stands on a Monday at noon, and whatever a test brings.</summary>
    public static SnapshotServices Services(
        TimeProvider? clock = null, IAssignmentMemory? assignments = null, EvaluationCounters? counters = null, ILogger? logger = null, bool strict = false)
    {
        counters ??= new();
        var evaluation = new EvaluationServices(assignments ?? new AssignmentMemory(1_000), counters);
        return new(clock ?? new FakeTimeProvider(Monday), evaluation, new(logger ?? NullLogger.Instance, counters, strict));
    }

    /// <summary>The snapshot, ready to be asked.</summary>
    public static FeatureSnapshot Open(this SnapshotDefinition snapshot, SnapshotServices? services = null) =>
        new(snapshot.Compile().Rules, SnapshotOrigin.Source, services ?? Services());

    public static FeatureSnapshot Open(this FlagDefinition flag) => Snapshot(flag).Open();

    private static WeightedVariant[] Weights((string Variant, decimal Weight)[] weights) =>
        [.. weights.Select(entry => new WeightedVariant(entry.Variant, entry.Weight))];
}
