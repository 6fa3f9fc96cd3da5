using System.Text.Json;

namespace ProgressiveDelivery.Sdk.Backends.Unleash;

/// <summary>The features of a document by name, each read once. Not safe to use from several threads.</summary>
internal sealed class FeatureSet(IEnumerable<KeyValuePair<string, JsonElement>> documents)
{
    private readonly Dictionary<string, Lazy<Feature>> _features = documents.ToDictionary(
        feature => feature.Key, feature => new Lazy<Feature>(() => new(feature.Key, feature.Value), LazyThreadSafetyMode.None), StringComparer.Ordinal);

    public IEnumerable<string> Names => _features.Keys;

    public bool Has(string name) => _features.ContainsKey(name);

    /// <summary>Returns an existing feature. Throws if it cannot be read.</summary>
    public Feature Get(string name) => _features[name].Value;

    /// <summary>Returns an existing feature, or null if it cannot be read.</summary>
    public Feature? Find(string name)
    {
        try
        {
            return Get(name);
        }
        catch (Exception)
        {
            // The feature's own diagnostic gives the reason.
            return null;
        }
    }
}
