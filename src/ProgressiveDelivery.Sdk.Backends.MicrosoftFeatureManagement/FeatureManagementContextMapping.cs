namespace ProgressiveDelivery.Sdk.Backends.MicrosoftFeatureManagement;

/// <summary>Which parts of an <see cref="EvaluationContext"/> stand for Microsoft's targeting context. References are written as in rules: <c>name</c>, <c>/pointer</c>, <c>kind:name</c>.</summary>
public sealed record FeatureManagementContextMapping
{
    /// <summary>The user's id, which targeting and percentiles hash; the targeting key by default. A context without one has the empty user, as Microsoft's has.</summary>
    public string User { get; init; } = "targetingKey";

    /// <summary>The user's groups, a list of texts; <c>groups</c> by default.</summary>
    public string Groups { get; init; } = "groups";
}
