using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>Reads kills: <c>{"version", "flag", "variant"}</c>.</summary>
internal sealed class KillReader(SnapshotLimits limits)
{
    private readonly DocumentReader _reader = new(limits);

    /// <inheritdoc cref="Read(ReadOnlyMemory{byte}, out SnapshotDiagnostic?, out IReadOnlyList{SnapshotDiagnostic})"/>
    public SnapshotKill? Read(ReadOnlyMemory<byte> text, out SnapshotDiagnostic? fault) => Read(text, out fault, out _);

    /// <summary>Reads UTF-8 text; null, with the fault, if it is not a kill. Never throws on data.</summary>
    public SnapshotKill? Read(ReadOnlyMemory<byte> text, out SnapshotDiagnostic? fault, out IReadOnlyList<SnapshotDiagnostic> warnings)
    {
        SnapshotDiagnostic? malformed = null;
        var state = new ReadState(limits, text) { WholeName = "The kill" };
        var kill = _reader.Read(text, (ref json, _) => ReadWhole(ref json, state, out malformed), out fault);
        fault ??= malformed;
        warnings = fault is null ? state.Diagnostics : [];
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
        fault = json.TokenType == JsonTokenType.StartObject ? null : DiagnosticCatalog.MalformedKill(JsonPath.Root, $"it is {JsonText.Describe(ref json)}, not an object");
        var kill = new SnapshotKill(0, "", "");
        var members = new MemberCursor(PatchMembers.Kill);
        while (fault is null && members.MoveNext(ref json, state) is { } name)
            kill = ReadMember(ref json, state, kill, name, ref fault);
        fault ??= state.Refusal;
        foreach (var name in PatchMembers.Kill.Names)
            fault ??= members.Has(name) ? null : DiagnosticCatalog.MalformedKill($"$.{name}", $"'{name}' is missing");
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

        fault = DiagnosticCatalog.MalformedKill($"$.{name}", $"'{name}' is {JsonText.Describe(ref json)}, not {(name == "version" ? "a positive whole number of 64 bits" : "a text")}");
        return kill;
    }
}
