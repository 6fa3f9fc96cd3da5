namespace ProgressiveDelivery.Sdk.Sources;

/// <summary>Offends: it asks for sticky assignments.</summary>
internal sealed class SourcesOffender
{
    public static bool IsOne(object store) => store is Experiments.AssignmentMemory;
}
