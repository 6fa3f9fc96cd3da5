using System.Text.Json;

namespace ProgressiveDelivery.Sdk.Backends.GrowthBook;

/// <summary>The parts of a payload in the clear; each is undefined if the payload lacks it.</summary>
/// <param name="Features">The features by id.</param>
/// <param name="Groups">The saved groups by id.</param>
/// <param name="Bandits">The contextual bandits by id.</param>
/// <param name="ExperimentList">The experiments that belong to no feature.</param>
internal sealed record PayloadParts(JsonElement Features, JsonElement Groups, JsonElement Bandits, JsonElement ExperimentList)
{
    /// <summary>The experiments that belong to no feature, in order.</summary>
    public IEnumerable<JsonElement> Experiments => ExperimentList.ValueKind == JsonValueKind.Array ? ExperimentList.EnumerateArray() : Enumerable.Empty<JsonElement>();
}
