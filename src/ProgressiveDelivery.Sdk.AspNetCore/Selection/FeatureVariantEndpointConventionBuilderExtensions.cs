using ProgressiveDelivery.Sdk.AspNetCore;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Selects between endpoints of the same route by the variant of a flag.</summary>
public static class FeatureVariantEndpointConventionBuilderExtensions
{
    /// <summary>
    /// Makes endpoints candidates for one variant of a flag: of several endpoints of the same route, the one whose variant the request was given is selected. An endpoint without
    /// a variant serves all other requests; without one they get 404. Called more than once, for several flags, all variants must be given.
    /// </summary>
    /// <remarks>
    /// The selection is part of routing. If that runs before authentication, the request is authenticated by the default scheme first. Two candidates for the same variant, route and method
    /// are ambiguous, and the request fails with the exception of ASP.NET Core.
    /// </remarks>
    /// <typeparam name="TBuilder">The type of the endpoints' builder.</typeparam>
    /// <param name="builder">The endpoint, or a group of them.</param>
    /// <param name="flag">The flag's key; case-sensitive.</param>
    /// <param name="variant">The variant's name; case-sensitive.</param>
    /// <exception cref="ArgumentException">An argument is null, empty or blank.</exception>
    public static TBuilder WithFeatureVariant<TBuilder>(this TBuilder builder, string flag, string variant)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        var metadata = new FeatureVariantAttribute(flag, variant);
        builder.Add(endpoint => endpoint.Metadata.Add(metadata));
        return builder;
    }
}
