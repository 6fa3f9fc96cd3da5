namespace ProgressiveDelivery.Sdk.Json;

/// <summary>What operators did for longer than a run, as it is kept on disk.</summary>
/// <param name="Hold">The hold; null: none.</param>
/// <param name="Held">The snapshot held, as a document in our own format; empty without a hold.</param>
/// <param name="Overrides">The overrides.</param>
internal sealed record KeptControl(SnapshotHold? Hold, ReadOnlyMemory<byte> Held, IReadOnlyList<FlagOverride> Overrides)
{
    public bool IsEmpty => Hold is null && Overrides.Count == 0;
}
