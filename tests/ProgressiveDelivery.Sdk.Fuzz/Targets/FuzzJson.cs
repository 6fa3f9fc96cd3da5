using System.Text.Json;
using System.Text.Json.Serialization;

namespace ProgressiveDelivery.Sdk.Fuzz.Targets;

/// <summary>Reads a JSON flag as whatever it is.</summary>
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class FuzzJson : JsonSerializerContext;
