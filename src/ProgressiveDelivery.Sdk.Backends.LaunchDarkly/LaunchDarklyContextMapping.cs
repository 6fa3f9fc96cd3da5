namespace ProgressiveDelivery.Sdk.Backends.LaunchDarkly;

/// <summary>
/// How an <see cref="EvaluationContext"/> stands for LaunchDarkly's: its main context is one kind, whose <c>key</c> is the targeting key, and
/// every other kind is one that <see cref="EvaluationContext.WithKind"/> added. Attributes have their own names.
/// </summary>
public sealed record LaunchDarklyContextMapping
{
    /// <summary>The kind that the main context is, where it has a targeting key; <c>user</c> by default.</summary>
    public string MainKind { get; init; } = "user";
}
