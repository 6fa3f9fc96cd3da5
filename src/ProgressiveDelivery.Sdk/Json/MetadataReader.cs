using System.Collections.ObjectModel;
using System.Text.Json;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>Reads a flag's metadata into values that outlive the document.</summary>
internal static class MetadataReader
{
    public static IReadOnlyDictionary<string, JsonElement> Read(ref Utf8JsonReader json, ReadState state)
    {
        if (!state.TryEnterObject(ref json, "metadata", "an object"))
            return ReadOnlyDictionary<string, JsonElement>.Empty;

        state.Enter("metadata");
        var names = json;
        var values = JsonElement.ParseValue(ref json);
        var metadata = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        var index = state.BeginNames();
        foreach (var value in values.EnumerateObject())
        {
            names.Read();
            if (state.TryReadName(ref names, index, out var name, out _))
                metadata[name] = value.Value;
            names.Read();
            names.Skip();
        }

        state.Leave();
        return metadata;
    }
}
