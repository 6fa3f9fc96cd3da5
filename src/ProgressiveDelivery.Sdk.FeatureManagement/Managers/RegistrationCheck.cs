using Microsoft.Extensions.Hosting;

namespace ProgressiveDelivery.Sdk.FeatureManagement.Managers;

/// <summary>Ends the start of a host whose registrations contradict each other.</summary>
/// <param name="registration">The registration of the managers.</param>
internal sealed class RegistrationCheck(ManagerRegistration registration) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        registration.ThrowIfLifetimesDiffer();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
