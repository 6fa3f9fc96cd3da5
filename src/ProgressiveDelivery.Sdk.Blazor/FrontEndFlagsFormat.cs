using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Blazor;

/// <summary>Reads the answers that a server evaluated for one visitor, as <see cref="FrontEndFlags"/> writes them: each is a flag that serves one variant to everyone.</summary>
/// <param name="limits">The limits on a document.</param>
internal sealed class FrontEndFlagsFormat(SnapshotLimits limits) : ISnapshotFormat
{
    /// <inheritdoc/>
    public string Name => "progressive-delivery-front-end/1";

    /// <inheritdoc/>
    public SnapshotReadResult Read(ReadOnlyMemory<byte> document) => BackendDocument.Read(document, limits, Read);

    // The version is that of the server's rules. Another user's answers, or those of a later time, come from the same rules: the order of arrival counts.
    private static SnapshotReadResult Read(JsonElement root)
    {
        if (BackendJson.Find(root, "flags") is not { ValueKind: JsonValueKind.Object } all)
            return BackendDocument.Refuse(root, "a document of front-end flags", "no object 'flags'");
        if (BackendJson.Find(root, "schema") is not null)
            return BackendDocument.Refuse(root, "a document of front-end flags", "rules, which are not for a browser, and a 'schema'");
        var diagnostics = new List<SnapshotDiagnostic>();
        FlagDefinition[] flags = [.. BackendJson.Members(all, "flags", diagnostics)
            .Where(flag => !IsWithoutAnswer(flag.Value))
            .Select(flag => BackendDocument.ReadFlag("flags", flag.Key, () => FlagOf(flag.Key, flag.Value)))];
        return new(new() { Version = 0, Flags = flags }, [.. diagnostics, .. flags.Select(flag => flag.Defect).OfType<SnapshotDiagnostic>()]);
    }

    // The variant turns nothing on or off, and has no value: the caller's fallback counts, as on the server.
    private static bool IsWithoutAnswer(JsonElement answer) =>
        answer.ValueKind == JsonValueKind.Object && BackendJson.Find(answer, "value") is null && BackendJson.Find(answer, "enabled") is null;

    private static FlagDefinition FlagOf(string key, JsonElement answer)
    {
        if (answer.ValueKind != JsonValueKind.Object)
            throw new FormatException("it is no object. Give it a value and a variant.");
        if (BackendJson.Find(answer, "variant") is not { } named || !BackendJson.TryReadText(named, out var variant))
            throw new FormatException("it has no text 'variant'. Give the name of the variant that the server served.");
        var value = ValueOf(answer);
        return new()
        {
            Key = key,
            Type = value.Type ?? FlagType.String,
            Variants = [new() { Name = variant, Value = value, Enabled = EnabledOf(answer) }],
            Default = new VariantOutcome(variant),
            ClientVisible = true,
            Metadata = BackendJson.Find(answer, "reason") is { ValueKind: JsonValueKind.String } reason ? new Dictionary<string, JsonElement> { ["reason"] = reason.Clone() } : [],
        };
    }

    private static VariantValue ValueOf(JsonElement answer)
    {
        if (BackendJson.Find(answer, "value") is not { } value)
            return VariantValue.None;
        if (BackendJson.Find(answer, "type") is { ValueKind: JsonValueKind.String } type && type.ValueEquals("json"u8))
            return VariantValue.Json(value.GetRawText());
        return value.ValueKind switch
        {
            JsonValueKind.True or JsonValueKind.False => value.GetBoolean(),
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number when BackendJson.TryReadWhole(value, out var whole) => whole,
            JsonValueKind.Number => value.GetDouble(),
            _ => VariantValue.Json(value.GetRawText()),
        };
    }

    private static bool? EnabledOf(JsonElement answer) => BackendJson.Find(answer, "enabled")?.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        null => null,
        _ => throw new FormatException("its 'enabled' is no boolean. Write true or false, or leave it out."),
    };
}
