using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;
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
        _flags = root.GetProperty("flags");
        _expressions = new(root.TryGetProperty("$evaluators", out var evaluators) ? evaluators : default, fractional);
        _scope = new() { Surroundings = "$flagd", Given = Given(root) };
        _metadata = Metadata(root, []);
    }

    public IReadOnlyList<SnapshotDiagnostic> Diagnostics => _diagnostics;

    /// <summary>The flags; null where the document as a whole is refused.</summary>
    public IReadOnlyList<FlagDefinition>? Read(int limit)
    {
        var flags = new List<FlagDefinition>();
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (key, value) in FlagdDocument.Flags(_flags))
        {
            if (flags.Count == limit && !places.ContainsKey(key))
            {
                _diagnostics.Add(FlagdDiagnostics.TooManyFlags(limit));
                return null;
            }

            if (key.Length == 0)
            {
                _diagnostics.Add(FlagdDiagnostics.Form(key, null, "it has no key, and is left out. Give it one") with { Severity = DiagnosticSeverity.Warning });
                continue;
            }

            var flag = Read(key, value);
            if (flag is null)
                return null;
            if (!places.TryAdd(key, flags.Count))
                _diagnostics.Add(FlagdDiagnostics.Duplicate(key));
            if (places[key] == flags.Count)
                flags.Add(flag);
            else
                flags[places[key]] = flag;
        }

        return flags;
    }

    // Null: the document as a whole is refused.
    private FlagDefinition? Read(string key, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
            return Broken(key, FlagdDiagnostics.Form(key, null, $"it is {JsonKind.Of(value)}. Make it an object"));
        if (!value.TryGetProperty("variants", out var variants) || variants.ValueKind != JsonValueKind.Object || !variants.EnumerateObject().Any())
            return Broken(key, FlagdDiagnostics.Form(key, "variants", "it has no 'variants'. Give it at least one"));
        if (!TryReadDefault(key, value, variants, out var @default, out var fault))
        {
            _diagnostics.Add(fault!);
            return fault!.Severity == DiagnosticSeverity.Refused ? null : new() { Key = key, Type = FlagType.Json, Defect = fault };
        }

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
            Default = @default is null ? null : new VariantServe(@default),
            Rules = rule is null ? [] : [new() { Id = "targeting", Serve = new ExpressionServe(rule) { Scope = _scope } }],
            Metadata = value.TryGetProperty("metadata", out _) ? Metadata(value, _metadata) : _metadata,
        };
    }

    private FlagDefinition Broken(string key, SnapshotDiagnostic fault)
    {
        _diagnostics.Add(fault);
        return new() { Key = key, Type = FlagType.Json, Defect = fault };
    }

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

    // Nothing to be evaluated: the default variant is served to everybody.
    private static JsonElement? Targeting(JsonElement flag) =>
        !flag.TryGetProperty("targeting", out var targeting)
        || targeting.ValueKind == JsonValueKind.Null
        || (targeting.ValueKind == JsonValueKind.Object && !targeting.EnumerateObject().Any())
            ? null
            : targeting;

    // What the sync source puts into the documents that it receives.
    private static AttributeValue Given(JsonElement root) =>
        root.TryGetProperty(SyncContext.Member, out var context) && context.ValueKind == JsonValueKind.Object ? BackendDocument.ValueOf(context) : default;

    private static Dictionary<string, JsonElement> Metadata(JsonElement owner, Dictionary<string, JsonElement> beneath)
    {
        var notes = new Dictionary<string, JsonElement>(beneath, StringComparer.Ordinal);
        if (!owner.TryGetProperty("metadata", out var metadata) || metadata.ValueKind != JsonValueKind.Object)
            return notes;
        foreach (var note in metadata.EnumerateObject())
            notes[note.Name] = note.Value.Clone();
        return notes;
    }
}
