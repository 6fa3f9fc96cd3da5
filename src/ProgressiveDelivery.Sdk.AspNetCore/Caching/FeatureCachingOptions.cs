namespace ProgressiveDelivery.Sdk.AspNetCore;

/// <summary>Options of the caching of responses.</summary>
public sealed class FeatureCachingOptions
{
    /// <summary>
    /// The keys of flags whose answers do not change a response, such as those of dark launches and of choices that only the server sees: a response stays shared between users although
    /// such a flag was asked for it. Case-sensitive; empty by default.
    /// </summary>
    public ISet<string> IgnoredFlags { get; } = new HashSet<string>(StringComparer.Ordinal);
}
