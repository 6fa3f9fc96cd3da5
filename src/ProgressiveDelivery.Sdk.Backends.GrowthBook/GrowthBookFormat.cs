using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Backends.GrowthBook;

/// <summary>Reads GrowthBook's payloads, in the clear or encrypted. Safe to use from any thread.</summary>
/// <remarks>
/// A feature has the type of its values: boolean, text or number if all have it, else JSON. It is on if its value counts as true in ECMAScript; a boolean evaluation always returns that.
/// Variants of experiments are named by their keys. An experiment outside of features is a flag with the experiment's key. A unit that does not take part gets its
/// first variation. An experiment with URL patterns runs if the context has an address; <see cref="GrowthBookRedirect"/> is the address that it redirects to.
/// </remarks>
public sealed class GrowthBookFormat : ISnapshotFormat
{
    private const string Document = "a GrowthBook payload";
    private const int Success = 200;

    // The members of a payload, without 'status', which other documents also have.
    private static readonly string[] Members = ["experiments", "savedGroups", "contextualBandits", "dateUpdated"];

    private readonly GrowthBookContextMapping _mapping;
    private readonly string? _decryptionKey;
    private readonly SnapshotLimits _limits;

    /// <summary>Creates a reader.</summary>
    /// <param name="mapping">The part of a context that stands for GrowthBook's attributes; null for the defaults.</param>
    /// <param name="decryptionKey">The key of encrypted payloads, in Base64; null if payloads are not encrypted.</param>
    /// <param name="limits">The limits on the size of a document; null for the defaults.</param>
    public GrowthBookFormat(GrowthBookContextMapping? mapping = null, string? decryptionKey = null, SnapshotLimits? limits = null) =>
        (_mapping, _decryptionKey, _limits) = (mapping ?? new(), decryptionKey, limits ?? new());

    /// <summary>
    /// Indicates whether units keep their variations, and whether a rule's <c>fallbackAttribute</c> counts for units without its hash attribute. Default: false, as in
    /// GrowthBook's own libraries without a sticky bucket service. Assignments are kept in the client's store, under GrowthBook's own keys.
    /// </summary>
    public bool StickyBucketing { get; init; }

    /// <inheritdoc/>
    public string Name => "growthbook/1";

    /// <inheritdoc/>
    public SnapshotReadResult Read(ReadOnlyMemory<byte> document) => BackendDocument.Read(document, _limits, Read);

    private SnapshotReadResult Read(JsonElement root)
    {
        if (IsText(root, "encryptedFeatures") && _decryptionKey is null)
            return Unreadable("The payload is encrypted, and there is no key. Give the decryption key of the SDK connection.");
        using var features = Part(root, "features", "encryptedFeatures");
        using var groups = Part(root, "savedGroups", "encryptedSavedGroups");
        using var experiments = Part(root, "experiments", "encryptedExperiments");
        using var bandits = Part(root, "contextualBandits", "encryptedContextualBandits");
        if (features.IsUnreadable || experiments.IsUnreadable || groups.IsUnreadable || bandits.IsUnreadable)
            return Unreadable("The payload cannot be decrypted with the key that was given. Give the decryption key of the SDK connection.");
        return features.Value.ValueKind == JsonValueKind.Object || (features.Value.ValueKind == JsonValueKind.Undefined && CountsWithoutFeatures(root))
            ? Read(root, new(features.Value, groups.Value, bandits.Value, experiments.Value))
            : BackendDocument.Refuse(root, Document, "no object 'features'");
    }

    private SnapshotReadResult Read(JsonElement root, PayloadParts parts)
    {
        var diagnostics = new List<SnapshotDiagnostic>();
        var flags = new Payload(_mapping, parts, StickyBucketing, diagnostics).Read();
        if (parts.Features.ValueKind == JsonValueKind.Undefined)
            diagnostics.Add(BackendDocument.WarnOfNoFlags("features"));
        return new(
            new() { Version = 0, PublishedAt = PublishedAt(root), Flags = flags, Cycles = CycleHandling.EndFlag },
            [.. diagnostics, .. flags.Select(flag => flag.Defect).OfType<SnapshotDiagnostic>()]);
    }

    // GrowthBook's own libraries accept an object without features as an empty payload. An error message, or an object with only foreign members, is not a payload.
    private static bool CountsWithoutFeatures(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || BackendJson.Find(root, "error") is not null)
            return false;
        if (BackendJson.Find(root, "status") is { } status && !(BackendJson.TryReadWhole(status, out var code) && code == Success))
            return false;
        return !BackendJson.Entries(root).Any() || Array.Exists(Members, member => BackendJson.Find(root, member) is not null);
    }

    private static bool IsText(JsonElement root, string name) => BackendJson.Find(root, name) is { } value && BackendJson.TryReadText(value, out var text) && text.Length > 0;

    private PayloadPart Part(JsonElement root, string name, string encrypted) =>
        _decryptionKey is not null && IsText(root, encrypted) ? PayloadPart.Decrypt(Json.Text(root, encrypted)!, _decryptionKey) : new(BackendJson.Find(root, name) ?? default);

    private static DateTimeOffset? PublishedAt(JsonElement root) =>
        BackendJson.Find(root, "dateUpdated") is { } updated && BackendJson.TryReadText(updated, out _) && updated.TryGetDateTimeOffset(out var at) ? at : null;

    private static SnapshotReadResult Unreadable(string message) => new(null, [new("PD1001", DiagnosticSeverity.Fatal, "$.encryptedFeatures", message)]);
}
