using ProgressiveDelivery.Sdk.Backends.ConfigCat;
using ProgressiveDelivery.Sdk.Backends.Eppo;
using ProgressiveDelivery.Sdk.Backends.Flagd;
using ProgressiveDelivery.Sdk.Backends.GrowthBook;
using ProgressiveDelivery.Sdk.Backends.LaunchDarkly;
using ProgressiveDelivery.Sdk.Backends.MicrosoftFeatureManagement;
using ProgressiveDelivery.Sdk.Backends.Unleash;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Fuzz.Backends;

/// <summary>A format of another backend, and where its documents keep their items.</summary>
/// <param name="Name">The name of the target, and of its folder in the corpus.</param>
/// <param name="Format">The reader.</param>
/// <param name="Folders">The folders of public documents.</param>
/// <param name="Places">Where flags are, and what they share; the place of the flags first.</param>
internal sealed record BackendFormat(string Name, ISnapshotFormat Format, string[] Folders, params ItemPlace[] Places)
{
    public static IReadOnlyList<BackendFormat> All { get; } =
    [
        new("unleash", new UnleashFormat(), ["unleash"], new("features", "name"), new("segments", "id", IsShared: true)),
        new("launchdarkly", new LaunchDarklyFormat(), ["launchdarkly"], new("flags"), new("segments")),
        new("eppo", new EppoFormat(), ["datadog-ffe", "eppo"], new ItemPlace("flags")),
        new("configcat", new ConfigCatFormat(), ["configcat"], new("f"), new("s", IsShared: true)),
        new("growthbook", new GrowthBookFormat { StickyBucketing = true }, ["growthbook"], new("features"), new("experiments", "key", IsShared: true), new("savedGroups"), new("contextualBandits")),
        new("flagd", new FlagdFormat(), ["flagd"], new("flags"), new("$evaluators")),
        new("microsoft", new FeatureManagementFormat(), ["ms-featuremanagement"], new("feature_management/feature_flags", "id"), new("FeatureManagement")),
    ];
}

/// <summary>Where a document keeps items of a kind.</summary>
/// <param name="Path">The members that lead there, with <c>/</c> between.</param>
/// <param name="NameMember">The member that an item of a list goes by; null: the items are members of an object.</param>
/// <param name="IsShared">Whether an item may concern every flag, since flags do not refer to it by a name of its own.</param>
internal sealed record ItemPlace(string Path, string? NameMember = null, bool IsShared = false);
