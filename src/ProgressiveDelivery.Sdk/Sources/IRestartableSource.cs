namespace ProgressiveDelivery.Sdk.Sources;

/// <summary>A source of ours that remembers what it sent, to say no more than that nothing has changed, or what has.</summary>
internal interface IRestartableSource : ISnapshotSource
{
    /// <summary>What is in force came from elsewhere: that nothing changed says nothing any more, the whole is wanted.</summary>
    void StartOver();
}
