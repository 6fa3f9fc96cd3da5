using Microsoft.Extensions.Configuration;

namespace ProgressiveDelivery.Sdk.Backends.MicrosoftFeatureManagement;

/// <summary>Where feature flags are read from configuration.</summary>
public sealed class FeatureManagementSourceOptions
{
    /// <summary>
    /// The configuration that has <c>feature_management</c> or <c>FeatureManagement</c>, whatever its providers are; null by default: the application's own,
    /// from the container. It is read again when it is reloaded.
    /// </summary>
    public IConfiguration? Configuration { get; set; }

    /// <summary>What stands for the user and the groups. By default what <see cref="FeatureManagementContextMapping"/> says.</summary>
    public FeatureManagementContextMapping Context { get; set; } = new();
}
