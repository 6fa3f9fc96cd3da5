using System.Buffers;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Fuzz.Targets;

/// <summary>Definitions as text and back.</summary>
internal static class Texts
{
    public static byte[] Write(SnapshotDefinition definition)
    {
        var text = new ArrayBufferWriter<byte>();
        SnapshotJson.Write(definition, text);
        return text.WrittenSpan.ToArray();
    }

    /// <summary>Reads; whatever comes out, it is said why.</summary>
    public static SnapshotDefinition? Read(ReadOnlyMemory<byte> text, SnapshotLimits limits)
    {
        var (definition, diagnostics) = SnapshotJson.Read(text, limits);
        Promise.Tells(diagnostics);
        Promise.Holds(definition is null == diagnostics.Any(one => one.Severity == DiagnosticSeverity.Refused));
        Promise.Holds(definition is null || definition.Version > 0);
        return definition;
    }

    /// <summary>Writes what has no defect and reads it back: the same, and sound, and written the same again.</summary>
    public static SnapshotDefinition ThereAndBack(SnapshotDefinition definition)
    {
        var text = Write(definition);
        // Written text is longer than what it was read from, and may be deeper indented, but not deeper.
        var (second, diagnostics) = SnapshotJson.Read(text, Unlimited);
        Promise.Holds(second is not null);
        Promise.Holds(diagnostics.All(one => one.Severity == DiagnosticSeverity.Warning), string.Join('\n', diagnostics));
        Promise.Holds(Write(second!).AsSpan().SequenceEqual(text), "what is read back is written as it was");
        return second!;
    }

    /// <summary>Whether all of it can be written: what has a defect is left out, and others may be malformed through it.</summary>
    public static bool IsWhole(SnapshotDefinition definition) =>
        definition.Flags.All(flag => flag.Defect is null)
        && definition.Segments.All(segment => segment.Defect is null)
        && definition.Layers.All(layer => layer.Defect is null)
        && definition.Holdouts.All(holdout => holdout.Defect is null);

    private static SnapshotLimits Unlimited { get; } = new()
    {
        MaxDepth = FuzzLimits.Snapshot.MaxDepth + 8,
        MaxRulesPerFlag = FuzzLimits.Snapshot.MaxRulesPerFlag,
        MaxSegmentMembers = FuzzLimits.Snapshot.MaxSegmentMembers,
    };
}
