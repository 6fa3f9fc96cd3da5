using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Backends.MicrosoftFeatureManagement;

internal static class BackendDocument
{
    public static SnapshotReadResult Read(ReadOnlyMemory<byte> document, SnapshotLimits limits, Func<JsonElement, SnapshotReadResult> read)
    {
        using var parsed = JsonDocument.Parse(document, new() { MaxDepth = limits.MaxDepth });
        return read(parsed.RootElement);
    }
}

internal static class BackendDiagnostics
{
    public static SnapshotDiagnostic NotOfTheFormat(string format, string wanted, JsonElement root) => new("PD1002", DiagnosticSeverity.Error, "$", $"no {format}: {wanted} {root.ValueKind}");
}

internal static class DiagnosticIds
{
    public const string WrongForm = "PD1101";
}
