using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Backends.GrowthBook;

/// <summary>Reads GrowthBook's payloads, in the clear or encrypted. Safe to use from any thread.</summary>
/// <remarks>
/// A feature has the type of its values: boolean, text or number where all have it, else JSON; whether it is on, its value counting as true in
/// ECMAScript, can always be asked. Variants of experiments are called by their keys. An experiment outside of features is a flag by its key, which has the
/// first variation for who does not take part; one with URL patterns runs where the context has an address, and <see cref="GrowthBookRedirect"/> tells where it leads.
/// </remarks>
public sealed class GrowthBookFormat : ISnapshotFormat
{
    private const string Document = "a GrowthBook payload";

    private readonly GrowthBookContextMapping _mapping;
    private readonly string? _decryptionKey;
    private readonly SnapshotLimits _limits;

    /// <summary>Makes a reader.</summary>
    /// <param name="mapping">What stands for GrowthBook's attributes; null: the defaults.</param>
    /// <param name="decryptionKey">The key of encrypted payloads, in Base64; null: there are none.</param>
    /// <param name="limits">How large a document may be; null: the defaults.</param>
    public GrowthBookFormat(GrowthBookContextMapping? mapping = null, string? decryptionKey = null, SnapshotLimits? limits = null) =>
        (_mapping, _decryptionKey, _limits) = (mapping ?? new(), decryptionKey, limits ?? new());

    /// <summary>
    /// Whether units keep the variations that they were given, and a rule's <c>fallbackAttribute</c> counts for who lacks its other one; false by default, as in GrowthBook's own
    /// libraries without a service for it. Assignments are kept where the client keeps them, under GrowthBook's own keys.
    /// </summary>
    public bool StickyBucketing { get; init; }

    /// <inheritdoc/>
    public string Name => "growthbook/1";

    /// <inheritdoc/>
    public SnapshotReadResult Read(ReadOnlyMemory<byte> document) => BackendDocument.Read(document, _limits, Read);

    private SnapshotReadResult Read(JsonElement root)
    {
        if (Json.Text(root, "encryptedFeatures") is { Length: > 0 } && _decryptionKey is null)
            return Unreadable("The payload is encrypted, and there is no key. Give the decryption key of the SDK connection.");
        using var features = Part(root, "features", "encryptedFeatures");
        using var groups = Part(root, "savedGroups", "encryptedSavedGroups");
        using var experiments = Part(root, "experiments", "encryptedExperiments");
        using var bandits = Part(root, "contextualBandits", "encryptedContextualBandits");
        if (features.IsUnreadable || experiments.IsUnreadable || groups.IsUnreadable || bandits.IsUnreadable)
            return Unreadable("The payload cannot be decrypted with the key that was given. Give the decryption key of the SDK connection.");
        if (features.Value is not { ValueKind: JsonValueKind.Object } found)
            return BackendDocument.Refuse(root, Document, "no object 'features'");

        var flags = new Payload(_mapping, found, groups.Value, bandits.Value, experiments.Value is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [], StickyBucketing).Read();
        return new(
            new() { Version = 0, PublishedAt = PublishedAt(root), Flags = flags, Cycles = CycleHandling.EndFlag },
            [.. flags.Select(flag => flag.Defect).OfType<SnapshotDiagnostic>()]);
    }

    private PayloadPart Part(JsonElement root, string name, string encrypted) =>
        Json.Text(root, encrypted) is { Length: > 0 } text && _decryptionKey is not null ? PayloadPart.Decrypt(text, _decryptionKey) : new(Json.Find(root, name) ?? default);

    private static DateTimeOffset? PublishedAt(JsonElement root) =>
        Json.Find(root, "dateUpdated") is { ValueKind: JsonValueKind.String } text && text.TryGetDateTimeOffset(out var at) ? at : null;

    private static SnapshotReadResult Unreadable(string message) => new(null, [new("PD1001", DiagnosticSeverity.Refused, "$.encryptedFeatures", message)]);
}
