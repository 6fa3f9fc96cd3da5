namespace ProgressiveDelivery.Sdk.Backends.MicrosoftFeatureManagement;

/// <summary>The end of the recurrence of a time window. Numbers and names are Microsoft's.</summary>
internal enum RecurrenceRangeType
{
    NoEnd = 0,
    EndDate = 1,
    Numbered = 2,
}
