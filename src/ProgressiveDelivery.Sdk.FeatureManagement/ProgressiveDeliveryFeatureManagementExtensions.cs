using Microsoft.FeatureManagement;
using ProgressiveDelivery.Sdk.DependencyInjection;
using ProgressiveDelivery.Sdk.FeatureManagement;
using ProgressiveDelivery.Sdk.FeatureManagement.Managers;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Serves the feature managers of Microsoft.FeatureManagement from a client.</summary>
public static class ProgressiveDeliveryFeatureManagementExtensions
{
    /// <summary>Serves the feature managers of Microsoft.FeatureManagement from this client.</summary>
    /// <inheritdoc cref="ServeFeatureManagement(ProgressiveDeliveryBuilder, Action{FeatureManagerOptions})"/>
    public static ProgressiveDeliveryBuilder ServeFeatureManagement(this ProgressiveDeliveryBuilder builder) => builder.ServeFeatureManagement(static _ => { });

    /// <summary>
    /// Serves <see cref="IFeatureManager"/>, <see cref="IVariantFeatureManager"/>, <see cref="IFeatureManagerSnapshot"/> and <see cref="IVariantFeatureManagerSnapshot"/> of
    /// Microsoft.FeatureManagement from this client: what uses them, such as <c>[FeatureGate]</c>, gets its answers from the client's source.
    /// </summary>
    /// <remarks>
    /// <para>The registrations of <c>AddFeatureManagement</c> are replaced, or kept from being made: it may come before this call or after it. Managers are scoped if
    /// <c>AddScopedFeatureManagement</c> was called before, and else transient: singletons can inject them. Snapshots are scoped. A second call only adds options.</para>
    /// <para>A snapshot answers from one frozen ruleset for its whole scope. In a scope of <c>BindScopes</c>, such as a request of the ASP.NET Core package, the managers answer
    /// from the scope's ruleset and for its context, too.</para>
    /// </remarks>
    /// <param name="builder">The client's builder.</param>
    /// <param name="configure">Sets the options.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="InvalidOperationException">Another client serves the managers already.</exception>
    public static ProgressiveDeliveryBuilder ServeFeatureManagement(this ProgressiveDeliveryBuilder builder, Action<FeatureManagerOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        builder.Services.Configure(configure);
        ManagerRegistration.Add(builder.Services, builder.Name);
        return builder;
    }
}
