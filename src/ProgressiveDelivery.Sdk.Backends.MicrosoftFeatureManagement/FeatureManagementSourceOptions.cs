using Microsoft.Extensions.Configuration;

namespace ProgressiveDelivery.Sdk.Backends.MicrosoftFeatureManagement;

/// <summary>Options for reading feature flags from configuration.</summary>
public sealed class FeatureManagementSourceOptions
{
    /// <summary>
    /// The configuration with <c>feature_management</c> or <c>FeatureManagement</c>, from any provider; null by default, for the application's own,
    /// from the container. It is read again after each reload.
    /// </summary>
    public IConfiguration? Configuration { get; set; }

    /// <summary>The parts of a context that stand for the user and the groups. Default: those of <see cref="FeatureManagementContextMapping"/>.</summary>
    public FeatureManagementContextMapping Context { get; set; } = new();
}
