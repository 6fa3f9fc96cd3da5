using System.Buffers;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;
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
        Promise.Holds(definition is null == diagnostics.Any(one => one.Severity == DiagnosticSeverity.Fatal));
        Promise.Holds(definition is null || definition.Version > 0);
        return definition;
    }

    /// <summary>Reads as a file, which takes whatever comes over a network too; and as an author would, who is told more and never less.</summary>
    public static void ReadOtherwise(ReadOnlyMemory<byte> text, SnapshotLimits limits)
    {
        var plain = SnapshotJson.Read(text, limits);
        foreach (var modes in new[] { SnapshotReadModes.File, SnapshotReadModes.Strict, SnapshotReadModes.File | SnapshotReadModes.Strict })
        {
            var (definition, diagnostics) = SnapshotJson.Read(text, modes, limits);
            Promise.Tells(diagnostics);
            Promise.Holds(definition is null == diagnostics.Any(one => one.Severity == DiagnosticSeverity.Fatal));
            Promise.Holds(plain.Definition is null || definition is not null || modes != SnapshotReadModes.File);
            Promise.Holds(plain.Definition is null || diagnostics.Count >= plain.Diagnostics.Count);
        }
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
