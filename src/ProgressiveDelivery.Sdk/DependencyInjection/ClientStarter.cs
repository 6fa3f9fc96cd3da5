using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.Client;
using ProgressiveDelivery.Sdk.Telemetry;

namespace ProgressiveDelivery.Sdk.DependencyInjection;

/// <summary>
/// Starts every client with the host: before other hosted services, which then have flags; in a host that knows no such phase,
/// among them. A host that stops has on disk what the clients obeyed; the container ends them.
/// </summary>
internal sealed class ClientStarter(
    IServiceProvider services, IEnumerable<ClientRegistration> registrations, IOptionsMonitor<ProgressiveDeliveryOptions> options, ILoggerFactory loggers)
    : IHostedLifecycleService
{
    private List<(ClientRegistration Registration, FeatureClient Client)> _clients = [];
    private bool _isStarted;

    public Task StartingAsync(CancellationToken cancellationToken) => StartAsync(cancellationToken);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_isStarted)
            return;
        _isStarted = true;

        _clients = Resolve();
        await Task.WhenAll(_clients.Select(one => StartAsync(one.Registration, one.Client, cancellationToken))).ConfigureAwait(false);
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => FlushAsync(cancellationToken);

    public Task StoppedAsync(CancellationToken cancellationToken) => FlushAsync(cancellationToken);

    private async Task FlushAsync(CancellationToken cancellationToken) =>
        await Task.WhenAll(_clients.Select(one => one.Client.FlushAsync())).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    // A client that was replaced, by a fake in a test, is not ours to start.
    private List<(ClientRegistration Registration, FeatureClient Client)> Resolve()
    {
        var clients = new List<(ClientRegistration, FeatureClient)>();
        var faults = new List<string>();
        foreach (var registration in registrations)
        {
            try
            {
                if (registration.Resolve(services) is FeatureClient client)
                    clients.Add((registration, client));
            }
            catch (OptionsValidationException invalid)
            {
                faults.AddRange(invalid.Failures);
            }
        }

        return faults.Count == 0 ? clients : throw new OptionsValidationException(Options.DefaultName, typeof(ProgressiveDeliveryOptions), faults);
    }

    private async Task StartAsync(ClientRegistration registration, FeatureClient client, CancellationToken cancellationToken)
    {
        var status = await client.WaitUntilReadyAsync(null, cancellationToken).ConfigureAwait(false);
        if (status.HasRules)
            return;

        var settings = options.Get(registration.OptionsName);
        var cause = status.Cause is { } fault ? $" {fault.Message}" : "";
        var isPointless = client.IsWaitingPointless;
        if (settings.FailFast)
            throw new InvalidOperationException($"Feature client '{registration.Label}' has no rules{(isPointless ? "" : $" after {settings.InitializationTimeout}")}, and FailFast is set.{cause}");
        var logger = new ClientLogs(loggers).Refresh;
        if (isPointless)
            logger.StartedWithoutProspect(registration.Label, status.Source, cause);
        else
            logger.StartedWithoutRules(registration.Label, settings.InitializationTimeout, status.Source, cause);
    }
}
