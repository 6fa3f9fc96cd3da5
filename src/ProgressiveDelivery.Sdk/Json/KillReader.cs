using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>Reads kills: <c>{"version", "flag", "variant"}</c>.</summary>
internal sealed class KillReader(SnapshotLimits limits)
{
    private readonly DocumentReader _reader = new(limits);

    /// <summary>Reads UTF-8 text; null, with the fault, where it is no kill. Never throws on data.</summary>
    public SnapshotKill? Read(ReadOnlyMemory<byte> text, out SnapshotDiagnostic? fault)
    {
        SnapshotDiagnostic? malformed = null;
        var kill = _reader.Read(text, (ref json, document) => ReadWhole(ref json, new(limits, document), out malformed), out fault);
        fault ??= malformed;
        return fault is null ? kill : null;
    }

    private static SnapshotKill? ReadWhole(ref Utf8JsonReader json, ReadState state, out SnapshotDiagnostic? fault)
    {
        json.Read();
        var kill = Read(ref json, state, out fault);
        json.Read();
        return kill;
    }

    private static SnapshotKill? Read(ref Utf8JsonReader json, ReadState state, out SnapshotDiagnostic? fault)
    {
        fault = json.TokenType == JsonTokenType.StartObject ? null : Diagnostics.MalformedKill(JsonPath.Root, $"it is {JsonText.Describe(ref json)}, not an object");
        var kill = new SnapshotKill(0, "", "");
        var members = new MemberCursor(PatchMembers.Kill);
        while (fault is null && members.MoveNext(ref json, state) is { } name)
            kill = ReadMember(ref json, state, kill, name, ref fault);
        foreach (var name in PatchMembers.Kill.Names)
            fault ??= members.Has(name) ? null : Diagnostics.MalformedKill($"$.{name}", $"'{name}' is missing");
        json.Skip();
        return fault is null ? kill : null;
    }

    private static SnapshotKill ReadMember(ref Utf8JsonReader json, ReadState state, SnapshotKill kill, string name, ref SnapshotDiagnostic? fault)
    {
        if (name == "version" && JsonText.TryReadWhole(ref json, out var version) && version > 0)
            return kill with { Version = version };
        if (name == "flag" && state.TryRead(ref json, out var flag))
            return kill with { Flag = flag };
        if (name == "variant" && state.TryRead(ref json, out var variant))
            return kill with { Variant = variant };

        fault = Diagnostics.MalformedKill($"$.{name}", $"'{name}' is {JsonText.Describe(ref json)}, not {(name == "version" ? "a positive whole number of 64 bits" : "a text")}");
        return kill;
    }
}
