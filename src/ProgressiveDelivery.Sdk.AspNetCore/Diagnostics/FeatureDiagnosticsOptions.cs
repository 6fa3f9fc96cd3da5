namespace ProgressiveDelivery.Sdk.AspNetCore;

/// <summary>Options of the diagnostics page.</summary>
public sealed class FeatureDiagnosticsOptions
{
    /// <summary>The name of the client that the page shows; null shows the default client.</summary>
    public string? ClientName { get; set; }

    /// <summary>
    /// The authorization policy for seeing the page. Null requires one in another way: <c>RequireAuthorization</c> on the endpoints, or a fallback policy. In Development without either, the page is
    /// open to this machine only.
    /// </summary>
    public string? ViewPolicy { get; set; }

    /// <summary>The authorization policy for acting: hold, step, pin, override, kill, reset. It is required besides that for seeing. Null shows no buttons and refuses every act.</summary>
    public string? ActPolicy { get; set; }

    /// <summary>Contexts to choose from in Explain, and to count over in what an act would change. At most 100 are used.</summary>
    public IDictionary<string, EvaluationContext> SavedContexts { get; } = new Dictionary<string, EvaluationContext>(StringComparer.Ordinal);

    /// <summary>Names of attributes whose values are never shown: a context typed into Explain has them marked as private. <c>targetingKey</c> stands for the key.</summary>
    public ISet<string> PrivateAttributes { get; } = new HashSet<string>(StringComparer.Ordinal);
}
