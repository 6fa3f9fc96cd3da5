namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>What a definition refers to by name, whether it is there or not. A name may come more than once.</summary>
internal static class DefinitionReferences
{
    public static void AddOf(FlagDefinition flag, ICollection<DefinitionName> names)
    {
        foreach (var prerequisite in flag.Requires)
            names.Add(new(DefinitionKind.Flag, prerequisite.Flag));
        foreach (var rule in flag.Rules)
        {
            AddOf(rule.When, names, depth: 0);
            AddOf(rule.Serve, names, depth: 0);
        }

        AddOf(flag.Default, names, depth: 0);
    }

    public static void AddOf(SegmentDefinition segment, ICollection<DefinitionName> names) => AddOf(segment.When, names, depth: 0);

    // Nothing that is nested more deeply than this is compiled: recursion ends.
    private static void AddOf(ConditionDefinition? condition, ICollection<DefinitionName> names, int depth)
    {
        switch (condition)
        {
            case SegmentCondition segment:
                names.Add(new(DefinitionKind.Segment, segment.Segment));
                break;
            case FlagCondition flag:
                names.Add(new(DefinitionKind.Flag, flag.Flag));
                break;
            case FlagExpressionCondition flag:
                names.Add(new(DefinitionKind.Flag, flag.Flag));
                break;
            case NotCondition not when depth < SnapshotLimits.DeepestNesting:
                AddOf(not.Condition, names, depth + 1);
                break;
            case AllCondition all:
                AddOf(all.Conditions, names, depth);
                break;
            case AnyCondition any:
                AddOf(any.Conditions, names, depth);
                break;
        }
    }

    private static void AddOf(IReadOnlyList<ConditionDefinition> conditions, ICollection<DefinitionName> names, int depth)
    {
        if (depth >= SnapshotLimits.DeepestNesting)
            return;
        foreach (var condition in conditions)
            AddOf(condition, names, depth + 1);
    }

    private static void AddOf(ServeDefinition? serve, ICollection<DefinitionName> names, int depth)
    {
        if (serve is StepsServe { Steps: var steps } && depth < SnapshotLimits.DeepestNesting)
        {
            foreach (var step in steps)
            {
                AddOf(step.When, names, depth: 0);
                AddOf(step.Serve, names, depth + 1);
            }
        }

        if (serve is StickyServe sticky && depth < SnapshotLimits.DeepestNesting)
            AddOf(sticky.Serve, names, depth + 1);
        if (serve is not ExperimentServe experiment)
            return;
        if (experiment.Layer is { } layer)
            names.Add(new(DefinitionKind.Layer, layer));
        if (experiment.Holdout is { } holdout)
            names.Add(new(DefinitionKind.Holdout, holdout));
    }
}
