using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Backends.Eppo;

/// <summary>
/// Reads Universal Flag Configuration (UFC), the format of Eppo and of Datadog's feature flags, in the clear or obfuscated
/// (<c>"format": "CLIENT"</c>). In both, flags are evaluated by their own keys. Safe to use from any thread.
/// </summary>
/// <remarks>
/// An allocation is a rule, whose id is the allocation's key. A flag that cannot be read (an unknown operator, a malformed expression or structure)
/// is quarantined alone. A flag that must place a subject without a key ends with <see cref="EvaluationReason.TargetingKeyMissing"/>.
/// </remarks>
public sealed class EppoFormat : ISnapshotFormat
{
    private const string Document = "a Universal Flag Configuration of Eppo or Datadog";

    private static readonly string[] Signs = ["allocations", "variationType", "totalShards"];
    private static readonly string[] Neutral = ["key", "enabled", "variations"];

    private readonly EppoContextMapping _mapping;
    private readonly SnapshotLimits _limits;

    /// <summary>Creates a reader.</summary>
    /// <param name="mapping">The part of a context that stands for the subject; null for the defaults.</param>
    /// <param name="limits">The limits on the size of a document; null for the defaults.</param>
    public EppoFormat(EppoContextMapping? mapping = null, SnapshotLimits? limits = null) =>
        (_mapping, _limits) = (mapping ?? new(), limits ?? new());

    /// <inheritdoc/>
    public string Name => "ufc/1";

    /// <inheritdoc/>
    public SnapshotReadResult Read(ReadOnlyMemory<byte> document) => BackendDocument.Read(document, _limits, Read);

    private SnapshotReadResult Read(JsonElement root)
    {
        if (BackendJson.Find(root, "flags") is not { ValueKind: JsonValueKind.Object } all)
            return BackendDocument.Refuse(root, Document, "no object 'flags'");
        if (!Counts(all))
            return BackendDocument.Refuse(root, Document, "flags without 'allocations'");

        var diagnostics = new List<SnapshotDiagnostic>();
        ITextCode code = BackendJson.Find(root, "format") is { } format && BackendJson.TryReadText(format, out var name) && name == "CLIENT" ? new ObfuscatedText() : new ClearText();
        FlagDefinition[] flags = [.. BackendJson.Members(all, "flags", diagnostics).Select(flag =>
            BackendDocument.ReadFlag("flags", flag.Key, () => new FlagReader(_mapping, code, flag.Key, flag.Value).Read()))];
        return new(
            new() { Version = 0, PublishedAt = PublishedAt(root), Flags = flags, KeyHash = code.KeyHash },
            [.. diagnostics, .. flags.Select(flag => flag.Defect).OfType<SnapshotDiagnostic>()]);
    }

    // One flag of the format is enough, and so are flags without evidence against it: others may be disabled or malformed.
    private static bool Counts(JsonElement flags)
    {
        var hasOthers = false;
        foreach (var flag in flags.EnumerateObject())
        {
            if (Array.Exists(Signs, sign => BackendJson.Find(flag.Value, sign) is not null))
                return true;
            hasOthers |= flag.Value.ValueKind != JsonValueKind.Object || BackendJson.Entries(flag.Value).Any(member => !Neutral.Contains(member.Key));
        }

        return !hasOthers;
    }

    private static DateTimeOffset? PublishedAt(JsonElement root) =>
        BackendJson.Find(root, "createdAt") is { } created && BackendJson.TryReadText(created, out _) && created.TryGetDateTimeOffset(out var at) ? at : null;
}
