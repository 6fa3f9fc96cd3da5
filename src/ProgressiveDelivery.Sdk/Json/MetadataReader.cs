using System.Text.Json;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>Reads a flag's metadata, which outlives the document.</summary>
internal static class MetadataReader
{
    private static readonly Dictionary<string, JsonElement> None = [];

    public static IReadOnlyDictionary<string, JsonElement> Read(ReadState state, JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Undefined)
            return None;
        if (element.ValueKind != JsonValueKind.Object)
        {
            state.ReportForm("metadata", "an object", element);
            return None;
        }

        state.Enter("metadata");
        var entries = state.NamedMembersOf(element.Clone());
        var metadata = new Dictionary<string, JsonElement>(entries.Count, StringComparer.Ordinal);
        foreach (var (name, value) in entries)
            metadata.Add(name, value);
        state.Leave();
        return metadata;
    }
}
