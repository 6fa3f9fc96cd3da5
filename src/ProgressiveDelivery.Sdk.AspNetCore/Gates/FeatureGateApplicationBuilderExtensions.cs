using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk;
using ProgressiveDelivery.Sdk.AspNetCore.Gates;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Adds middleware for the requests for which a flag is on.</summary>
public static class FeatureGateApplicationBuilderExtensions
{
    /// <summary>
    /// Runs a branch of the pipeline for requests for which a flag is on, and then the rest, as <c>UseWhen</c> does; other requests skip the branch. A flag that cannot be evaluated
    /// counts as off. Call it after <c>UseAuthentication</c>, if the application calls that: otherwise the application does not start.
    /// </summary>
    /// <param name="app">The application.</param>
    /// <param name="flag">The flag's key; case-sensitive.</param>
    /// <param name="configuration">Adds the middleware of the branch.</param>
    /// <exception cref="ArgumentException"><paramref name="flag"/> is empty or blank.</exception>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="InvalidOperationException">The application does not serve requests: <c>AddAspNetCore</c> is missing.</exception>
    public static IApplicationBuilder UseWhenFeature(this IApplicationBuilder app, string flag, Action<IApplicationBuilder> configuration) =>
        app.UseWhenFeature(FeatureGate.Of(flag), configuration);

    /// <summary>Runs a branch of the pipeline for requests for which a flag is on. The flag's fallback decides if it cannot be evaluated.</summary>
    /// <inheritdoc cref="UseWhenFeature(IApplicationBuilder, string, Action{IApplicationBuilder})"/>
    public static IApplicationBuilder UseWhenFeature(this IApplicationBuilder app, FeatureFlag<bool> flag, Action<IApplicationBuilder> configuration) =>
        app.UseWhenFeature(new FeatureGate(flag), configuration);

    /// <summary>Runs a branch of the pipeline for requests for which a flag serves a variant.</summary>
    /// <param name="app">The application.</param>
    /// <param name="flag">The flag's key; case-sensitive.</param>
    /// <param name="variant">The variant's name; case-sensitive.</param>
    /// <param name="configuration">Adds the middleware of the branch.</param>
    /// <inheritdoc cref="UseWhenFeature(IApplicationBuilder, string, Action{IApplicationBuilder})"/>
    public static IApplicationBuilder UseWhenFeature(this IApplicationBuilder app, string flag, string variant, Action<IApplicationBuilder> configuration)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(variant);
        return app.UseWhenFeature(FeatureGate.Of(flag, variant), configuration);
    }

    private static IApplicationBuilder UseWhenFeature(this IApplicationBuilder app, FeatureGate gate, Action<IApplicationBuilder> configuration)
    {
        ArgumentNullException.ThrowIfNull(app);
        ArgumentNullException.ThrowIfNull(configuration);
        var order = app.ApplicationServices.GetService<AuthenticationOrder>() ?? throw GateServices.Missing($"{nameof(UseWhenFeature)} of flag '{gate.Flag}'");
        order.Note(gate, app);
        var branch = app.New();
        configuration(branch);
        return app.Use(next =>
        {
            branch.Run(next);
            return new FeatureBranch(gate, branch.Build(), next).InvokeAsync;
        });
    }
}
