namespace ProgressiveDelivery.Sdk.DependencyInjection;

/// <summary>The facts about this process that rules see as the context kind <c>host</c>. Read once, when the client is made.</summary>
public sealed class HostContextOptions
{
    /// <summary>
    /// Facts by name, in addition to those the library finds or in place of them; empty by default. Null or an empty text removes a fact. The library finds <c>instance</c>,
    /// <c>version</c>, <c>region</c>, <c>zone</c>, <c>machine</c>, <c>environment</c> and <c>startTime</c>. The fact <c>instance</c>, which cannot be removed, is also the
    /// targeting key of the kind. Values are texts; tests on versions, instants and addresses read them.
    /// </summary>
    public IDictionary<string, string?> Facts { get; } = new Dictionary<string, string?>(StringComparer.Ordinal);
}
