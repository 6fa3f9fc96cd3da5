using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.AspNetCore;
using ProgressiveDelivery.Sdk.Backends.ConfigCat;
using ProgressiveDelivery.Sdk.Backends.Eppo;
using ProgressiveDelivery.Sdk.Backends.Flagd;
using ProgressiveDelivery.Sdk.Backends.GrowthBook;
using ProgressiveDelivery.Sdk.Backends.LaunchDarkly;
using ProgressiveDelivery.Sdk.Backends.MicrosoftFeatureManagement;
using ProgressiveDelivery.Sdk.Backends.Unleash;
using ProgressiveDelivery.Sdk.Canary;
using ProgressiveDelivery.Sdk.Experiments;
using ProgressiveDelivery.Sdk.Health;
using ProgressiveDelivery.Sdk.Observation;
using ProgressiveDelivery.Sdk.Reporting;
using ProgressiveDelivery.Sdk.Sources.Failover;
using ProgressiveDelivery.Sdk.Sources.Files;
using ProgressiveDelivery.Sdk.Sources.Http;
using ProgressiveDelivery.Sdk.Sources.Signing;
using ProgressiveDelivery.Sdk.Sources.Streaming;

namespace ProgressiveDelivery.Sdk.Backends.Tests.Configuration;

/// <summary>A method that takes options from a section of configuration.</summary>
internal sealed record SectionMethod(string Name, Type Options, Action<IServiceCollection, IConfiguration> Call, Func<IServiceProvider, object> Read)
{
    /// <summary>Reads the options, as the start of a host does.</summary>
    public Action<IServiceProvider> Start { get; init; } = services => services.GetRequiredService<IFeatureClient>();

    /// <summary>All of them.</summary>
    public static IReadOnlyList<SectionMethod> All { get; } =
    [
        Builder<ProgressiveDeliveryOptions>("Configure", (flags, section) => flags.Configure(section)),
        Builder<FailoverOptions>("Failover", (flags, section) => flags.Failover(section)),
        Builder<SignatureOptions>("TrustKeys", (flags, section) => flags.TrustKeys(section)),
        Builder<EvaluationEventOptions>("EmitEvaluationEvents", (flags, section) => flags.EmitEvaluationEvents(section)),
        Builder<ExposureOptions>("RecordExposures", (flags, section) => flags.RecordExposures(section)),
        Builder<AssignmentOptions>("ConfigureAssignments", (flags, section) => flags.ConfigureAssignments(section)),
        Builder<AdoptionOptions>("StageAdoption", (flags, section) => flags.StageAdoption(section)),
        Builder<HostContextOptions>("DescribeHost", (flags, section) => flags.DescribeHost(section)),
        Builder<EventPipelineOptions>("ConfigureEvents", (flags, section) => flags.ConfigureEvents(section)),
        Builder<HttpEventSinkOptions>("SendEventsToHttp", (flags, section) => flags.SendEventsToHttp(section)),
        Builder<FileEventSinkOptions>("SendEventsToFile", (flags, section) => flags.SendEventsToFile(section)),
        Builder<HttpSourceOptions>("FromHttp", (flags, section) => flags.FromHttp(section)),
        Builder<StreamSourceOptions>("FromEventStream", (flags, section) => flags.FromEventStream(section)),
        Builder<FileSourceOptions>("FromFile", (flags, section) => flags.FromFile(section)),
        Builder<UnleashSourceOptions>("FromUnleash", (flags, section) => flags.FromUnleash(section)),
        Builder<UnleashSourceOptions>("FromUnleashStream", (flags, section) => flags.FromUnleashStream(section)),
        Builder<LaunchDarklySourceOptions>("FromLaunchDarkly", (flags, section) => flags.FromLaunchDarkly(section)),
        Builder<LaunchDarklySourceOptions>("FromLaunchDarklyStream", (flags, section) => flags.FromLaunchDarklyStream(section)),
        Builder<LaunchDarklyEventOptions>("SendEventsToLaunchDarkly", (flags, section) => flags.SendEventsToLaunchDarkly(section)),
        Builder<ConfigCatSourceOptions>("FromConfigCat", (flags, section) => flags.FromConfigCat(section)),
        Builder<GrowthBookSourceOptions>("FromGrowthBook", (flags, section) => flags.FromGrowthBook(section)),
        Builder<EppoSourceOptions>("FromEppo", (flags, section) => flags.FromEppo(section)),
        Builder<UfcFileOptions>("FromEppoFile", (flags, section) => flags.FromEppoFile(section)),
        Builder<FlagdSourceOptions>("FromFlagd", (flags, section) => flags.FromFlagd(section)),
        Builder<FlagdHttpOptions>("FromFlagdHttp", (flags, section) => flags.FromFlagdHttp(section)),
        Builder<FlagdFileOptions>("FromFlagdFile", (flags, section) => flags.FromFlagdFile(section)),
        Builder<FeatureManagementSourceOptions>("FromFeatureManagement", (flags, section) => flags.FromFeatureManagement(section)),
        Builder<FeatureManagementFileOptions>("FromFeatureManagementFile", (flags, section) => flags.FromFeatureManagementFile(section)),
        Builder<RequestOptions>("AddAspNetCore", (flags, section) => flags.AddAspNetCore(section)) with { Start = services => _ = services.GetRequiredService<IOptions<RequestOptions>>().Value },
        new("AddProgressiveDelivery", typeof(FeatureHealthCheckOptions), (services, section) => services.AddHealthChecks().AddProgressiveDelivery(section), HealthCheckOf),
    ];

    public override string ToString() => Name;

    private static SectionMethod Builder<TOptions>(string name, Action<ProgressiveDeliveryBuilder, IConfiguration> call)
        where TOptions : class, new() =>
        new(name, typeof(TOptions), (services, section) => services.AddProgressiveDelivery(flags => call(flags, section)), Bound<TOptions>);

    // Without the validators, which would refuse options with only one of them set.
    private static TOptions Bound<TOptions>(IServiceProvider services)
        where TOptions : class, new()
    {
        var options = new TOptions();
        foreach (var configure in services.GetServices<IConfigureOptions<TOptions>>().OfType<IConfigureNamedOptions<TOptions>>())
            configure.Configure(Microsoft.Extensions.Options.Options.DefaultName, options);
        return options;
    }

    private static FeatureHealthCheckOptions HealthCheckOf(IServiceProvider services)
    {
        var closure = services.GetRequiredService<IOptions<HealthCheckServiceOptions>>().Value.Registrations.Single().Factory.Target!;
        return closure.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Select(field => field.GetValue(closure)).OfType<FeatureHealthCheckOptions>().Single();
    }
}
