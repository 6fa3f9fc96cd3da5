namespace ProgressiveDelivery.Sdk.Sources;

/// <summary>A source of ours that may send changes to what it sent before. It has a connection to close.</summary>
internal interface IPatchingSource : IRestartableSource, IDisposable;
