namespace ProgressiveDelivery.Sdk.Backends.Eppo;

/// <summary>
/// The part of an <see cref="EvaluationContext"/> that stands for the subject. Every other subject attribute is the context's attribute of the same
/// name. The attribute <c>id</c> is the subject's key if the context has no attribute of that name.
/// </summary>
public sealed record EppoContextMapping
{
    /// <summary>The subject's key, which shards hash; the targeting key by default. A reference, written as in rules.</summary>
    public string Subject { get; set; } = "targetingKey";
}
