namespace ProgressiveDelivery.Sdk.Backends.GrowthBook;

/// <summary>GrowthBook's results, from any client or snapshot.</summary>
public static class GrowthBookEvaluatorExtensions
{
    /// <summary>Evaluates a feature. Stores and counts nothing.</summary>
    /// <param name="features">The client or snapshot.</param>
    /// <param name="feature">The feature's id.</param>
    /// <param name="context">The context.</param>
    /// <param name="mapping">The part of a context that stands for GrowthBook's attributes, or null for the defaults.</param>
    /// <exception cref="ArgumentNullException">An argument other than <c>mapping</c> is null.</exception>
    public static GrowthBookResult GetGrowthBookResult(this IFeatureEvaluator features, string feature, EvaluationContext context, GrowthBookContextMapping? mapping = null) =>
        GrowthBookResult.Of(features, feature, context, mapping);

    /// <summary>Evaluates the redirects. Stores and counts nothing.</summary>
    /// <param name="features">The client or snapshot.</param>
    /// <param name="context">The visitor, with the address.</param>
    /// <param name="mapping">The part of a context that stands for GrowthBook's attributes, or null for the defaults.</param>
    /// <returns>The redirect; null if no such experiment includes the visitor, the variation does not redirect, or the experiment also runs on the new address.</returns>
    /// <exception cref="ArgumentNullException">An argument other than <c>mapping</c> is null.</exception>
    public static GrowthBookRedirect? GetGrowthBookRedirect(this IFeatureEvaluator features, EvaluationContext context, GrowthBookContextMapping? mapping = null) =>
        GrowthBookRedirect.Of(features, context, mapping);
}
