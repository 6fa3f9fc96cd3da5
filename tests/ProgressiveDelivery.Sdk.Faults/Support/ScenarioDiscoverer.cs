using Xunit.Abstractions;
using Xunit.Sdk;

namespace ProgressiveDelivery.Sdk.Faults.Support;

/// <summary>Makes a trait of <see cref="ScenarioAttribute"/>.</summary>
public sealed class ScenarioDiscoverer : ITraitDiscoverer
{
    public IEnumerable<KeyValuePair<string, string>> GetTraits(IAttributeInfo traitAttribute)
    {
        ArgumentNullException.ThrowIfNull(traitAttribute);
        yield return new("Scenario", (string)traitAttribute.GetConstructorArguments().Single());
    }
}
