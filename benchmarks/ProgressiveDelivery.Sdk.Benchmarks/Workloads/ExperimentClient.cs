using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.DependencyInjection;

namespace ProgressiveDelivery.Sdk.Benchmarks.Workloads;

/// <summary>A client with one experiment that includes every unit.</summary>
internal static class ExperimentClient
{
    public const string Key = "checkout-test";

    /// <summary>Registers the client as an application does.</summary>
    /// <param name="configure">Adds to the registration.</param>
    /// <param name="services">The services to register it in; null for new ones.</param>
    public static ServiceProvider Services(Action<ProgressiveDeliveryBuilder> configure, IServiceCollection? services = null) =>
        (services ?? new ServiceCollection()).AddMetrics()
            .AddProgressiveDelivery(flags => configure(flags.FromSnapshot(new() { Version = 1, Flags = [Experiment()] })))
            .BuildServiceProvider();

    private static FlagDefinition Experiment() => new()
    {
        Key = Key,
        Type = FlagType.Boolean,
        Variants = [new() { Name = "on", Value = true }, new() { Name = "off", Value = false }],
        Default = new ExperimentOutcome { Key = Key, Split = [new("on", 50), new("off", 50)] },
    };
}
