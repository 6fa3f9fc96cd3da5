namespace ProgressiveDelivery.Sdk.Backends.MicrosoftFeatureManagement;

/// <summary>Microsoft's names of the reasons for an assignment; they name the steps of an allocation.</summary>
internal static class AssignmentReason
{
    public const string None = "None";
    public const string DefaultWhenDisabled = "DefaultWhenDisabled";
    public const string DefaultWhenEnabled = "DefaultWhenEnabled";
    public const string User = "User";
    public const string Group = "Group";
    public const string Percentile = "Percentile";
}
