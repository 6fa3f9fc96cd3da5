namespace ProgressiveDelivery.Sdk.Sources;

/// <summary>
/// A source that may send patches (<see cref="SnapshotReading.OfPatch(ReadOnlyMemory{byte}, string?, Signing.SnapshotSignature?)"/>) and kills (<see
/// cref="SnapshotReading.OfKill(ReadOnlyMemory{byte}, string?, Signing.SnapshotSignature?)"/>). Only a client with such a source keeps kills on disk. The
/// client disposes it when it ends.
/// </summary>
public interface IPatchingSource : IRestartableSource, IDisposable;
