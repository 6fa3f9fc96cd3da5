namespace ProgressiveDelivery.Sdk.Sources;

/// <summary>A source of ours that may send changes to what it sent before. It has a connection to close.</summary>
internal interface IPatchingSource : ISnapshotSource, IDisposable
{
    /// <summary>What is in force came from elsewhere: changes to what was sent before do not fit any more, the whole is wanted.</summary>
    void StartOver();
}
