using System.Text.Json;
using Json.Schema;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Json;

/// <summary>The schema that ships with the package, as an editor would use it.</summary>
internal static class SnapshotSchema
{
    private static readonly string Text = File.ReadAllText(Repository.PathOf("schema", "snapshot.v1.schema.json"));

    private static readonly JsonSchema Schema = JsonSchema.FromText(Text);

    public static JsonElement Root { get; } = JsonDocument.Parse(Text).RootElement;

    public static bool Accepts(ReadOnlyMemory<byte> document)
    {
        using var parsed = JsonDocument.Parse(document);
        return Schema.Evaluate(parsed.RootElement).IsValid;
    }
}
