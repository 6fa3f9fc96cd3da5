namespace ProgressiveDelivery.Sdk.Experiments;

/// <summary>Offends: it keeps.</summary>
internal sealed class ExperimentsOffender
{
    public Fallback.Generation? Kept { get; set; }
}
