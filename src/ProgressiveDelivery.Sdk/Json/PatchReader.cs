using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>
/// Reads patches. A malformed flag or segment carries its defect, as in a whole document; all else that is wrong refuses the
/// patch, since half of a change is neither the old version nor the new one. That goes for what this version cannot patch, too.
/// </summary>
internal sealed class PatchReader(SnapshotLimits limits)
{
    private readonly DocumentParser _parser = new(limits);

    /// <summary>Reads UTF-8 text. Never throws on data.</summary>
    public PatchReadResult Read(ReadOnlyMemory<byte> text)
    {
        using var json = _parser.Parse(text, out var fault);
        return json is null ? new(null, [fault!]) : new Reading(limits).Read(json.RootElement);
    }

    private sealed class Reading(SnapshotLimits limits)
    {
        private readonly ReadState _state = new(limits);
        private SnapshotDiagnostic? _refusal;

        public PatchReadResult Read(JsonElement root)
        {
            var patch = IsObject(root, JsonPath.Root, "The patch") ? ReadMembers(root) : null;
            return _refusal is null ? new(patch, _state.Diagnostics) : new(null, [_refusal]);
        }

        private SnapshotPatch? ReadMembers(JsonElement root)
        {
            _state.Take(root, PatchMembers.Patch, out var members);
            var patch = new SnapshotPatch
            {
                BaseVersion = ReadVersion(members, "baseVersion"),
                Version = ReadVersion(members, "version"),
                PublishedAt = ReadPublication(members["publishedAt"]),
                RemovedFlags = ReadRemoved(members["remove"]),
            };
            patch = ReadSet(members["set"], patch);
            CheckSense(patch);
            return patch;
        }

        private long ReadVersion(in Members members, string name)
        {
            if (JsonText.TryReadWhole(members[name], out var version) && version > 0)
                return version;

            Refuse($"$.{name}", $"'{name}' is {JsonText.Describe(members[name])}, not a positive whole number of 64 bits");
            return 0;
        }

        private DateTimeOffset? ReadPublication(JsonElement element)
        {
            if (element.ValueKind == JsonValueKind.Undefined)
                return null;
            if (ReadState.TryReadInstant(element, out var instant))
                return instant;

            _state.Report(Diagnostics.UnreadableMember("$.publishedAt", DiagnosticSeverity.Warning, "The patch's 'publishedAt'", $"is {JsonText.Describe(element)}, which is no instant", "Write an RFC 3339 date-time with offset; until then the patch counts as undated."));
            return null;
        }

        private SnapshotPatch ReadSet(JsonElement element, SnapshotPatch patch)
        {
            if (element.ValueKind == JsonValueKind.Undefined || !IsObject(element, "$.set", "'set'"))
                return patch;

            _state.Take(element, PatchMembers.Set, out var members);
            CheckUnknown(members, "$.set", "'set'");
            if (!IsCollection(members, "segments") || !IsCollection(members, "flags") || FlagsExceedLimit(members["flags"]))
                return patch;

            _state.Enter("set");
            patch = patch with
            {
                Segments = CollectionReader.ReadAll(_state, members, "segments", GroupReader.ReadSegment),
                Flags = CollectionReader.ReadAll(_state, members, "flags", FlagReader.Read),
            };
            _state.Leave();
            return patch;
        }

        private bool IsCollection(in Members members, string name) =>
            !members.Has(name) || IsObject(members[name], $"$.set.{name}", $"'set.{name}'");

        private bool FlagsExceedLimit(JsonElement flags)
        {
            if (flags.ValueKind == JsonValueKind.Undefined || !CollectionReader.HasMoreThan(flags, limits.MaxFlags))
                return false;

            Refuse(Diagnostics.LimitExceeded("$.set.flags", "a patch with more flags than are allowed", limits.MaxFlags, nameof(SnapshotLimits.MaxFlags)));
            return true;
        }

        private List<string> ReadRemoved(JsonElement element)
        {
            if (element.ValueKind == JsonValueKind.Undefined || !IsObject(element, "$.remove", "'remove'"))
                return [];

            _state.Take(element, PatchMembers.Remove, out var members);
            CheckUnknown(members, "$.remove", "'remove'");
            return ReadKeys(members["flags"]);
        }

        private List<string> ReadKeys(JsonElement element)
        {
            var keys = new List<string>();
            if (element.ValueKind is not (JsonValueKind.Array or JsonValueKind.Undefined))
                Refuse("$.remove.flags", $"'remove.flags' is {JsonText.Describe(element)}, not a list of flags' keys");
            foreach (var item in element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : default)
            {
                if (JsonText.TryRead(item, out var key))
                    keys.Add(key);
                else
                    Refuse("$.remove.flags", $"'remove.flags' holds {JsonText.Describe(item)}, which is no flag's key");
            }

            return keys;
        }

        private void CheckSense(SnapshotPatch patch)
        {
            if (patch.Version <= patch.BaseVersion)
                Refuse("$.version", "'version' is not higher than 'baseVersion'");

            var removed = new HashSet<string>(patch.RemovedFlags, StringComparer.Ordinal);
            if (patch.Flags.FirstOrDefault(flag => removed.Contains(flag.Key)) is { } both)
                Refuse("$.remove.flags", $"flag {Diagnostics.Quote(both.Key)} is both set and removed");
        }

        private void CheckUnknown(in Members members, string path, string what)
        {
            if (members.Unknown is { } unknown)
                Refuse(path, $"{what} has the member {(JsonText.TryReadName(unknown, out var name) ? Diagnostics.Quote(name) : "(no Unicode text)")}, which this version cannot patch");
        }

        private bool IsObject(JsonElement element, string path, string what)
        {
            if (element.ValueKind == JsonValueKind.Object)
                return true;

            Refuse(path, $"{what} is {JsonText.Describe(element)}, not an object");
            return false;
        }

        private void Refuse(string path, string wrong) => Refuse(Diagnostics.MalformedPatch(path, wrong));

        private void Refuse(SnapshotDiagnostic diagnostic) => _refusal ??= diagnostic;
    }
}
