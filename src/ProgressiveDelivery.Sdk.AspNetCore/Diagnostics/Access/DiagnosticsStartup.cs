using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Access;

/// <summary>Ends the start of an application that shows the page to everyone, or names a client or a policy that does not exist.</summary>
/// <param name="services">The application's services.</param>
/// <param name="mappings">The mappings of the page.</param>
/// <param name="environment">The environment of the application.</param>
internal sealed class DiagnosticsStartup(IServiceProvider services, DiagnosticsMappings mappings, IHostEnvironment environment) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // All endpoints are known once the server has started. A request that comes before is judged by itself.
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        foreach (var page in mappings.Pages)
            await CheckAsync(page).ConfigureAwait(false);
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task CheckAsync(DiagnosticsPage page)
    {
        _ = page.Site;
        await RequirePolicyAsync(page, page.Options.ViewPolicy, nameof(FeatureDiagnosticsOptions.ViewPolicy)).ConfigureAwait(false);
        await RequirePolicyAsync(page, page.Options.ActPolicy, nameof(FeatureDiagnosticsOptions.ActPolicy)).ConfigureAwait(false);
        if (environment.IsDevelopment() || services.GetService<EndpointDataSource>() is not { } all)
            return;
        foreach (var endpoint in all.Endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<DiagnosticsPage>() == page))
        {
            if (await ViewPolicy.OfAsync(endpoint, services).ConfigureAwait(false) is null)
                throw new InvalidOperationException(page.Unprotected);
        }
    }

    private async Task RequirePolicyAsync(DiagnosticsPage page, string? name, string option)
    {
        if (name is null)
            return;
        var policy = services.GetService<IAuthorizationPolicyProvider>() is { } provider ? await provider.GetPolicyAsync(name).ConfigureAwait(false) : null;
        if (policy is null)
        {
            throw new InvalidOperationException(
                $"The diagnostics page at '{page.Pattern}' requires the policy '{name}', which does not exist. Add it with builder.Services.AddAuthorizationBuilder().AddPolicy(\"{name}\", …), or correct {nameof(FeatureDiagnosticsOptions)}.{option}.");
        }
    }
}
