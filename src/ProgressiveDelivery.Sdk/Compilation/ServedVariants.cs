using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Compilation;

/// <summary>Finds the variants that the rules and the default of a flag may serve.</summary>
internal static class ServedVariants
{
    /// <summary>Returns the outcomes of a flag's rules and default, in order.</summary>
    public static IEnumerable<OutcomeDefinition> OutcomesOf(FlagDefinition flag) =>
        flag.Rules.Select(rule => rule.Serve).Concat(flag.Default is { } @default ? [@default] : []);

    /// <summary>Returns the variants; null if an outcome of another backend may serve any.</summary>
    public static HashSet<string>? Of(FlagDefinition flag)
    {
        var served = new HashSet<string>(StringComparer.Ordinal);
        return OutcomesOf(flag).All(outcome => TryAdd(outcome, served)) ? served : null;
    }

    /// <summary>Returns whether an outcome may serve a variant.</summary>
    public static bool MayServe(OutcomeDefinition outcome, string variant)
    {
        var served = new HashSet<string>(StringComparer.Ordinal);
        return !TryAdd(outcome, served) || served.Contains(variant);
    }

    private static bool TryAdd(OutcomeDefinition outcome, HashSet<string> served)
    {
        switch (outcome)
        {
            case VariantOutcome { Variant: var variant }:
                served.Add(variant);
                return true;
            case SplitOutcome { Weights: var weights }:
                Add(weights, served);
                return true;
            case RolloutOutcome rollout:
                Add(rollout.Else, served);
                return rollout.To is VariantOutcome or SplitOutcome && TryAdd(rollout.To, served);
            case ExperimentOutcome experiment:
                Add(experiment.Split, served);
                Add(experiment.Else, served);
                return true;
            default:
                return false;
        }
    }

    private static void Add(IReadOnlyList<WeightedVariant> weights, HashSet<string> served) =>
        served.UnionWith(weights.Where(weight => weight.Weight > 0).Select(weight => weight.Variant));

    private static void Add(string? variant, HashSet<string> served)
    {
        if (variant is not null)
            served.Add(variant);
    }
}
