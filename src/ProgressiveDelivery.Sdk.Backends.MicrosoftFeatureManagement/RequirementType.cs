namespace ProgressiveDelivery.Sdk.Backends.MicrosoftFeatureManagement;

/// <summary>The number of a flag's filters that must hold. Numbers and names are Microsoft's.</summary>
internal enum RequirementType
{
    Any = 0,
    All = 1,
}
