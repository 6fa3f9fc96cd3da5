namespace ProgressiveDelivery.Sdk.Backends.Unleash;

/// <summary>Unleash's variants, from any client or snapshot.</summary>
public static class UnleashEvaluatorExtensions
{
    /// <summary>Evaluates a feature. Stores and counts nothing.</summary>
    /// <param name="features">The client or snapshot.</param>
    /// <param name="feature">The feature's name.</param>
    /// <param name="context">The context.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static UnleashVariant GetUnleashVariant(this IFeatureEvaluator features, string feature, EvaluationContext context) =>
        UnleashVariant.Of(features, feature, context);
}
