using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>
/// Reads patches. A malformed flag or segment carries its defect, as in a whole document. Any other fault rejects the patch, since half of a change
/// is neither version. Parts that this version cannot patch also reject it.
/// </summary>
internal sealed class PatchReader(SnapshotLimits limits)
{
    private readonly DocumentReader _reader = new(limits);

    /// <summary>Reads UTF-8 text. Never throws on data.</summary>
    public PatchReadResult Read(ReadOnlyMemory<byte> text) =>
        _reader.Read(text, (ref json, document) => new Reading(limits, document).Read(ref json), out var fault) ?? new(null, [fault!]);

    private sealed class Reading(SnapshotLimits limits, ReadOnlyMemory<byte> document)
    {
        private readonly ReadState _state = new(limits, document) { WholeName = "The patch" };
        private SnapshotDiagnostic? _refusal;

        public PatchReadResult Read(ref Utf8JsonReader json)
        {
            json.Read();
            var patch = new SnapshotPatch { BaseVersion = 0, Version = 0 };
            if (TryEnter(ref json, JsonPath.Root, "The patch"))
                patch = ReadPatch(ref json, patch);
            json.Read();
            return (_state.Refusal ?? _refusal) is { } refusal ? new(null, [refusal]) : new(patch, _state.Diagnostics);
        }

        private SnapshotPatch ReadPatch(ref Utf8JsonReader json, SnapshotPatch patch)
        {
            var members = new MemberCursor(PatchMembers.Patch);
            while (members.MoveNext(ref json, _state) is { } name)
            {
                // Null counts as absent; versions must be present.
                if (json.TokenType != JsonTokenType.Null)
                    patch = ReadMember(ref json, patch, name);
            }

            if (_state.Guards > limits.MaxGuards)
                Refuse(DiagnosticCatalog.LimitExceeded("$.set.flags", "a patch with more guards than are allowed", limits.MaxGuards, nameof(SnapshotLimits.MaxGuards)));
            CheckPresence(members, "baseVersion");
            CheckPresence(members, "version");
            CheckSense(patch);
            return patch;
        }

        private SnapshotPatch ReadMember(ref Utf8JsonReader json, SnapshotPatch patch, string name) => name switch
        {
            "baseVersion" => patch with { BaseVersion = ReadVersion(ref json, name) },
            "version" => patch with { Version = ReadVersion(ref json, name) },
            "publishedAt" => patch with { PublishedAt = ReadPublication(ref json) },
            "set" => ReadSet(ref json, patch),
            _ => patch with { RemovedFlags = ReadRemoved(ref json) },
        };

        private void CheckPresence(in MemberCursor members, string name)
        {
            if (!members.Has(name))
                Refuse($"$.{name}", $"'{name}' is missing");
        }

        private long ReadVersion(ref Utf8JsonReader json, string name)
        {
            if (!JsonText.TryReadWhole(ref json, out var version) || version < 1)
                Refuse($"$.{name}", $"'{name}' is {JsonText.Describe(ref json)}, not a positive whole number of 64 bits");
            json.Skip();
            return version;
        }

        private DateTimeOffset? ReadPublication(ref Utf8JsonReader json)
        {
            if (ReadState.TryReadInstant(ref json, out var instant))
                return instant;

            _state.Report(DiagnosticCatalog.UnreadableMember("$.publishedAt", DiagnosticSeverity.Warning, "The patch's 'publishedAt'", $"is {JsonText.Describe(ref json)}, which is no instant", "Write an RFC 3339 date-time with offset; until then the patch counts as undated."));
            json.Skip();
            return null;
        }

        private SnapshotPatch ReadSet(ref Utf8JsonReader json, SnapshotPatch patch)
        {
            if (!TryEnter(ref json, "$.set", "'set'"))
                return patch;

            _state.Enter("set");
            var members = new MemberCursor(PatchMembers.Set);
            while (members.MoveNext(ref json, _state) is { } name)
            {
                patch = name == "flags"
                    ? patch with { Flags = ReadAll(ref json, name, limits.MaxFlags, FlagReader.Read) }
                    : patch with { Segments = ReadAll(ref json, name, int.MaxValue, GroupReader.ReadSegment) };
            }

            _state.Leave();
            CheckUnknown(members, "$.set", "'set'");
            return patch;
        }

        private List<T> ReadAll<T>(ref Utf8JsonReader json, string collection, int most, DefinitionReader<T> read)
            where T : class
        {
            if (json.TokenType == JsonTokenType.Null || !TryEnter(ref json, $"$.set.{collection}", $"'set.{collection}'"))
                return [];

            _state.Enter(collection);
            var definitions = CollectionReader.ReadAll(ref json, _state, most, read, out var exceeds);
            _state.Leave();
            if (exceeds)
                Refuse(DiagnosticCatalog.LimitExceeded($"$.set.{collection}", "a patch with more flags than are allowed", most, nameof(SnapshotLimits.MaxFlags)));
            return definitions;
        }

        private List<string> ReadRemoved(ref Utf8JsonReader json)
        {
            var keys = new List<string>();
            if (!TryEnter(ref json, "$.remove", "'remove'"))
                return keys;

            _state.Enter("remove");
            var members = new MemberCursor(PatchMembers.Remove);
            while (members.MoveNext(ref json, _state) is not null)
            {
                if (json.TokenType != JsonTokenType.Null)
                    ReadKeys(ref json, keys);
            }

            _state.Leave();
            CheckUnknown(members, "$.remove", "'remove'");
            return keys;
        }

        private void ReadKeys(ref Utf8JsonReader json, List<string> keys)
        {
            const string Path = "$.remove.flags";
            keys.Clear();
            if (json.TokenType != JsonTokenType.StartArray)
            {
                Refuse(Path, $"'remove.flags' is {JsonText.Describe(ref json)}, not a list of flags' keys");
                json.Skip();
                return;
            }

            while (json.Read() && json.TokenType != JsonTokenType.EndArray)
            {
                if (_state.TryRead(ref json, out var key))
                    keys.Add(key);
                else
                    Refuse(Path, $"'remove.flags' holds {JsonText.Describe(ref json)}, which is no flag's key");
                json.Skip();
            }
        }

        private void CheckSense(SnapshotPatch patch)
        {
            if (patch.Version <= patch.BaseVersion)
                Refuse("$.version", "'version' is not higher than 'baseVersion'");

            var removed = new HashSet<string>(patch.RemovedFlags, StringComparer.Ordinal);
            if (patch.Flags.FirstOrDefault(flag => removed.Contains(flag.Key)) is { } both)
                Refuse("$.remove.flags", $"flag {DiagnosticCatalog.Quote(both.Key)} is both set and removed");
        }

        private void CheckUnknown(in MemberCursor members, string path, string what)
        {
            if (members.Unknown is { } unknown)
                Refuse(path, $"{what} has the member {DiagnosticCatalog.Quote(unknown)}, which this version cannot patch");
        }

        private bool TryEnter(ref Utf8JsonReader json, string path, string what)
        {
            if (json.TokenType == JsonTokenType.StartObject)
                return true;

            Refuse(path, $"{what} is {JsonText.Describe(ref json)}, not an object");
            json.Skip();
            return false;
        }

        private void Refuse(string path, string wrong) => Refuse(DiagnosticCatalog.MalformedPatch(path, wrong));

        private void Refuse(SnapshotDiagnostic diagnostic) => _refusal ??= diagnostic;
    }
}
