using ProgressiveDelivery.Sdk.Definitions.Translation;

namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>
/// The dependencies between definitions, by name: of flags and segments on flags and segments, and of flags on layers and holdouts. A name need not be
/// defined.
/// </summary>
internal sealed class DependencyGraph
{
    private readonly Dictionary<DefinitionName, List<DefinitionName>> _users = [];

    /// <summary>Returns the graph of all definitions of a snapshot.</summary>
    public static DependencyGraph Of(SnapshotDefinition definition)
    {
        var graph = new DependencyGraph();
        foreach (var flag in definition.Flags)
            graph.Add(new(DefinitionKind.Flag, flag.Key), ReferencesOf(flag));
        foreach (var segment in definition.Segments)
            graph.Add(new(DefinitionKind.Segment, segment.Name), ReferencesOf(segment));
        return graph;
    }

    /// <summary>Adds a definition and the names that it refers to.</summary>
    public void Add(DefinitionName user, ReadOnlySpan<DefinitionName> references)
    {
        foreach (var used in references)
        {
            if (!_users.TryGetValue(used, out var users))
                _users.Add(used, users = []);
            users.Add(user);
        }
    }

    /// <summary>Adds to a set of names those of all definitions that depend on one of them, directly or not.</summary>
    public void AddUsers(HashSet<DefinitionName> names)
    {
        var unfollowed = new Queue<DefinitionName>(names);
        while (unfollowed.TryDequeue(out var name))
        {
            foreach (var user in _users.GetValueOrDefault(name, []))
            {
                if (names.Add(user))
                    unfollowed.Enqueue(user);
            }
        }
    }

    /// <summary>Returns the names that a flag refers to, defined or not. A name may occur more than once.</summary>
    public static DefinitionName[] ReferencesOf(FlagDefinition flag)
    {
        var names = new List<DefinitionName>();
        foreach (var prerequisite in flag.Requires)
            names.Add(new(DefinitionKind.Flag, prerequisite.Flag));
        foreach (var rule in flag.Rules)
        {
            AddReferences(rule.When, names, depth: 0);
            AddReferences(rule.Serve, names, depth: 0);
        }

        AddReferences(flag.Default, names, depth: 0);
        return [.. names];
    }

    /// <summary>Returns the names that a segment refers to, defined or not. A name may occur more than once.</summary>
    public static DefinitionName[] ReferencesOf(SegmentDefinition segment)
    {
        var names = new List<DefinitionName>();
        AddReferences(segment.When, names, depth: 0);
        return [.. names];
    }

    // Definitions nested deeper than this are not compiled, so recursion ends here.
    private static void AddReferences(ConditionDefinition? condition, List<DefinitionName> names, int depth)
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
            case NotCondition not when depth < SnapshotLimits.MaxNesting:
                AddReferences(not.Condition, names, depth + 1);
                break;
            case AllCondition all when depth < SnapshotLimits.MaxNesting:
                AddReferences(all.Conditions, names, depth + 1);
                break;
            case AnyCondition any when depth < SnapshotLimits.MaxNesting:
                AddReferences(any.Conditions, names, depth + 1);
                break;
        }
    }

    private static void AddReferences(IReadOnlyList<ConditionDefinition> conditions, List<DefinitionName> names, int depth)
    {
        foreach (var condition in conditions)
            AddReferences(condition, names, depth);
    }

    private static void AddReferences(OutcomeDefinition? serve, List<DefinitionName> names, int depth)
    {
        switch (serve)
        {
            case StepsOutcome { Steps: var steps } when depth < SnapshotLimits.MaxNesting:
                foreach (var step in steps)
                {
                    AddReferences(step.When, names, depth: 0);
                    AddReferences(step.Serve, names, depth + 1);
                }

                break;
            case StickyOutcome sticky when depth < SnapshotLimits.MaxNesting:
                AddReferences(sticky.Serve, names, depth + 1);
                break;
            case ExperimentOutcome experiment:
                if (experiment.Layer is { } layer)
                    names.Add(new(DefinitionKind.Layer, layer));
                if (experiment.Holdout is { } holdout)
                    names.Add(new(DefinitionKind.Holdout, holdout));
                break;
        }
    }
}
