namespace ProgressiveDelivery.Sdk.Canary;

/// <summary>The order of the two reads in the stages <c>shadow</c> and <c>live</c>.</summary>
public enum MigrationReadOrder : byte
{
    /// <summary>Both sides at once: the values to compare are of about the same moment.</summary>
    Parallel,

    /// <summary>The authoritative side first; the other side is read after it succeeded, in the background.</summary>
    Serial,

    /// <summary>
    /// One side after the other, in an order drawn for each read, so that neither side always profits from what the other one warmed up. Where the other side
    /// comes first, the caller waits for it, for <c>OtherTimeout</c> at most.
    /// </summary>
    Random,
}
