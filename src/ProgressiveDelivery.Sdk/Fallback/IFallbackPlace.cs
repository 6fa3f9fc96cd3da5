namespace ProgressiveDelivery.Sdk.Fallback;

/// <summary>A place that keeps texts over a restart. Writing never throws for faults of a disk.</summary>
internal interface IFallbackPlace
{
    /// <summary>The place, for people.</summary>
    string Path { get; }

    /// <summary>Keeps these texts, which make up a version; if that fails, the texts kept before stay whole.</summary>
    ValueTask<FallbackWriting> WriteAsync(StoredSnapshot stored, CancellationToken cancellationToken);
}
