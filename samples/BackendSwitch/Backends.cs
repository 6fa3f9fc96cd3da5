using ProgressiveDelivery.Sdk.Backends.ConfigCat;
using ProgressiveDelivery.Sdk.Backends.Eppo;
using ProgressiveDelivery.Sdk.Backends.Flagd;
using ProgressiveDelivery.Sdk.Backends.GrowthBook;
using ProgressiveDelivery.Sdk.Backends.LaunchDarkly;
using ProgressiveDelivery.Sdk.Backends.MicrosoftFeatureManagement;
using ProgressiveDelivery.Sdk.Backends.Unleash;
using ProgressiveDelivery.Sdk.Definitions;

namespace BackendSwitch;

/// <summary>The backends that a document may come from, by the names that the command line has for them.</summary>
internal static class Backends
{
    private static readonly Dictionary<string, ISnapshotFormat> Formats = new(StringComparer.OrdinalIgnoreCase)
    {
        ["configcat"] = new ConfigCatFormat(),
        ["eppo"] = new EppoFormat(),
        ["flagd"] = new FlagdFormat(),
        ["growthbook"] = new GrowthBookFormat(),
        ["launchdarkly"] = new LaunchDarklyFormat(),
        ["microsoft"] = new FeatureManagementFormat(),
        ["unleash"] = new UnleashFormat(),
    };

    public static string Names => string.Join(", ", Formats.Keys);

    public static ISnapshotFormat? Find(string name) => Formats.GetValueOrDefault(name);
}
