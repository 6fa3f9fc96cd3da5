using System.Text.Json;

namespace ProgressiveDelivery.Sdk;

/// <summary>A variant of a flag. Immutable.</summary>
public sealed class VariantInfo
{
    internal VariantInfo()
    {
    }

    /// <summary>The variant's name, as answers show it.</summary>
    public string Name { get; internal init; } = "";

    /// <summary>The value; of the kind <see cref="JsonValueKind.Undefined"/> for a variant that has none.</summary>
    public JsonElement Value { get; internal init; }

    /// <summary>Indicates whether the variant turns the flag on or off; null if it says neither.</summary>
    public bool? IsEnabled { get; internal init; }

    /// <summary>The variant's name.</summary>
    public override string ToString() => Name;
}
