using ProgressiveDelivery.Sdk;
using ProgressiveDelivery.Sdk.AspNetCore;
using ProgressiveDelivery.Sdk.AspNetCore.Gates;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Puts endpoints behind flags: single ones, groups, controllers, pages and hubs.</summary>
/// <remarks>
/// Several gates on an endpoint, also those of its groups, must all be open. They are evaluated after authentication and authorization, and before the binding of parameters.
/// A request that passes costs no allocation unless a rule of the flag asks for an attribute that does.
/// </remarks>
public static class FeatureGateEndpointConventionBuilderExtensions
{
    /// <summary>Lets requests pass only while a flag is on for them. A flag that cannot be evaluated counts as off.</summary>
    /// <typeparam name="TBuilder">The type of the endpoints' builder.</typeparam>
    /// <param name="builder">The endpoints.</param>
    /// <param name="flag">The flag's key; case-sensitive.</param>
    /// <param name="response">The response to a refused request; null for that of <see cref="GateOptions.Response"/>, which is 404 by default.</param>
    /// <returns>The endpoints.</returns>
    /// <exception cref="ArgumentException"><paramref name="flag"/> is empty or blank.</exception>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static TBuilder RequireFeature<TBuilder>(this TBuilder builder, string flag, GateResponse? response = null)
        where TBuilder : IEndpointConventionBuilder => builder.Require(FeatureGate.Of(flag, response: response));

    /// <summary>Lets requests pass only while a flag is on for them. The flag's fallback decides if it cannot be evaluated.</summary>
    /// <inheritdoc cref="RequireFeature{TBuilder}(TBuilder, string, GateResponse)"/>
    public static TBuilder RequireFeature<TBuilder>(this TBuilder builder, FeatureFlag<bool> flag, GateResponse? response = null)
        where TBuilder : IEndpointConventionBuilder => builder.Require(new FeatureGate(flag, response: response));

    /// <summary>Lets requests pass only while a flag of any type serves them a variant. A flag that cannot be evaluated serves none.</summary>
    /// <param name="builder">The endpoints.</param>
    /// <param name="flag">The flag's key; case-sensitive.</param>
    /// <param name="variant">The variant's name; case-sensitive.</param>
    /// <param name="response">The response to a refused request; null for that of <see cref="GateOptions.Response"/>, which is 404 by default.</param>
    /// <exception cref="ArgumentException"><paramref name="flag"/> or <paramref name="variant"/> is empty or blank.</exception>
    /// <inheritdoc cref="RequireFeature{TBuilder}(TBuilder, string, GateResponse)"/>
    public static TBuilder RequireFeature<TBuilder>(this TBuilder builder, string flag, string variant, GateResponse? response = null)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(variant);
        return builder.Require(FeatureGate.Of(flag, variant, response: response));
    }

    /// <summary>Lets requests pass only while a flag is off for them. A flag that cannot be evaluated counts as off, and the requests pass.</summary>
    /// <inheritdoc cref="RequireFeature{TBuilder}(TBuilder, string, GateResponse)"/>
    public static TBuilder RequireFeatureOff<TBuilder>(this TBuilder builder, string flag, GateResponse? response = null)
        where TBuilder : IEndpointConventionBuilder => builder.Require(FeatureGate.Of(flag, isNegated: true, response: response));

    /// <summary>Lets requests pass only while a flag is off for them. The flag's fallback decides if it cannot be evaluated: with <c>true</c> they are refused.</summary>
    /// <inheritdoc cref="RequireFeature{TBuilder}(TBuilder, string, GateResponse)"/>
    public static TBuilder RequireFeatureOff<TBuilder>(this TBuilder builder, FeatureFlag<bool> flag, GateResponse? response = null)
        where TBuilder : IEndpointConventionBuilder => builder.Require(new FeatureGate(flag, isNegated: true, response: response));

    // The code is wrapped last, when the endpoint has its final one.
    private static TBuilder Require<TBuilder>(this TBuilder builder, FeatureGate gate)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Add(endpoint => endpoint.Metadata.Add(gate));
        builder.Finally(endpoint =>
        {
            if (endpoint.RequestDelegate is { } next)
                endpoint.RequestDelegate = new GatedDelegate(next, [gate], [gate]).InvokeAsync;
        });
        return builder;
    }
}
