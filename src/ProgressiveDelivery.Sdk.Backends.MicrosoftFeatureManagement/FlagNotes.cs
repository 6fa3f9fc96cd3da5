using System.Collections.ObjectModel;
using System.Text.Json;

namespace ProgressiveDelivery.Sdk.Backends.MicrosoftFeatureManagement;

/// <summary>The parts of a flag that its metadata carries as they were sent, for telemetry.</summary>
internal static class FlagNotes
{
    public const string Telemetry = "telemetry";
    public const string Allocation = "allocation";
    public const string Variants = "variants";

    /// <param name="flag">The flag.</param>
    /// <param name="hasVariants">Indicates whether there is a variant that can be served.</param>
    public static IReadOnlyDictionary<string, JsonElement> Of(Section flag, bool hasVariants)
    {
        var notes = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var name in new[] { Telemetry, Allocation, Variants })
        {
            if (flag.Get(name) is { Exists: true } note && (hasVariants || name != Variants))
                notes.Add(name, note.Element.Clone());
        }

        return notes.Count == 0 ? ReadOnlyDictionary<string, JsonElement>.Empty : notes;
    }
}
