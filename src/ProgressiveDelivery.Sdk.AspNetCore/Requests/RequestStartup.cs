using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ProgressiveDelivery.Sdk.AspNetCore.Requests;

/// <summary>Puts the middleware of each client before all others.</summary>
/// <param name="services">The application's services.</param>
/// <param name="clients">The clients that serve requests.</param>
internal sealed class RequestStartup(IServiceProvider services, IEnumerable<RequestClient> clients) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        foreach (var client in clients.Where(CanServe))
            Use(app, client);
        next(app);
    };

    // A fake or a decorator in the client's place is asked with the request's context too. The client that a fake stands for may have no options to be made from.
    private bool CanServe(RequestClient client)
    {
        using var scope = services.CreateScope();
        if (client.Of(scope.ServiceProvider).GetType().Assembly == typeof(IFeatureClient).Assembly)
            return true;
        try
        {
            return client.BindingOf(scope.ServiceProvider) is not null;
        }
        catch (OptionsValidationException)
        {
            return false;
        }
    }

    private void Use(IApplicationBuilder app, RequestClient client)
    {
        var options = services.GetRequiredService<IOptionsMonitor<RequestOptions>>().Get(client.OptionsName);
        var clock = Clock.Of(services);
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("ProgressiveDelivery.Sdk.AspNetCore");
        var faults = new RequestFaults(logger, client.Label, options);
        var cookie = options.AnonymousId is { } anonymous ? new AnonymousIdCookie(anonymous, ProtectionFor(client), clock, faults) : null;
        var source = new RequestContextSource(options, cookie, faults);
        app.Use(next => new RequestMiddleware(next, client, source, options.ReportOutcomes, clock).InvokeAsync);
    }

    private IDataProtectionProvider ProtectionFor(RequestClient client) => services.GetService<IDataProtectionProvider>()
        ?? throw new InvalidOperationException($"Client '{client.Label}': RequestOptions.AnonymousId is set, and the application has no data protection for the cookie. Call services.AddDataProtection(), and keep its keys where all instances find them.");
}
