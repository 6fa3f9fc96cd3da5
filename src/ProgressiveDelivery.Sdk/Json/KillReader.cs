using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>Reads kills: <c>{"version", "flag", "variant"}</c>.</summary>
internal sealed class KillReader(SnapshotLimits limits)
{
    private readonly DocumentParser _parser = new(limits);

    /// <summary>Reads UTF-8 text; null, with the fault, where it is no kill. Never throws on data.</summary>
    public SnapshotKill? Read(ReadOnlyMemory<byte> text, out SnapshotDiagnostic? fault)
    {
        using var json = _parser.Parse(text, out fault);
        return json is null ? null : Read(json.RootElement, out fault);
    }

    /// <summary>Reads an element; null, with the fault, where it is no kill.</summary>
    public SnapshotKill? Read(JsonElement root, out SnapshotDiagnostic? fault)
    {
        fault = null;
        if (root.ValueKind != JsonValueKind.Object)
            return Fault(JsonPath.Root, $"it is {JsonText.Describe(root)}, not an object", out fault);

        new ReadState(limits).Take(root, PatchMembers.Kill, out var members);
        if (!JsonText.TryReadWhole(members["version"], out var version) || version < 1)
            return Fault("$.version", $"'version' is {JsonText.Describe(members["version"])}, not a positive whole number of 64 bits", out fault);
        if (!JsonText.TryRead(members["flag"], out var flag))
            return Fault("$.flag", $"'flag' is {JsonText.Describe(members["flag"])}, not a flag's key", out fault);
        if (!JsonText.TryRead(members["variant"], out var variant))
            return Fault("$.variant", $"'variant' is {JsonText.Describe(members["variant"])}, not a variant's name", out fault);
        return new(version, flag, variant);
    }

    private static SnapshotKill? Fault(string path, string wrong, out SnapshotDiagnostic? fault)
    {
        fault = Diagnostics.MalformedKill(path, wrong);
        return null;
    }
}
