using Xunit.Sdk;

namespace ProgressiveDelivery.Sdk.Faults.Support;

/// <summary>Says which scenario of the fault catalog a test plays; <c>--filter Scenario=N4</c> runs it.</summary>
/// <param name="id">Its group and number: <c>N4</c>.</param>
[TraitDiscoverer("ProgressiveDelivery.Sdk.Faults.Support.ScenarioDiscoverer", "ProgressiveDelivery.Sdk.Faults")]
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class ScenarioAttribute(string id) : Attribute, ITraitAttribute
{
    public string Id => id;
}
