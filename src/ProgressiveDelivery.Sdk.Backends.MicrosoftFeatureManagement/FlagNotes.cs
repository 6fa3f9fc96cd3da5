using System.Collections.ObjectModel;
using System.Text.Json;

namespace ProgressiveDelivery.Sdk.Backends.MicrosoftFeatureManagement;

/// <summary>The parts of a flag that are carried in its metadata, as they were sent: what telemetry tells of.</summary>
internal static class FlagNotes
{
    public const string Telemetry = "telemetry";
    public const string Allocation = "allocation";
    public const string Variants = "variants";

    public static IReadOnlyDictionary<string, JsonElement> Of(JsonElement flag)
    {
        var notes = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var name in new[] { Telemetry, Allocation, Variants })
        {
            if (Member.Find(flag, name) is { } value)
                notes.Add(name, value.Clone());
        }

        return notes.Count == 0 ? ReadOnlyDictionary<string, JsonElement>.Empty : notes;
    }
}
