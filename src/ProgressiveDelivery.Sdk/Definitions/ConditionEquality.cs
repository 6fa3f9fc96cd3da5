namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>Whether two conditions say the same, by content.</summary>
internal static class ConditionEquality
{
    public static bool AreSame(ConditionDefinition? one, ConditionDefinition? other) => AreSame(one, other, depth: 0);

    // What is nested more deeply than anything that is compiled counts as different: recursion ends.
    private static bool AreSame(ConditionDefinition? one, ConditionDefinition? other, int depth) => (one, other) switch
    {
        _ when ReferenceEquals(one, other) => true,
        _ when depth > SnapshotLimits.DeepestNesting => false,
        (AllCondition all, AllCondition another) => all.FirstDecides == another.FirstDecides && AreSame(all.Conditions, another.Conditions, depth),
        (AnyCondition any, AnyCondition another) => AreSame(any.Conditions, another.Conditions, depth),
        (NotCondition not, NotCondition another) => AreSame(not.Condition, another.Condition, depth + 1),
        (FlagCondition flag, FlagCondition another) => flag.Flag == another.Flag && flag.EndsWithIt == another.EndsWithIt && DefinitionEquality.AreSame(flag.Variants, another.Variants),
        (FlagExpressionCondition flag, FlagExpressionCondition another) =>
            flag.Flag == another.Flag && flag.Missing == another.Missing
            && DefinitionEquality.AreSame(flag.Values, another.Values, static (one, other) => one.Key == other.Key && one.Value == other.Value)
            && ExpressionEquality.AreSame(flag.Expression, another.Expression),
        (RecurrenceCondition recurrence, RecurrenceCondition another) =>
            recurrence with { Days = null } == another with { Days = null }
            && DefinitionEquality.AreSame(recurrence.Days, another.Days, static (one, other) => one == other),
        (ScheduleCondition schedule, ScheduleCondition another) => AreSame(schedule, another),
        (BucketCondition bucket, BucketCondition another) =>
            DefinitionEquality.AreSame(bucket.Bucketing, another.Bucketing)
            && DefinitionEquality.AreSame(bucket.Ranges, another.Ranges, static (one, other) => one == other),
        (ExpressionCondition expression, ExpressionCondition another) =>
            expression.Scope == another.Scope && ExpressionEquality.AreSame(expression.Expression, another.Expression),
        _ => one == other,      // The others hold no lists.
    };

    private static bool AreSame(IReadOnlyList<ConditionDefinition> one, IReadOnlyList<ConditionDefinition> other, int depth) =>
        DefinitionEquality.AreSame(one, other, (one, other) => AreSame(one, other, depth + 1));

    private static bool AreSame(ScheduleCondition one, ScheduleCondition other) =>
        one with { Days = null } == other with { Days = null }
        && DefinitionEquality.AreSame(one.Days, other.Days, static (one, other) => one == other);
}
