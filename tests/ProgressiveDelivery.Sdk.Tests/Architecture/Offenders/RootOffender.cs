namespace ProgressiveDelivery.Sdk;

/// <summary>Offends: it asks for an evaluation.</summary>
internal sealed class RootOffender
{
    public static object Asked(object flag) => ((Evaluation.CompiledFlag)flag).Key;
}
