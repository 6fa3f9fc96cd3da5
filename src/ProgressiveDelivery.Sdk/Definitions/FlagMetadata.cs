using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>The metadata of a flag, which equals metadata with the same names and the same JSON text of each value.</summary>
internal sealed class FlagMetadata(IDictionary<string, JsonElement> values) : ReadOnlyDictionary<string, JsonElement>(values)
{
    /// <summary>Returns metadata that compare by content, without a copy where possible. All empty metadata are one instance.</summary>
    [return: NotNullIfNotNull(nameof(values))]
    public static IReadOnlyDictionary<string, JsonElement>? Of(IReadOnlyDictionary<string, JsonElement>? values) => values switch
    {
        null or FlagMetadata => values,
        { Count: 0 } => Empty,
        IDictionary<string, JsonElement> dictionary => new FlagMetadata(dictionary),
        _ => new FlagMetadata(new Dictionary<string, JsonElement>(values, StringComparer.Ordinal)),
    };

    /// <inheritdoc/>
    public override bool Equals(object? obj) =>
        ReferenceEquals(this, obj)
        || (obj is FlagMetadata other && other.Count == Count && this.All(note => other.TryGetValue(note.Key, out var value) && AreSame(note.Value, value)));

    /// <inheritdoc/>
    public override int GetHashCode() => Count;

    private static bool AreSame(JsonElement one, JsonElement other) => string.Equals(one.GetRawText(), other.GetRawText(), StringComparison.Ordinal);
}
