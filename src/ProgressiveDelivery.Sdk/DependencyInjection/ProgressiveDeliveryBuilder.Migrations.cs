using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.Canary;
using ProgressiveDelivery.Sdk.Telemetry;

namespace ProgressiveDelivery.Sdk.DependencyInjection;

/// <content>Migrations between two stores, services or implementations.</content>
public sealed partial class ProgressiveDeliveryBuilder
{
    /// <summary>
    /// Registers a migration whose stages a flag of this client serves: a singleton <see cref="Migration{TKey, TResult}"/>, injected by
    /// <c>[FromKeyedServices("name")]</c>. Its options are validated when a host starts, or when it is first resolved.
    /// </summary>
    /// <typeparam name="TKey">The type of the key that is read and written.</typeparam>
    /// <typeparam name="TResult">The type of the value under a key.</typeparam>
    /// <param name="name">The migration's name: the key that it is injected by, its name in logs and metrics, and the flag's key unless <see cref="MigrationOptions{TKey, TResult}.Flag"/> is set.</param>
    /// <param name="configure">Sets the two sides, with services from the root of the container.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null or white space.</exception>
    /// <exception cref="InvalidOperationException">A migration of that name and these types was registered before.</exception>
    public ProgressiveDeliveryBuilder AddMigration<TKey, TResult>(string name, Action<MigrationOptions<TKey, TResult>, IServiceProvider> configure)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(configure);
        if (Services.Any(service => service.ServiceType == typeof(Migration<TKey, TResult>) && Equals(service.ServiceKey, name)))
            throw new InvalidOperationException($"Migration '{name}' was registered before. Register it once, or give this one another name.");

        Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<MigrationOptions<TKey, TResult>>, MigrationOptionsValidator<TKey, TResult>>());
        Services.AddOptions<MigrationOptions<TKey, TResult>>(name).Configure(configure).ValidateOnStart();
        var registration = _registration;
        Services.AddKeyedSingleton(name, (provider, _) => Migration<TKey, TResult>(name, registration, provider));
        return this;
    }

    private static Migration<TKey, TResult> Migration<TKey, TResult>(string name, ClientRegistration registration, IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptionsMonitor<MigrationOptions<TKey, TResult>>>().Get(name);
        var clock = ClientAssembly.ClockOf(services);
        var meter = services.GetService<IMeterFactory>() is { } meters ? new MigrationMeter(meters, registration.Label, name) : null;
        var journal = new MigrationJournal(new ClientLogs(services.GetRequiredService<ILoggerFactory>()).Canary, registration.Label, name, options.Flag ?? name, clock);
        return new(options, registration.Resolve(services), new(name, meter, journal, clock, Random.Shared));
    }
}
