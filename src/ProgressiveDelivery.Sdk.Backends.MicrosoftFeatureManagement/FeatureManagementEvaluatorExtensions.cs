namespace ProgressiveDelivery.Sdk.Backends.MicrosoftFeatureManagement;

/// <summary>Microsoft's evaluations, from any client or snapshot.</summary>
public static class FeatureManagementEvaluatorExtensions
{
    /// <summary>Evaluates a flag. Stores and counts nothing. A flag with a percentage filter is random: its result may differ between calls.</summary>
    /// <param name="features">The client or snapshot.</param>
    /// <param name="key">The flag's id, case-sensitive.</param>
    /// <param name="context">The context.</param>
    /// <param name="mapping">The parts of a context that stand for the user, or null for the defaults.</param>
    /// <exception cref="ArgumentNullException">An argument other than <c>mapping</c> is null.</exception>
    public static FeatureManagementEvaluation GetFeatureManagementEvaluation(this IFeatureEvaluator features, string key, EvaluationContext context, FeatureManagementContextMapping? mapping = null) =>
        FeatureManagementEvaluation.Of(features, key, context, mapping);
}
