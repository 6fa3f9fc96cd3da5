namespace ProgressiveDelivery.Sdk.Sources;

/// <summary>A source that states its kind.</summary>
internal interface IDescribedSource : ISnapshotSource
{
    /// <summary>The kind of source in words, for people: <c>event stream</c>, <c>polled every 30 s</c>.</summary>
    string Kind { get; }
}
