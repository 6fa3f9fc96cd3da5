using ProgressiveDelivery.Sdk.Sources.Signing;

namespace ProgressiveDelivery.Sdk.Fallback;

/// <summary>Where something is kept over a restart. Writing never throws for what a disk does.</summary>
internal interface IFallbackPlace
{
    /// <summary>The place, for people.</summary>
    string Path { get; }

    /// <summary>Keeps these texts, and what comes to a version by them; what was kept before stays whole if that fails.</summary>
    ValueTask<FallbackWriting> WriteAsync(long version, IReadOnlyList<SignedText> texts, CancellationToken cancellationToken);
}
