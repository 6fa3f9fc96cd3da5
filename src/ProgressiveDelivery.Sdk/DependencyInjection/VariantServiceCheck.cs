using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.Telemetry;

namespace ProgressiveDelivery.Sdk.DependencyInjection;

/// <summary>Warns of variants without an implementation, and of implementations for variants that do not exist, at the start of a host and after each change of the rules.</summary>
internal sealed class VariantServiceCheck(IServiceProvider services, IEnumerable<VariantServiceRegistration> registrations, ILoggerFactory loggers) : IHostedService
{
    private readonly ILogger _logger = new ClientLogs(loggers).Evaluation;
    private readonly List<IDisposable> _subscriptions = [];

    /// <summary>Adds it once.</summary>
    public static void AddTo(IServiceCollection services)
    {
        services.AddLogging();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, VariantServiceCheck>());
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var registration in registrations)
        {
            if (!registration.HasOtherwise)
                _logger.VariantServiceWithoutOtherwise(registration.ClientLabel, registration.Service, registration.Flag);
            var named = new HashSet<string>(StringComparer.Ordinal);
            _subscriptions.Add(registration.Resolve(services).OnChange(change => Check(registration, change.Current, named)));
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var subscription in _subscriptions)
            subscription.Dispose();
        _subscriptions.Clear();
        return Task.CompletedTask;
    }

    // Called one at a time for each subscription.
    private void Check(VariantServiceRegistration registration, IFeatureSnapshot snapshot, HashSet<string> named)
    {
        if (snapshot.Flags.FirstOrDefault(flag => flag.Key == registration.Flag) is not { } flag)
            return;
        var variants = flag.Variants.Select(variant => variant.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var variant in variants.Except(registration.Variants, StringComparer.Ordinal))
        {
            if (!registration.HasOtherwise && named.Add(variant))
                _logger.VariantServiceLacksVariant(registration.ClientLabel, registration.Service, variant, registration.Flag);
        }

        foreach (var variant in registration.Variants.Except(variants, StringComparer.Ordinal))
        {
            if (named.Add(variant))
                _logger.VariantServiceNamesUnknownVariant(registration.ClientLabel, registration.Service, variant, registration.Flag);
        }
    }
}
