using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>
/// Reads a document into definitions, in one pass. Checks the form only: the compiler checks the meaning of definitions for all formats.
/// </summary>
internal sealed class SnapshotReader(SnapshotLimits limits, ReadOnlyMemory<byte> document, SnapshotReadModes modes)
{
    private readonly ReadState _state = new(limits, document) { IsStrict = modes.HasFlag(SnapshotReadModes.Strict) };
    private SnapshotDiagnostic? _schemaFault = DiagnosticCatalog.MissingSchema("$.schema");
    private SnapshotDiagnostic? _versionFault;
    private SnapshotDiagnostic? _otherFault;

    /// <exception cref="JsonException">The document is not JSON, or is nested too deeply.</exception>
    public SnapshotReadResult Read(ref Utf8JsonReader json)
    {
        json.Read();
        var snapshot = json.TokenType == JsonTokenType.StartObject ? ReadSnapshot(ref json) : NoSnapshot(ref json);
        json.Read();
        return (_schemaFault ?? _state.Refusal ?? _versionFault ?? _otherFault) is { } refusal ? Refused(refusal) : new(snapshot, _state.Diagnostics);
    }

    // An author gets all diagnostics, a client only the one that rejects.
    private SnapshotReadResult Refused(SnapshotDiagnostic refusal) =>
        new(null, _state.IsStrict ? [.. _state.Diagnostics.Where(found => found != refusal), refusal] : [refusal]);

    private SnapshotDefinition? NoSnapshot(ref Utf8JsonReader json)
    {
        _schemaFault = DiagnosticCatalog.NotASnapshot(JsonPath.Root, $"{JsonText.Describe(ref json)}, not a JSON object", modes.HasFlag(SnapshotReadModes.File));
        json.Skip();
        return null;
    }

    private SnapshotDefinition ReadSnapshot(ref Utf8JsonReader json)
    {
        var snapshot = new SnapshotDefinition { Version = 0 };
        var members = new MemberCursor(FormatMembers.Snapshot);
        while (members.MoveNext(ref json, _state) is { } name)
            snapshot = ReadMember(ref json, snapshot, name);

        if (_state.Guards > limits.MaxGuards)
            _otherFault ??= DiagnosticCatalog.LimitExceeded("$.flags", "more guards than are allowed", limits.MaxGuards, nameof(SnapshotLimits.MaxGuards));
        if (!members.Has("schema"))
            _schemaFault = members.IsMisspelt("schema") ? _state.Refusal : MissingSchema();
        if (!members.Has("version") && !modes.HasFlag(SnapshotReadModes.File))
            _versionFault ??= DiagnosticCatalog.InvalidVersion("$.version", "missing");
        if (!members.Has("flags"))
            RefuseMember("flags", "is missing", "Write an empty object where there are no flags.");
        return snapshot;
    }

    private SnapshotDefinition ReadMember(ref Utf8JsonReader json, SnapshotDefinition snapshot, string name)
    {
        switch (name)
        {
            case "schema": ReadSchema(ref json); return snapshot;
            case "version": return snapshot with { Version = ReadVersion(ref json) };
            case "environment": return snapshot with { Environment = ReadEnvironment(ref json) };
            case "publishedAt": return snapshot with { PublishedAt = ReadPublication(ref json) };
            case "change": return ReadChange(ref json, snapshot);
            case "expiresAt": return snapshot with { ExpiresAt = ReadExpiry(ref json) };
            case "segments": return snapshot with { Segments = ReadAll(ref json, name, int.MaxValue, GroupReader.ReadSegment) };
            case "layers": return snapshot with { Layers = ReadAll(ref json, name, int.MaxValue, GroupReader.ReadLayer) };
            case "holdouts": return snapshot with { Holdouts = ReadAll(ref json, name, int.MaxValue, GroupReader.ReadHoldout) };
            case "flags": return snapshot with { Flags = ReadAll(ref json, name, limits.MaxFlags, FlagReader.Read) };
            default: return snapshot with { Assertions = ReadAssertions(ref json) };
        }
    }

    private SnapshotDiagnostic MissingSchema() =>
        DocumentGuess.Of(document.Span) is { } other ? DiagnosticCatalog.UnknownSchema("$.schema", "missing", other) : DiagnosticCatalog.MissingSchema("$.schema");

    private void ReadSchema(ref Utf8JsonReader json)
    {
        if (!JsonText.TryRead(ref json, pool: null, out var text))
            _schemaFault = DiagnosticCatalog.UnknownSchema("$.schema", JsonText.Describe(ref json));
        else
            _schemaFault = IsMajor1(text) ? null : DiagnosticCatalog.UnknownSchema("$.schema", DiagnosticCatalog.Quote(text));
        json.Skip();
    }

    // A minor version only adds members, which are ignored.
    private static bool IsMajor1(string schema)
    {
        if (!schema.StartsWith(SnapshotJson.Schema, StringComparison.Ordinal))
            return false;

        var rest = schema.AsSpan(SnapshotJson.Schema.Length);
        return rest.IsEmpty || (rest.Length > 1 && rest[0] == '.' && !rest[1..].ContainsAnyExceptInRange('0', '9'));
    }

    private long ReadVersion(ref Utf8JsonReader json)
    {
        var isAbsent = json.TokenType == JsonTokenType.Null && modes.HasFlag(SnapshotReadModes.File);
        _versionFault = (JsonText.TryReadWhole(ref json, out var version) && version > 0) || isAbsent
            ? null
            : DiagnosticCatalog.InvalidVersion("$.version", JsonText.Describe(ref json));
        json.Skip();
        return version;
    }

    private string? ReadEnvironment(ref Utf8JsonReader json)
    {
        if (!JsonText.TryRead(ref json, pool: null, out var text) && json.TokenType != JsonTokenType.Null)
            Warn("environment", $"must be a text, and is {JsonText.Describe(ref json)}", "Write the environment's name.");
        json.Skip();
        return text;
    }

    private DateTimeOffset? ReadPublication(ref Utf8JsonReader json)
    {
        if (ReadState.TryReadInstant(ref json, out var instant))
            return instant;
        if (json.TokenType != JsonTokenType.Null)
            Warn("publishedAt", $"is {JsonText.Describe(ref json)}, which is no instant", "Write an RFC 3339 date-time with offset; until then the snapshot counts as undated.");
        json.Skip();
        return null;
    }

    // Shown to people; no rule depends on it.
    private SnapshotDefinition ReadChange(ref Utf8JsonReader json, SnapshotDefinition snapshot)
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            if (json.TokenType != JsonTokenType.Null)
                Warn("change", $"must be an object, and is {JsonText.Describe(ref json)}", "Write an object with 'by' and 'why'.");
            json.Skip();
            return snapshot;
        }

        _state.Enter("change");
        var members = new MemberCursor(FormatMembers.Change);
        while (members.MoveNext(ref json, _state) is { } name)
        {
            var text = ReadChangeText(ref json, name);
            snapshot = name == "by" ? snapshot with { ChangedBy = text } : snapshot with { ChangeReason = text };
        }

        _state.Leave();
        return snapshot;
    }

    private string? ReadChangeText(ref Utf8JsonReader json, string name)
    {
        if (!JsonText.TryRead(ref json, pool: null, out var text) && json.TokenType != JsonTokenType.Null)
            Warn($"change.{name}", $"must be a text, and is {JsonText.Describe(ref json)}", "Write a text, or leave it out.");
        json.Skip();
        return text;
    }

    private DateTimeOffset? ReadExpiry(ref Utf8JsonReader json)
    {
        if (ReadState.TryReadInstant(ref json, out var instant))
            return instant;
        if (json.TokenType != JsonTokenType.Null)
            RefuseMember("expiresAt", $"is {JsonText.Describe(ref json)}, which is no instant", "Write an RFC 3339 date-time with offset, or leave it out.");
        json.Skip();
        return null;
    }

    private List<T> ReadAll<T>(ref Utf8JsonReader json, string collection, int most, DefinitionReader<T> read)
        where T : class
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            RefuseCollection(ref json, collection);
            return [];
        }

        _state.Enter(collection);
        var definitions = CollectionReader.ReadAll(ref json, _state, most, read, out var exceeds);
        _state.Leave();
        if (exceeds)
            _otherFault ??= DiagnosticCatalog.LimitExceeded($"$.{collection}", "more flags than are allowed", most, nameof(SnapshotLimits.MaxFlags));
        return definitions;
    }

    private void RefuseCollection(ref Utf8JsonReader json, string collection)
    {
        if (json.TokenType != JsonTokenType.Null)
            RefuseMember(collection, $"must be an object, and is {JsonText.Describe(ref json)}", "Write an object of names and definitions.");
        json.Skip();
    }

    // An assertion guards the rules: an unreadable one must not count as satisfied.
    private List<AssertionDefinition> ReadAssertions(ref Utf8JsonReader json)
    {
        var assertions = new List<AssertionDefinition>();
        if (json.TokenType == JsonTokenType.Null)
            return assertions;
        if (json.TokenType != JsonTokenType.StartArray)
        {
            RefuseMember("assertions", $"must be a list, and is {JsonText.Describe(ref json)}", "Write a list of assertions.");
            json.Skip();
            return assertions;
        }

        _state.Enter("assertions");
        for (var index = 0; json.Read() && json.TokenType != JsonTokenType.EndArray; index++)
        {
            _state.Enter(index);
            if (AssertionReader.Read(ref json, _state) is { } assertion)
                assertions.Add(assertion);
            else
                RefuseMember($"assertions[{index}]", "is unreadable", "Write an object with 'flag', a text; 'context', an object; and 'variant', a text or null.");
            _state.Leave();
        }

        _state.Leave();
        return assertions;
    }

    private void RefuseMember(string member, string wrong, string remedy) =>
        _otherFault ??= DiagnosticCatalog.UnreadableMember($"$.{member}", DiagnosticSeverity.Fatal, $"The snapshot's '{member}'", wrong, remedy);

    private void Warn(string member, string wrong, string remedy) =>
        _state.Report(DiagnosticCatalog.UnreadableMember($"$.{member}", DiagnosticSeverity.Warning, $"The snapshot's '{member}'", wrong, remedy));
}
