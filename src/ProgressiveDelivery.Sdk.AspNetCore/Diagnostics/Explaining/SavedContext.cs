namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Explaining;

/// <summary>A context with a name, to choose in Explain and to count moves over.</summary>
/// <param name="Name">The name.</param>
/// <param name="Context">The context; its private attributes are marked.</param>
internal sealed record SavedContext(string Name, EvaluationContext Context)
{
    /// <summary>The targeting key, unless it is private or missing.</summary>
    public string? ShownKey => Context.IsPrivate("targetingKey") ? null : Context.TargetingKey;
}
