using System.Text.Json;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>A member of an object whose names are data.</summary>
internal readonly record struct NamedElement(string Name, JsonElement Value);
