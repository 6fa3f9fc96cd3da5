using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Tests.Support;

/// <summary>Reads <c>{"version": 1}</c> and nothing else of a document.</summary>
internal sealed class VersionOnlyFormat : ISnapshotFormat
{
    public string Name => "version-only/1";

    public SnapshotReadResult Read(ReadOnlyMemory<byte> document)
    {
        try
        {
            using var json = JsonDocument.Parse(document);
            return new(new() { Version = json.RootElement.GetProperty("version").GetInt64() }, []);
        }
        catch (JsonException)
        {
            return new(null, []);
        }
    }
}
