namespace ProgressiveDelivery.Sdk.Backends.LaunchDarkly;

/// <summary>
/// The mapping of an <see cref="EvaluationContext"/> to LaunchDarkly's context. The main context is one kind, whose <c>key</c> is the targeting key.
/// <see cref="EvaluationContext.WithKind"/> adds every other kind. Attributes have their own names. Clauses, targets and rollouts that name no kind are
/// about the kind <c>user</c>.
/// </summary>
public sealed record LaunchDarklyContextMapping
{
    /// <summary>The kind of the main context, if it has a targeting key; <c>user</c> by default.</summary>
    public string MainKind { get; set; } = "user";
}
