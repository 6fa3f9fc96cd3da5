namespace ProgressiveDelivery.Sdk.Backends.Eppo;

/// <summary>Eppo's assignments, from any client or snapshot.</summary>
public static class EppoEvaluatorExtensions
{
    /// <summary>Evaluates a flag. Stores and counts nothing.</summary>
    /// <param name="features">The client or snapshot.</param>
    /// <param name="key">The flag's key.</param>
    /// <param name="context">The subject.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static EppoAssignment GetEppoAssignment(this IFeatureEvaluator features, string key, EvaluationContext context) =>
        EppoAssignment.Of(features, key, context);
}
