using ProgressiveDelivery.Sdk.Backends.LaunchDarkly;
using ProgressiveDelivery.Sdk.Snapshots;

namespace ProgressiveDelivery.Sdk.Backends.Tests.LaunchDarkly;

/// <summary>A prerequisite that is on counts by the variation that it serves, also by its off variation; one that is off never counts.</summary>
public sealed class PrerequisiteOffVariationTests
{
    private static readonly EvaluationContext User = new("u");

    [Theory]
    [InlineData(true, 1, true)]
    [InlineData(true, 0, false)]
    [InlineData(false, 1, false)]
    [InlineData(false, 0, false)]
    public void PrerequisiteWhoseOwnPrerequisiteFailsCountsByItsOffVariation(bool isOn, int wanted, bool holds)
    {
        var snapshot = Chain(isOn, wanted);

        snapshot.EvaluateBoolean("top", User).Reason.Should().Be(holds ? EvaluationReason.Default : EvaluationReason.PrerequisiteFailed);
        snapshot.IsEnabled("top", User).Should().Be(holds);
        snapshot.EvaluateBoolean("middle", User).Variant.Should().Be("1");
    }

    [Fact]
    public void ExplanationAgrees() => Chain(isOn: true, wanted: 1).Explain("top", User).Reason.Should().Be(EvaluationReason.Default);

    [Fact]
    public void PrerequisiteWithoutOffVariationCountsForNone()
    {
        var snapshot = Chain(isOn: true, wanted: 1, offVariation: "null");

        snapshot.EvaluateBoolean("top", User).Reason.Should().Be(EvaluationReason.PrerequisiteFailed);
    }

    [Fact]
    public void LongChainCountsAlike()
    {
        const int length = 400;
        var flags = Enumerable.Range(0, length).Select(i => $$"""
            "f{{i}}":{"on":true,"variations":[true,false],"offVariation":1,"prerequisites":[{"key":"f{{i + 1}}","variation":{{(i % 2 == 0 ? 1 : 0)}} }],"fallthrough":{"variation":0} }
            """);
        var snapshot = Asked.Of(new LaunchDarklyFormat(), $$"""{"flags":{ {{string.Join(',', flags)}},"f{{length}}":{"on":false,"variations":[true,false],"offVariation":1} } }""");

        // From the end on: the last one fails and is off, which the one before wants not, and so it fails too.
        for (var (i, served) = (length - 1, "1"); i >= 0; i--)
        {
            var holds = i < length - 1 && served == (i % 2 == 0 ? "1" : "0");
            served = holds ? "0" : "1";
            snapshot.EvaluateBoolean($"f{i}", User).Variant.Should().Be(served, $"of f{i}");
        }
    }

    private static FeatureSnapshot Chain(bool isOn, int wanted, string offVariation = "1") => Asked.Of(new LaunchDarklyFormat(), $$"""
        {"flags":{
          "top":{"on":true,"variations":[true,false],"offVariation":1,"prerequisites":[{"key":"middle","variation":{{wanted}} }],"fallthrough":{"variation":0} },
          "middle":{"on":{{(isOn ? "true" : "false")}},"variations":[true,false],"offVariation":{{offVariation}},"prerequisites":[{"key":"bottom","variation":0}],"fallthrough":{"variation":0} },
          "bottom":{"on":false,"variations":[true,false],"offVariation":0,"fallthrough":{"variation":0} } } }
        """);
}
