namespace ProgressiveDelivery.Sdk.Conformance;

/// <summary>The vendors that there is a backend for. A folder of cases of any other is reported as not run.</summary>
internal static class Vendors
{
    public static readonly Dictionary<string, Func<ConformanceSuite, ICaseRunner>> Runners = new(StringComparer.Ordinal)
    {
        ["configcat"] = suite => new ConfigCatRunner(suite),
        ["datadog-ffe"] = suite => new EppoRunner(suite, isDatadog: true),
        ["eppo"] = suite => new EppoRunner(suite, isDatadog: false),
        ["growthbook"] = suite => new GrowthBookRunner(suite),
        ["launchdarkly"] = suite => new LaunchDarklyRunner(suite),
        ["ms-featuremanagement"] = suite => new FeatureManagementRunner(suite),
        ["unleash"] = suite => new UnleashRunner(suite),
        ["native"] = suite => new NativeRunner(suite),
        ["flagd"] = suite => new FlagdRunner(suite),
    };
}
