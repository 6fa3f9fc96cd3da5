namespace ProgressiveDelivery.Sdk.Backends.Eppo;

/// <summary>
/// Which part of an <see cref="EvaluationContext"/> stands for the subject. Every other subject attribute is the context's attribute of the same
/// name; the attribute <c>id</c> is the subject's key where the context has none of that name.
/// </summary>
public sealed record EppoContextMapping
{
    /// <summary>The subject's key, which shards hash; the targeting key by default. A reference as rules write it.</summary>
    public string Subject { get; init; } = "targetingKey";
}
