using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Soak.Backend;

/// <summary>Publishes versions, kills, and what no client should take. Used from one loop; read from any connection.</summary>
internal sealed class Publisher
{
    private const int Remembered = 50;

    private readonly int _flags;
    private readonly TimeProvider _clock;
    private readonly Lock _lock = new();
    private readonly Queue<StreamNode> _recent = new();
    private StreamNode _last = new(0, default);
    private long _version;

    public Publisher(int flags, TimeProvider clock)
    {
        (_flags, _clock) = (flags, clock);
        PublishWhole();
    }

    public long Version => Volatile.Read(ref _version);

    /// <summary>The whole of the version in force.</summary>
    public byte[] Document() => Written(SoakFlags.Whole(Version, _flags, _clock.GetUtcNow()));

    /// <summary>Where a connection begins: behind an event that is remembered, else with the whole.</summary>
    public StreamNode From(long? lastEventId)
    {
        lock (_lock)
        {
            return _recent.FirstOrDefault(node => node.Id == lastEventId) is { } known
                ? new(known.Id, default, known)
                : new(_last.Id, Event("snapshot", _last.Id, Document()), _last);
        }
    }

    public void PublishPatch()
    {
        var next = Version + 1;
        var changed = JsonNode.Parse(Written(SoakFlags.Changes(next, _flags, _clock.GetUtcNow())))!.AsObject();
        changed.Remove("flags", out var flags);
        changed.Remove("schema");
        changed["baseVersion"] = Version;
        changed["set"] = new JsonObject { ["flags"] = flags };
        Publish("patch", Encoding.UTF8.GetBytes(changed.ToJsonString()), next);
    }

    public void PublishWhole()
    {
        var next = Version + 1;
        Publish("snapshot", Written(SoakFlags.Whole(next, _flags, _clock.GetUtcNow())), next);
    }

    public void Kill() => Publish("kill", Encoding.UTF8.GetBytes($$"""{"version":{{Version}},"flag":"{{SoakFlags.Killable}}","variant":"off"}"""));

    public void Heartbeat() => Publish("heartbeat", "{}"u8.ToArray());

    /// <summary>Sends something that is to be refused.</summary>
    public void Poison(int kind) => Publish(kind % 2 == 0 ? "snapshot" : "patch", Poisons(kind));

    /// <summary>A document, or a patch, that is wrong in one way or another.</summary>
    public byte[] Poisons(int kind) => (kind % 6) switch
    {
        0 => Document()[..^100],
        1 => """{"baseVersion":1,"version":2}"""u8.ToArray(),
        2 => Written(SoakFlags.Whole(Version + 1_000_000, _flags, _clock.GetUtcNow()) with { Assertions = [new() { Flag = "rollout", Context = EvaluationContext.Empty, Variant = "on" }] }),
        3 => """{"baseVersion":"x","set":[]}"""u8.ToArray(),
        4 => "<html><body>Sign in to the network</body></html>"u8.ToArray(),
        _ => """{"baseVersion":5,"version":4,"remove":{"flags":["left"]}}"""u8.ToArray(),
    };

    private void Publish(string type, byte[] data, long? version = null)
    {
        lock (_lock)
        {
            if (version is { } next)
                Volatile.Write(ref _version, next);
            _last = _last.Append(new(_last.Id + 1, Event(type, _last.Id + 1, data)));
            _recent.Enqueue(_last);
            if (_recent.Count > Remembered)
                _recent.Dequeue();
        }
    }

    private static byte[] Written(SnapshotDefinition definition)
    {
        var text = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(text);
        SnapshotJson.Write(definition, writer);
        writer.Flush();
        return text.WrittenSpan.ToArray();
    }

    private static byte[] Event(string type, long id, byte[] data) =>
        [.. Encoding.UTF8.GetBytes($"event: {type}\nid: {id}\ndata: "), .. data, .. "\n\n"u8];
}
