namespace ProgressiveDelivery.Sdk.Backends.MicrosoftFeatureManagement;

/// <summary>A variant's override of the state of its flag. Numbers and names are Microsoft's.</summary>
internal enum StatusOverride
{
    None = 0,
    Enabled = 1,
    Disabled = 2,
}
