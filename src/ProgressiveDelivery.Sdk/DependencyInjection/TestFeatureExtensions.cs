using ProgressiveDelivery.Sdk.Canary;
using ProgressiveDelivery.Sdk.DependencyInjection;
using ProgressiveDelivery.Sdk.Reporting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Gives the feature clients of an application flags of a test.</summary>
public static class TestFeatureExtensions
{
    /// <summary>
    /// Lets the application's own feature client serve flags of a test, for integration tests: call it after the application's registrations, as in <c>ConfigureTestServices</c> of a
    /// <c>WebApplicationFactory</c>. The client's sources, files, reporters, sinks of events and store of assignments are replaced by memory: a test touches neither network nor disk. All else
    /// works as the application registered it.
    /// </summary>
    /// <remarks>
    /// Each host has its own <see cref="TestFeatures"/>, to be resolved from its services: tests that run in parallel do not disturb each other. A second call for the same services
    /// configures the same one further.
    /// </remarks>
    /// <param name="services">The services, in which the client is registered.</param>
    /// <param name="configure">Sets the flags; null for none.</param>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The client is not registered.</exception>
    public static IServiceCollection UseTestFeatures(this IServiceCollection services, Action<TestFeatures>? configure = null) => Use(services, null, configure);

    /// <summary>Lets a named feature client of the application serve flags of a test. Resolve its <see cref="TestFeatures"/> by the name.</summary>
    /// <inheritdoc cref="UseTestFeatures(IServiceCollection, Action{TestFeatures})"/>
    /// <param name="services">The services, in which the client is registered.</param>
    /// <param name="client">The client's name.</param>
    /// <param name="configure">Sets the flags; null for none.</param>
    /// <exception cref="ArgumentException"><paramref name="client"/> is empty.</exception>
    public static IServiceCollection UseTestFeatures(this IServiceCollection services, string client, Action<TestFeatures>? configure = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(client);
        return Use(services, client, configure);
    }

    private static IServiceCollection Use(IServiceCollection services, string? client, Action<TestFeatures>? configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        var features = Find<TestFeatures>(services, one => one.Client == client) ?? Replace(services, client);
        configure?.Invoke(features);
        return services;
    }

    private static TestFeatures Replace(IServiceCollection services, string? client)
    {
        var registration = Find<ClientRegistration>(services, one => one.Key == client)
            ?? throw new InvalidOperationException($"Feature client '{client ?? "default"}' is not registered, so it cannot serve flags of a test. Call UseTestFeatures after AddProgressiveDelivery: in ConfigureTestServices, not in ConfigureServices.");
        var features = new TestFeatures(registration);
        registration.Sources.Clear();
        registration.Sources.Add(new(nameof(UseTestFeatures), inputs => features.Begin(inputs.Services)));
        registration.Reporters.Clear();
        registration.Sinks.Clear();
        registration.Sinks.Add(new(nameof(UseTestFeatures), _ => features.Sink, IsOwned: false));
        (registration.BundledFile, registration.LastKnownGoodFolder, registration.TrustsKeys, registration.Assignments) = (null, null, false, null);
        services.PostConfigure<EventPipelineOptions>(registration.OptionsName, static events => events.SpillFolder = null);
        services.PostConfigure<AdoptionOptions>(registration.OptionsName, static adoption => adoption.BakeTime = null);
        _ = client is null ? services.AddSingleton(features) : services.AddKeyedSingleton(client, features);
        return features;
    }

    private static T? Find<T>(IServiceCollection services, Func<T, bool> matches)
        where T : class =>
        services.Select(static service => service.IsKeyedService ? service.KeyedImplementationInstance : service.ImplementationInstance).OfType<T>().FirstOrDefault(matches);
}
