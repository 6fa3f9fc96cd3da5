using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Backends.Eppo;

/// <summary>
/// Reads Universal Flag Configuration (UFC), the format of Eppo and of Datadog's feature flags, in the clear or obfuscated
/// (<c>"format": "CLIENT"</c>): flags are asked by their own keys all the same. Safe to use from any thread.
/// </summary>
/// <remarks>
/// An allocation is a rule, by the id of its key. A flag that cannot be read (an unknown operator, a malformed expression or structure) is
/// quarantined alone. A subject without a key ends a flag that must place it with <see cref="EvaluationReason.TargetingKeyMissing"/>.
/// </remarks>
public sealed class EppoFormat : ISnapshotFormat
{
    private const string Document = "a Universal Flag Configuration of Eppo or Datadog";

    private readonly EppoContextMapping _mapping;
    private readonly SnapshotLimits _limits;

    /// <summary>Makes a reader.</summary>
    /// <param name="mapping">What stands for the subject; null: the defaults.</param>
    /// <param name="limits">How large a document may be; null: the defaults.</param>
    public EppoFormat(EppoContextMapping? mapping = null, SnapshotLimits? limits = null) =>
        (_mapping, _limits) = (mapping ?? new(), limits ?? new());

    /// <inheritdoc/>
    public string Name => "ufc/1";

    /// <inheritdoc/>
    public SnapshotReadResult Read(ReadOnlyMemory<byte> document) => BackendDocument.Read(document, _limits, Read);

    private SnapshotReadResult Read(JsonElement root)
    {
        if (Json.Find(root, "flags") is not { ValueKind: JsonValueKind.Object } flags)
            return BackendDocument.Refuse(root, Document, "no object 'flags'");
        if (flags.EnumerateObject().FirstOrDefault() is { Value.ValueKind: JsonValueKind.Object } first && !first.Value.TryGetProperty("allocations", out _) && !first.Value.TryGetProperty("variationType", out _))
            return BackendDocument.Refuse(root, Document, "flags without 'allocations'");

        ITextCode code = Json.Text(root, "format") == "CLIENT" ? new ObfuscatedText() : new ClearText();
        FlagDefinition[] definitions = [.. flags.EnumerateObject().Select(flag => new FlagReader(_mapping, code, flag.Name, flag.Value).Read())];
        return new(
            new() { Version = 0, PublishedAt = PublishedAt(root), Flags = definitions, KeyHash = code.KeyHash },
            [.. definitions.Select(flag => flag.Defect).OfType<SnapshotDiagnostic>()]);
    }

    private static DateTimeOffset? PublishedAt(JsonElement root) =>
        Json.Find(root, "createdAt") is { ValueKind: JsonValueKind.String } text && text.TryGetDateTimeOffset(out var at) ? at : null;
}
