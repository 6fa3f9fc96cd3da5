namespace ProgressiveDelivery.Sdk.Compilation;

/// <summary>Offends: it counts.</summary>
internal sealed class CompilationOffender
{
    public static int Counted(params Telemetry.RefreshResult[] results) => results.Length;
}
