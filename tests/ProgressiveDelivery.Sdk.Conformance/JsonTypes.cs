using System.Text.Json;
using System.Text.Json.Serialization;

namespace ProgressiveDelivery.Sdk.Conformance;

[JsonSerializable(typeof(JsonElement))]
internal sealed partial class JsonTypes : JsonSerializerContext;
