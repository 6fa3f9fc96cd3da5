using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>Our own format, within limits: from bytes to JSON, and from there to definitions.</summary>
internal sealed class NativeSnapshotFormat(SnapshotLimits limits) : ISnapshotFormat
{
    private readonly DocumentParser _parser = new(limits);

    public string Name => SnapshotJson.Schema;

    public SnapshotReadResult Read(ReadOnlyMemory<byte> document)
    {
        using var json = _parser.Parse(document, out var fault);
        return json is null ? new(null, [fault!]) : new SnapshotReader(limits).Read(json.RootElement);
    }
}
