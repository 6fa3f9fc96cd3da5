namespace ProgressiveDelivery.Sdk.Backends.MicrosoftFeatureManagement;

/// <summary>The pattern of a recurring time window. Numbers and names are Microsoft's.</summary>
internal enum RecurrencePatternType
{
    Daily = 0,
    Weekly = 1,
}
