using ProgressiveDelivery.Sdk.Backends.ConfigCat;
using ProgressiveDelivery.Sdk.Backends.Eppo;
using ProgressiveDelivery.Sdk.Backends.Flagd;
using ProgressiveDelivery.Sdk.Backends.GrowthBook;
using ProgressiveDelivery.Sdk.Backends.LaunchDarkly;
using ProgressiveDelivery.Sdk.Backends.Unleash;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Backends.Tests;

/// <summary>A whole number is one number, however it is written.</summary>
public sealed class WholeNumberTests
{
    private static readonly EvaluationContext User = new("u");

    [Theory]
    [InlineData("5")]
    [InlineData("5.0")]
    [InlineData("5e0")]
    [InlineData("0.5e1")]
    [InlineData("50e-1")]
    public void ValuesAreIntegers(string five)
    {
        Five(new ConfigCatFormat(), $$"""{"p":{},"f":{"f":{"t":2,"v":{"i":{{five}} } } } }""");
        Five(new LaunchDarklyFormat(), $$"""{"flags":{"f":{"on":true,"variations":[{{five}}],"fallthrough":{"variation":0} } } }""");
        Five(new GrowthBookFormat(), $$"""{"features":{"f":{"defaultValue":{{five}} } } }""");
        Five(new FlagdFormat(), $$"""{"flags":{"f":{"state":"ENABLED","variants":{"a":{{five}} },"defaultVariant":"a"} } }""");
        Five(new EppoFormat(), $$"""{"flags":{"f":{"enabled":true,"variationType":"INTEGER","variations":{"a":{"value":{{five}} } },"allocations":[{"key":"a","splits":[{"variationKey":"a","shards":[]}]}]} } }""");
    }

    [Theory]
    [InlineData("2", "0")]
    [InlineData("2.0", "0.0")]
    [InlineData("2e0", "0e0")]
    public void TypesAndComparatorsOfConfigCatAreIntegers(string type, string comparator)
    {
        var snapshot = Asked.Of(new ConfigCatFormat(), $$"""
            {"p":{"r":{{comparator}} },"s":[{"n":"S","r":[{"a":"Email","c":{{comparator}},"l":["a"]}]}],
             "f":{"f":{"t":{{type}},"r":[{"c":[{"s":{"s":{{comparator}},"c":{{comparator}} } }],"s":{"v":{"i":7.0} } }],"v":{"i":5.0} },
                  "g":{"t":0.0,"r":[{"c":[{"p":{"f":"f","c":0.0,"v":{"i":7} } }],"s":{"v":{"b":true} } }],"v":{"b":false} } } }
            """);

        snapshot.GetInteger("f", new EvaluationContext("u") { ["Email"] = "a" }, 0).Should().Be(7);
        snapshot.GetInteger("f", User, 0).Should().Be(5);
        snapshot.IsEnabled("g", new EvaluationContext("u") { ["Email"] = "a" }).Should().BeTrue();
    }

    [Theory]
    [InlineData("1", "1.0")]
    [InlineData("1.0", "1")]
    [InlineData("1", "1e0")]
    [InlineData("1", "\"1\"")]
    public void SegmentsOfUnleashAreFoundByTheirNumber(string asked, string given)
    {
        var features = $$"""[{"name":"f","enabled":true,"strategies":[{"name":"default","segments":[{{asked}}]}]}]""";

        Asked.Of(new UnleashFormat(), $$"""{"features":{{features}},"segments":[{"id":{{given}},"constraints":[]}]}""").IsEnabled("f", User).Should().BeTrue();
        Asked.Of(new UnleashFormat(), $$"""
            {"events":[{"type":"hydration","features":{{features}},"segments":[{"id":{{given}},"constraints":[]}]},{"type":"segment-removed","segmentId":{{asked}} }]}
            """).IsEnabled("f", User).Should().BeFalse("it was removed");
    }

    [Theory]
    [InlineData("1", "50000")]
    [InlineData("1.0", "5e4")]
    public void IndexesAndWeightsOfLaunchDarklyAreIntegers(string index, string weight)
    {
        var snapshot = Asked.Of(new LaunchDarklyFormat(), $$"""
            {"flags":{"f":{"version":{{index}},"on":true,"salt":"s","variations":["a","b"],"offVariation":{{index}},"fallthrough":{"rollout":{"seed":{{index}},"variations":[{"variation":{{index}},"weight":{{weight}} },{"variation":{{index}},"weight":{{weight}} }]} } },
                      "g":{"on":true,"variations":[false,true],"prerequisites":[{"key":"f","variation":{{index}} }],"fallthrough":{"variation":{{index}} },"targets":[{"variation":0.0,"values":["nobody"]}]} } }
            """);

        snapshot.GetString("f", User, null).Should().Be("b");
        snapshot.IsEnabled("g", User).Should().BeTrue();
        snapshot.Explain("f", User).Type.Should().Be(FlagType.String);
    }

    [Theory]
    [InlineData("5.5")]
    [InlineData("1e30")]
    [InlineData("9223372036854775808")]
    [InlineData("1e-40")]
    public void WhatIsNoWholeNumberIsANumber(string number)
    {
        Asked.Read(new LaunchDarklyFormat(), $$"""{"flags":{"f":{"on":true,"variations":[{{number}}],"fallthrough":{"variation":0} } } }""").Definition!.Flags[0].Type.Should().Be(FlagType.Number);
        Asked.Read(new GrowthBookFormat(), $$"""{"features":{"f":{"defaultValue":{{number}} } } }""").Definition!.Flags[0].Type.Should().Be(FlagType.Number);
    }

    private static void Five(ISnapshotFormat format, string document) => Asked.Of(format, document).EvaluateInteger("f", User, 0).Should().BeEquivalentTo(new { Value = 5L, Error = (string?)null });
}
