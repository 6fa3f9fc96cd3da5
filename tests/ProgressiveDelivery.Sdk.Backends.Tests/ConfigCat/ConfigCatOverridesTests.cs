using Microsoft.Extensions.Configuration;
using ProgressiveDelivery.Sdk.Backends.ConfigCat;

namespace ProgressiveDelivery.Sdk.Backends.Tests.ConfigCat;

/// <summary>Local values from configuration, which has only texts.</summary>
public sealed class ConfigCatOverridesTests
{
    [Fact]
    public void ValueHasTheTypeThatItLooksLikeUnlessTheSettingIsAText()
    {
        var section = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Overrides:Behavior"] = "LocalOverRemote",
            ["Overrides:Values:zip"] = "90210",
            ["Overrides:Values:size"] = "12",
            ["Overrides:Values:on"] = "true",
        }).Build();
        var overrides = OverridesSection.Read(section.GetSection("Overrides"));

        var (definition, _) = new ConfigCatFormat(null, overrides).Read("""{"p":{"s":"c2FsdA=="},"f":{"zip":{"t":1,"v":{"s":"1000"}},"size":{"t":2,"v":{"i":1}}}}"""u8.ToArray());

        definition!.Flags.Select(flag => (flag.Key, flag.Type)).Should().BeEquivalentTo([("zip", FlagType.String), ("size", FlagType.Integer), ("on", FlagType.Boolean)]);
        definition.Flags.Single(flag => flag.Key == "zip").Variants.Should().ContainSingle(variant => variant.Value == "90210");
    }
}
