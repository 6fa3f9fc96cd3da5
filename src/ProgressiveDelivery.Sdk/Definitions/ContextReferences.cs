using ProgressiveDelivery.Sdk.Definitions.Translation;

namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>Collects the references to the context in one definition, those of the definitions that it names left out. References that are known by their hashes alone are left out too.</summary>
internal static class ContextReferences
{
    private const string TargetingKey = EvaluationContext.TargetingKeyName;

    /// <summary>Adds those of a flag's rules and default.</summary>
    public static void Add(FlagDefinition flag, ISet<string> references)
    {
        if (flag.RequiresKeys)
            references.Add(TargetingKey);
        foreach (var rule in flag.Rules)
        {
            Add(rule.When, references, 0);
            Add(rule.Serve, references, 0);
        }

        Add(flag.Default, references, 0);
    }

    /// <summary>Adds those of a segment: its units if it lists any, and its condition.</summary>
    public static void Add(SegmentDefinition segment, ISet<string> references)
    {
        if (segment.Include.Count > 0 || segment.Exclude.Count > 0)
            AddUnit(segment.By, references);
        Add(segment.When, references, 0);
    }

    /// <summary>Adds those of a unit; null for the targeting key.</summary>
    public static void AddUnit(IReadOnlyList<string>? by, ISet<string> references) => references.UnionWith(by ?? [TargetingKey]);

    // Definitions nested deeper than this are not compiled, so recursion ends here.
    private static void Add(ConditionDefinition? condition, ISet<string> references, int depth)
    {
        switch (condition)
        {
            case AttributeCondition { NameHash: null } test:
                references.Add(test.Attribute);
                break;
            case UnknownOperatorCondition unknown:
                references.Add(unknown.Attribute);
                break;
            case BetweenCondition { Clock: { } clock }:
                references.Add(clock);
                break;
            case BucketCondition bucket:
                AddUnit(bucket.Bucketing.By, references);
                break;
            case ExpressionCondition expression:
                new ExpressionReferences(expression.Scope, references).Add(expression.Expression);
                break;
            case NotCondition not when depth < SnapshotLimits.MaxNesting:
                Add(not.Condition, references, depth + 1);
                break;
            case AllCondition all when depth < SnapshotLimits.MaxNesting:
                Add(all.Conditions, references, depth + 1);
                break;
            case AnyCondition any when depth < SnapshotLimits.MaxNesting:
                Add(any.Conditions, references, depth + 1);
                break;
        }
    }

    private static void Add(IReadOnlyList<ConditionDefinition> conditions, ISet<string> references, int depth)
    {
        foreach (var condition in conditions)
            Add(condition, references, depth);
    }

    private static void Add(OutcomeDefinition? serve, ISet<string> references, int depth)
    {
        switch (serve)
        {
            case SplitOutcome split:
                AddUnit(split.By, references);
                break;
            case RolloutOutcome rollout:
                AddUnit(rollout.By, references);
                references.UnionWith((rollout.To as SplitOutcome)?.By ?? []);
                break;
            case ExperimentOutcome experiment:
                AddUnit(experiment.By, references);
                break;
            case BucketOutcome bucket:
                AddUnit(bucket.Bucketing.By, references);
                break;
            case ExpressionOutcome expression:
                new ExpressionReferences(expression.Scope, references).Add(expression.Expression);
                break;
            case StickyOutcome sticky when depth < SnapshotLimits.MaxNesting:
                references.UnionWith(sticky.By.SelectMany(unit => unit.References));
                Add(sticky.Serve, references, depth + 1);
                break;
            case StepsOutcome steps when depth < SnapshotLimits.MaxNesting:
                foreach (var step in steps.Steps)
                {
                    Add(step.When, references, 0);
                    Add(step.Serve, references, depth + 1);
                }

                break;
        }
    }
}
