using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>Our own format, within limits: a <see cref="DocumentReader"/> judges the bytes, a <see cref="SnapshotReader"/> reads the JSON in them.</summary>
internal sealed class NativeSnapshotFormat(SnapshotLimits limits) : ISnapshotFormat
{
    private readonly DocumentReader _reader = new(limits);

    public string Name => SnapshotJson.Schema;

    public SnapshotReadResult Read(ReadOnlyMemory<byte> document) =>
        _reader.Read(document, (ref json, text) => new SnapshotReader(limits, text).Read(ref json), out var fault) ?? new(null, [fault!]);
}
