using System.Text.Json;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Backends.Flagd;

/// <summary>Recognizes flagd's documents.</summary>
internal static class FlagdDocument
{
    /// <summary>Returns the reason why a document is not one of flagd's, or null if it is one.</summary>
    public static string? Lack(JsonElement root)
    {
        if (BackendJson.Find(root, "flags") is not { } flags)
            return "no 'flags'";
        if (flags.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
            return $"'flags' that are {JsonKind.Of(flags)}";
        if (BackendJson.Find(root, "schema") is not null)
            return "a 'schema'";
        var isEmpty = true;
        foreach (var flag in flags.ValueKind == JsonValueKind.Object ? flags.EnumerateObject().Select(flag => flag.Value) : flags.EnumerateArray())
        {
            if (BackendJson.Find(flag, "variants") is not null || BackendJson.Find(flag, "state") is not null)
                return null;
            isEmpty = false;
        }

        return isEmpty ? null : "flags without 'state' and 'variants'";
    }

    /// <summary>Returns the flags with their keys, from an object or from a list.</summary>
    public static IReadOnlyCollection<KeyValuePair<string, JsonElement>> Flags(JsonElement flags, ICollection<SnapshotDiagnostic> diagnostics) => flags.ValueKind == JsonValueKind.Object
        ? BackendJson.Members(flags, "flags", diagnostics)
        : BackendJson.Named(flags.EnumerateArray(), "flags", static flag => BackendJson.Find(flag, "key") is { } key && BackendJson.TryReadText(key, out var text) ? text : null, diagnostics);
}
