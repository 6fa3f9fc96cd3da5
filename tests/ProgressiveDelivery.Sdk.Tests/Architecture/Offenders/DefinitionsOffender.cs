namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>Offends: it takes what an evaluation is told.</summary>
internal sealed class DefinitionsOffender
{
    public static void Taken(List<Evaluation.Decision> decisions) => decisions.Clear();
}
