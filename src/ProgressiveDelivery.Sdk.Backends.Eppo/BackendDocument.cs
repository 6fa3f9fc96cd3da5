using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Backends.Eppo;

internal static class BackendDocument
{
    public static SnapshotReadResult Read(ReadOnlyMemory<byte> document, SnapshotLimits limits, Func<JsonElement, SnapshotReadResult> read)
    {
        using var parsed = JsonDocument.Parse(document, new() { MaxDepth = limits.MaxDepth });
        return read(parsed.RootElement);
    }

    public static SnapshotDiagnostic NotOfTheFormat(string format, string wanted) => new("PD1002", DiagnosticSeverity.Error, "$", $"no {format}: {wanted}");
}
