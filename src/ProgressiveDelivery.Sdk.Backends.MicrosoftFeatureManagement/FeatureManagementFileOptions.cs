using ProgressiveDelivery.Sdk.Sources.Files;

namespace ProgressiveDelivery.Sdk.Backends.MicrosoftFeatureManagement;

/// <summary>Options for reading and watching a file with feature flags.</summary>
public sealed class FeatureManagementFileOptions : FileSourceOptions
{
    /// <summary>The parts of a context that stand for the user and the groups. Default: those of <see cref="FeatureManagementContextMapping"/>.</summary>
    public FeatureManagementContextMapping Context { get; set; } = new();
}
