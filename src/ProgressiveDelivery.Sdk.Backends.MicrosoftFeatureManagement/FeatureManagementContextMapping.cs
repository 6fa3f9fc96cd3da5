namespace ProgressiveDelivery.Sdk.Backends.MicrosoftFeatureManagement;

/// <summary>
/// The parts of an <see cref="EvaluationContext"/> that stand for Microsoft's targeting context. References are written as in rules: <c>name</c>,
/// <c>/pointer</c>, <c>kind:name</c>.
/// </summary>
public sealed record FeatureManagementContextMapping
{
    /// <summary>The user's id, which targeting and percentiles hash; the targeting key by default. A context without one has the empty user, as in Microsoft's library.</summary>
    public string User { get; set; } = "targetingKey";

    /// <summary>The user's groups, a list of texts; <c>groups</c> by default.</summary>
    public string Groups { get; set; } = "groups";
}
