namespace ProgressiveDelivery.Sdk.Json;

/// <summary>Offends: it compiles.</summary>
internal sealed class JsonOffender
{
    public static object? Made(object rules) => rules as Compilation.CompilationResult;
}
