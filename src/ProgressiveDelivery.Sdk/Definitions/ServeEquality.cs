namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>Whether two outcomes say the same, by content: all that is not a list is left to the records' own equality.</summary>
internal static class ServeEquality
{
    public static bool AreSame(ServeDefinition? one, ServeDefinition? other) => (one, other) switch
    {
        _ when ReferenceEquals(one, other) => true,
        (SplitServe split, SplitServe another) => AreSame(split, another),
        (RolloutServe rollout, RolloutServe another) => AreSame(rollout, another),
        (ExperimentServe experiment, ExperimentServe another) => AreSame(experiment, another),
        (BucketServe bucket, BucketServe another) =>
            bucket.Else == another.Else
            && DefinitionEquality.AreSame(bucket.Bucketing, another.Bucketing)
            && DefinitionEquality.AreSame(bucket.Shares, another.Shares, static (one, other) => one == other),
        (StepsServe steps, StepsServe another) => AreSame(steps.Steps, another.Steps),
        (StickyServe sticky, StickyServe another) => AreSame(sticky, another),
        (ExpressionServe expression, ExpressionServe another) =>
            expression.Scope == another.Scope && ExpressionEquality.AreSame(expression.Expression, another.Expression),
        _ => one == other,
    };

    private static bool AreSame(IReadOnlyList<ServeStep> one, IReadOnlyList<ServeStep> other) => DefinitionEquality.AreSame(
        one, other, static (one, other) => one.Id == other.Id && ConditionEquality.AreSame(one.When, other.When) && AreSame(one.Serve, other.Serve));

    private static bool AreSame(StickyServe one, StickyServe other) =>
        (one.Key, one.Version, one.MinimumVersion) == (other.Key, other.Version, other.MinimumVersion)
        && DefinitionEquality.AreSame(one.Bucketing, other.Bucketing)
        && DefinitionEquality.AreSame(one.By, other.By, static (one, other) => one.Name == other.Name && DefinitionEquality.AreSame(one.References, other.References))
        && DefinitionEquality.AreSame(one.Variants, other.Variants, static (one, other) => one == other)
        && AreSame(one.Serve, other.Serve);

    private static bool AreSame(SplitServe one, SplitServe other) =>
        one with { Weights = [], By = null } == other with { Weights = [], By = null }
        && AreSame(one.Weights, other.Weights)
        && DefinitionEquality.AreSame(one.By, other.By);

    private static bool AreSame(RolloutServe one, RolloutServe other) =>
        one with { To = Anything, Steps = null, By = null } == other with { To = Anything, Steps = null, By = null }
        && AreSame(one.To, other.To)
        && DefinitionEquality.AreSame(one.Steps, other.Steps, static (one, other) => one == other)
        && DefinitionEquality.AreSame(one.By, other.By);

    private static bool AreSame(ExperimentServe one, ExperimentServe other) =>
        one with { Split = [], By = null } == other with { Split = [], By = null }
        && AreSame(one.Split, other.Split)
        && DefinitionEquality.AreSame(one.By, other.By);

    private static bool AreSame(IReadOnlyList<WeightedVariant> one, IReadOnlyList<WeightedVariant> other) =>
        DefinitionEquality.AreSame(one, other, static (one, other) => one == other);

    private static VariantServe Anything { get; } = new("");
}
