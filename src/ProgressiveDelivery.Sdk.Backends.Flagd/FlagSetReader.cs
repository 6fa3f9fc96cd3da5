using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Backends.Flagd;

/// <summary>Reads the flags of one document.</summary>
internal sealed class FlagSetReader
{
    private readonly JsonElement _flags;
    private readonly ExpressionReader _expressions;
    private readonly ExpressionScope _scope;
    private readonly Dictionary<string, JsonElement> _metadata;
    private readonly List<SnapshotDiagnostic> _diagnostics = [];

    public FlagSetReader(JsonElement root, FlagdFractional fractional)
    {
        _flags = BackendJson.Find(root, "flags")!.Value;
        _expressions = new(BackendJson.Find(root, "$evaluators") ?? default, fractional);
        _scope = new() { Surroundings = "$flagd", Given = Given(root) };
        _metadata = Metadata(root, []);
    }

    public IReadOnlyList<SnapshotDiagnostic> Diagnostics => _diagnostics;

    /// <summary>Returns the flags, or null if the document as a whole is rejected.</summary>
    public IReadOnlyList<FlagDefinition>? Read(int limit)
    {
        var all = FlagdDocument.Flags(_flags, _diagnostics);
        if (all.Count > limit)
        {
            _diagnostics.Add(FlagdDiagnostics.TooManyFlags(limit));
            return null;
        }

        var flags = new List<FlagDefinition>(all.Count);
        foreach (var (key, value) in all)
        {
            if (key.Length == 0)
            {
                _diagnostics.Add(FlagdDiagnostics.Form(key, null, "it has no key, and is left out. Give it one") with { Severity = DiagnosticSeverity.Warning });
                continue;
            }

            var flag = BackendDocument.ReadFlag("flags", key, () => Read(key, value));
            if (flag.Defect is { } defect)
                _diagnostics.Add(defect);
            if (flag.Defect?.Severity == DiagnosticSeverity.Fatal)
                return null;
            flags.Add(flag);
        }

        return flags;
    }

    // A flag with a fatal defect rejects the document as a whole.
    private FlagDefinition Read(string key, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
            return Broken(key, FlagdDiagnostics.Form(key, null, $"it is {JsonKind.Of(value)}. Make it an object"));
        if (!value.TryGetProperty("variants", out var variants) || variants.ValueKind != JsonValueKind.Object || !variants.EnumerateObject().Any())
            return Broken(key, FlagdDiagnostics.Form(key, "variants", "it has no 'variants'. Give it at least one"));
        if (!TryReadDefault(key, value, variants, out var @default, out var fault))
            return Broken(key, fault!);

        if (!TryReadState(value, out var enabled))
            return Broken(key, FlagdDiagnostics.Form(key, "state", "its 'state' is neither 'ENABLED' nor 'DISABLED'. Write one of them"));
        if (!VariantReader.TryRead(key, variants, out var type, out var read, out fault))
            return Broken(key, fault!);

        string? wrong = null;
        var rule = Targeting(value) is { } targeting ? _expressions.Read(targeting, out wrong) : null;
        if (wrong is not null)
            return Broken(key, FlagdDiagnostics.Targeting(key, wrong));
        return new()
        {
            Key = key,
            Type = type,
            Variants = read,
            Enabled = enabled,
            Default = @default is null ? null : new VariantOutcome(@default),
            Rules = rule is null ? [] : [new() { Id = "targeting", Serve = new ExpressionOutcome(rule) { Scope = _scope } }],
            Metadata = value.TryGetProperty("metadata", out _) ? Metadata(value, _metadata) : _metadata,
        };
    }

    private static FlagDefinition Broken(string key, SnapshotDiagnostic fault) => new() { Key = key, Type = FlagType.Json, Defect = fault };

    private static bool TryReadDefault(string key, JsonElement flag, JsonElement variants, out string? name, out SnapshotDiagnostic? fault)
    {
        name = null;
        fault = null;
        if (!flag.TryGetProperty("defaultVariant", out var value) || value.ValueKind == JsonValueKind.Null)
            return true;
        if (value.ValueKind != JsonValueKind.String)
            fault = FlagdDiagnostics.Form(key, "defaultVariant", $"its 'defaultVariant' is {JsonKind.Of(value)}. Name a variant, or write null");
        else if (!variants.TryGetProperty(name = value.GetString()!, out _))
            fault = FlagdDiagnostics.UndefinedDefault(key, name);
        return fault is null;
    }

    private static bool TryReadState(JsonElement flag, out bool enabled)
    {
        var state = flag.TryGetProperty("state", out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        enabled = state == "ENABLED";
        return enabled || state == "DISABLED";
    }

    // Null if there is nothing to evaluate: every context gets the default variant.
    private static JsonElement? Targeting(JsonElement flag) =>
        !flag.TryGetProperty("targeting", out var targeting)
        || targeting.ValueKind == JsonValueKind.Null
        || (targeting.ValueKind == JsonValueKind.Object && !targeting.EnumerateObject().Any())
            ? null
            : targeting;

    // The values that the sync source adds to the documents that it receives.
    private static AttributeValue Given(JsonElement root) =>
        BackendJson.Find(root, SyncContext.Member) is { ValueKind: JsonValueKind.Object } context ? BackendDocument.ValueOf(context) : default;

    private static Dictionary<string, JsonElement> Metadata(JsonElement owner, Dictionary<string, JsonElement> beneath)
    {
        var notes = new Dictionary<string, JsonElement>(beneath, StringComparer.Ordinal);
        foreach (var (name, note) in BackendJson.Entries(BackendJson.Find(owner, "metadata") ?? default))
        {
            if (name is not null)
                notes[name] = note.Clone();
        }

        return notes;
    }
}
