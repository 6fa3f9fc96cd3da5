namespace ProgressiveDelivery.Sdk.Fallback;

/// <summary>Where something is kept over a restart. Writing never throws for what a disk does.</summary>
internal interface IFallbackPlace
{
    /// <summary>The place, for people.</summary>
    string Path { get; }

    /// <summary>Keeps these texts, which come to a version; what was kept before stays whole if that fails.</summary>
    ValueTask<FallbackWriting> WriteAsync(StoredSnapshot stored, CancellationToken cancellationToken);
}
