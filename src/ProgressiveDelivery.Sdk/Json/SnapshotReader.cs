using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>
/// Reads a parsed document into definitions: its form only, since what definitions mean is checked for every format alike when
/// they are compiled.
/// </summary>
internal sealed class SnapshotReader(SnapshotLimits limits)
{
    private readonly ReadState _state = new(limits);
    private SnapshotDiagnostic? _refusal;

    public SnapshotReadResult Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            return new(null, [Diagnostics.NotASnapshot(JsonPath.Root, $"{JsonText.Describe(root)}, not a JSON object")]);

        _state.Take(root, FormatMembers.Snapshot, out var members);
        CheckSchema(root, members["schema"]);
        var version = ReadVersion(members["version"]);
        CheckCollections(members);
        var expiresAt = ReadExpiry(members["expiresAt"]);
        return _refusal is null ? ReadContents(members, version, expiresAt) : Refused();
    }

    private SnapshotReadResult ReadContents(in Members members, long version, DateTimeOffset? expiresAt)
    {
        var snapshot = new SnapshotDefinition
        {
            Version = version,
            Environment = ReadEnvironment(members["environment"]),
            PublishedAt = ReadPublication(members["publishedAt"]),
            ExpiresAt = expiresAt,
            Segments = CollectionReader.ReadAll(_state, members, "segments", GroupReader.ReadSegment),
            Layers = CollectionReader.ReadAll(_state, members, "layers", GroupReader.ReadLayer),
            Holdouts = CollectionReader.ReadAll(_state, members, "holdouts", GroupReader.ReadHoldout),
            Flags = CollectionReader.ReadAll(_state, members, "flags", FlagReader.Read),
            Assertions = ReadAssertions(members["assertions"]),
        };
        return _refusal is null ? new(snapshot, _state.Diagnostics) : Refused();
    }

    private SnapshotReadResult Refused() => new(null, [_refusal!]);

    private void Refuse(SnapshotDiagnostic diagnostic) => _refusal ??= diagnostic;

    private void CheckSchema(JsonElement root, JsonElement schema)
    {
        if (!JsonText.TryRead(schema, out var text))
            Refuse(Diagnostics.UnknownSchema("$.schema", JsonText.Describe(schema), DocumentGuess.Of(root)));
        else if (!IsMajor1(text))
            Refuse(Diagnostics.UnknownSchema("$.schema", Diagnostics.Quote(text)));
    }

    // A minor version only adds members, which are ignored.
    private static bool IsMajor1(string schema)
    {
        if (!schema.StartsWith(SnapshotJson.Schema, StringComparison.Ordinal))
            return false;

        var rest = schema.AsSpan(SnapshotJson.Schema.Length);
        return rest.IsEmpty || (rest.Length > 1 && rest[0] == '.' && !rest[1..].ContainsAnyExceptInRange('0', '9'));
    }

    private long ReadVersion(JsonElement element)
    {
        if (JsonText.TryReadWhole(element, out var version) && version > 0)
            return version;

        Refuse(Diagnostics.InvalidVersion("$.version", JsonText.Describe(element)));
        return 0;
    }

    private void CheckCollections(in Members members)
    {
        if (!members.Has("flags"))
            RefuseMember("flags", "is missing", "Write an empty object where there are no flags.");
        foreach (var name in Collections)
        {
            if (members.Has(name) && members[name].ValueKind != JsonValueKind.Object)
                RefuseMember(name, $"must be an object, and is {JsonText.Describe(members[name])}", "Write an object of names and definitions.");
        }

        if (members["flags"] is { ValueKind: JsonValueKind.Object } flags && CollectionReader.HasMoreThan(flags, limits.MaxFlags))
            Refuse(Diagnostics.LimitExceeded("$.flags", "more flags than are allowed", limits.MaxFlags, nameof(SnapshotLimits.MaxFlags)));
    }

    private static readonly string[] Collections = ["flags", "segments", "layers", "holdouts"];

    private DateTimeOffset? ReadExpiry(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Undefined)
            return null;
        if (ReadState.TryReadInstant(element, out var instant))
            return instant;

        RefuseMember("expiresAt", $"is {JsonText.Describe(element)}, which is no instant", "Write an RFC 3339 date-time with offset, or leave it out.");
        return null;
    }

    private DateTimeOffset? ReadPublication(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Undefined)
            return null;
        if (ReadState.TryReadInstant(element, out var instant))
            return instant;

        Warn("publishedAt", $"is {JsonText.Describe(element)}, which is no instant", "Write an RFC 3339 date-time with offset; until then the snapshot counts as undated.");
        return null;
    }

    private string? ReadEnvironment(JsonElement element)
    {
        if (JsonText.TryRead(element, out var text))
            return text;
        if (element.ValueKind != JsonValueKind.Undefined)
            Warn("environment", $"must be a text, and is {JsonText.Describe(element)}", "Write the environment's name.");
        return null;
    }

    // An assertion guards the rules: one that cannot be asked must not count as kept.
    private List<AssertionDefinition> ReadAssertions(JsonElement element)
    {
        var assertions = new List<AssertionDefinition>();
        if (element.ValueKind == JsonValueKind.Undefined)
            return assertions;
        if (element.ValueKind != JsonValueKind.Array)
        {
            RefuseMember("assertions", $"must be a list, and is {JsonText.Describe(element)}", "Write a list of assertions.");
            return assertions;
        }

        foreach (var item in element.EnumerateArray())
        {
            if (ReadAssertion(item) is { } assertion)
                assertions.Add(assertion);
            else
                RefuseMember($"assertions[{assertions.Count}]", "is unreadable", "Write an object with 'flag', a text; 'context', an object; and 'variant', a text or null.");
        }

        return assertions;
    }

    private AssertionDefinition? ReadAssertion(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
            return null;

        _state.Take(element, FormatMembers.Assertion, out var members);
        var variant = members["variant"];
        var context = members["context"];
        if (!JsonText.TryRead(members["flag"], out var flag)
            || (!JsonText.TryRead(variant, out var name) && variant.ValueKind != JsonValueKind.Undefined)
            || context.ValueKind is not (JsonValueKind.Object or JsonValueKind.Undefined))
        {
            return null;
        }

        return new(flag, context.ValueKind == JsonValueKind.Object ? ContextJson.Read(context) : EvaluationContext.Empty, name);
    }

    private void RefuseMember(string member, string wrong, string remedy) =>
        Refuse(Diagnostics.UnreadableMember($"$.{member}", DiagnosticSeverity.Refused, $"The snapshot's '{member}'", wrong, remedy));

    private void Warn(string member, string wrong, string remedy) =>
        _state.Report(Diagnostics.UnreadableMember($"$.{member}", DiagnosticSeverity.Warning, $"The snapshot's '{member}'", wrong, remedy));
}
