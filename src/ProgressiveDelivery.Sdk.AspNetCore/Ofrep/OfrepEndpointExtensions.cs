using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.AspNetCore;
using ProgressiveDelivery.Sdk.AspNetCore.Ofrep;
using ProgressiveDelivery.Sdk.AspNetCore.Requests;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the OpenFeature Remote Evaluation Protocol.</summary>
public static class OfrepEndpointExtensions
{
    /// <summary>
    /// Maps the endpoints of OFREP 0.3, for OpenFeature's providers: <c>POST {prefix}/ofrep/v1/evaluate/flags/{key}</c> answers one flag, <c>POST {prefix}/ofrep/v1/evaluate/flags</c>
    /// all of them, and <c>GET {prefix}/ofrep/v1/events</c> is the stream of change events. Only client-visible flags exist for callers. Rules never leave the server.
    /// </summary>
    /// <remarks>
    /// Access is a matter of the application's own policies: add <c>RequireAuthorization</c>, <c>RequireRateLimiting</c> and <c>RequireCors</c>. An answer about one flag counts as an
    /// evaluation, with its exposure; an answer about all flags is a listing, and counts nothing. Requests have no outcome.
    /// </remarks>
    /// <param name="endpoints">The endpoints.</param>
    /// <param name="prefix">The prefix of all paths; none by default. A provider's base address ends with it.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>All endpoints, for conventions.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="endpoints"/> or <paramref name="prefix"/> is null.</exception>
    /// <exception cref="InvalidOperationException">There is no such client, or no request context of it though <see cref="OfrepOptions.UseRequestContext"/> is set.</exception>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">An option is out of range.</exception>
    public static IEndpointConventionBuilder MapOfrep(this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string prefix = "", Action<OfrepOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(prefix);
        var options = new OfrepOptions();
        configure?.Invoke(options);
        OfrepOptionsValidator.Validate(options);

        var services = endpoints.ServiceProvider;
        var clock = Clock.Of(services);
        var stopping = services.GetService<IHostApplicationLifetime>()?.ApplicationStopping ?? CancellationToken.None;
        var changes = new FlagChanges(clock);
        stopping.Register(changes.Dispose);
        var stream = options.MaxSubscribers > 0 ? new OfrepEventStream(changes, options.MaxSubscribers, clock, stopping) : null;
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("ProgressiveDelivery.Sdk.AspNetCore");
        return Map(endpoints.MapGroup(prefix), new(new(services, options), options, changes, stream, logger), options);
    }

    private static RouteGroupBuilder Map(RouteGroupBuilder group, OfrepEndpoints ofrep, OfrepOptions options)
    {
        group.MapPost(FlagKey.Prefix, ofrep.AnswerAllAsync).WithDisplayName("OFREP: all flags");
        group.MapPost($"{FlagKey.Prefix}/{{**{FlagKey.RouteValue}}}", ofrep.AnswerOneAsync).WithDisplayName("OFREP: one flag");
        if (options.MaxSubscribers > 0)
        {
            var events = group.MapGet(OfrepEndpoints.EventsPath, ofrep.SendEventsAsync).WithDisplayName("OFREP: events").WithMetadata(new DisableRequestTimeoutAttribute());
            if (options.AllowAnonymousEvents)
                events.AllowAnonymous();
        }

        return group.WithoutFeatureOutcome().ExcludeFromDescription();
    }
}
