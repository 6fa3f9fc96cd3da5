using System.Text.Json;

namespace ProgressiveDelivery.Sdk;

/// <summary>The facts of a variant that an answer shows.</summary>
internal interface IVariantFacts
{
    /// <summary>The name that answers show.</summary>
    string Label { get; }

    /// <summary>Indicates whether the variant turns its flag on; null if the flag has one facet.</summary>
    bool? Enabled { get; }

    /// <summary>Writes the value as JSON of a type; null for a variant without a value.</summary>
    void WriteTo(Utf8JsonWriter writer, FlagType type);
}
