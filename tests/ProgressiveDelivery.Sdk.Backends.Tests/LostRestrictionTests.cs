using ProgressiveDelivery.Sdk.Backends.ConfigCat;
using ProgressiveDelivery.Sdk.Backends.GrowthBook;
using ProgressiveDelivery.Sdk.Backends.Unleash;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Backends.Tests;

/// <summary>A restriction that cannot be read never serves everyone: its flag errs, or the rule serves nobody. Other flags live.</summary>
public sealed class LostRestrictionTests
{
    private const string OfConfigCat = """ "bad":{"t":0,REST,"v":{"b":false}}""";
    private const string OfGrowthBook = """ "bad":{"defaultValue":false,"rules":[{REST,"force":true}]}""";
    private const string OfUnleash = """{"name":"bad","enabled":true,REST}""";

    private static readonly EvaluationContext User = new("u");

    [Theory]
    [InlineData("\"strategies\":{}")]
    [InlineData("\"strategies\":\"userWithId\"")]
    [InlineData("\"strategies\":[{\"name\":\"default\",\"constraints\":{\"contextName\":\"userId\",\"operator\":\"IN\",\"values\":[\"ada\"]}}]")]
    [InlineData("\"strategies\":[{\"name\":\"default\",\"constraints\":\"userId\"}]")]
    [InlineData("\"strategies\":[{\"name\":\"default\",\"constraints\":[{\"contextName\":\"userId\",\"operator\":\"NOT_IN\",\"values\":\"u\"}]}]")]
    [InlineData("\"strategies\":[{\"name\":\"default\",\"segments\":1}]")]
    [InlineData("\"strategies\":[{\"name\":\"default\",\"segments\":[2]}]")]
    [InlineData("\"strategies\":[],\"dependencies\":{\"feature\":\"off\"}")]
    public void FlagOfUnleashErrs(string rest) => Errs(new UnleashFormat(), $$"""
        {"features":[{{OfUnleash.Replace("REST", rest, StringComparison.Ordinal)}},{"name":"good","enabled":true,"strategies":[]}],"segments":[{"id":2,"constraints":{"contextName":"userId"} }]}
        """);

    [Theory]
    [InlineData("\"condition\":\"{\\\"country\\\":\\\"DE\\\"}\"")]
    [InlineData("\"condition\":7")]
    [InlineData("\"condition\":[{\"country\":\"DE\"}]")]
    [InlineData("\"filters\":{\"ranges\":[[0,0.1]]}")]
    [InlineData("\"parentConditions\":{\"id\":\"good\",\"condition\":{\"value\":false}}")]
    public void FlagOfGrowthBookErrs(string rest) =>
        Errs(new GrowthBookFormat(), $$"""{"features":{ {{OfGrowthBook.Replace("REST", rest, StringComparison.Ordinal)}},"good":{"defaultValue":true} } }""");

    [Theory]
    [InlineData("\"r\":{\"c\":[],\"s\":{\"v\":{\"b\":true}}}")]
    [InlineData("\"r\":[{\"c\":{\"u\":{}},\"s\":{\"v\":{\"b\":true}}}]")]
    [InlineData("\"r\":[{\"c\":[{\"s\":{\"s\":0,\"c\":0}}],\"s\":{\"v\":{\"b\":true}}}]")]
    [InlineData("\"p\":{\"p\":100,\"v\":{\"b\":true}}")]
    public void FlagOfConfigCatErrs(string rest) =>
        Errs(new ConfigCatFormat(), $$"""{"p":{"s":"x"},"s":[{"n":"s","r":{"a":"Email"} }],"f":{ {{OfConfigCat.Replace("REST", rest, StringComparison.Ordinal)}},"good":{"t":0,"v":{"b":true} } } }""");

    [Theory]
    [InlineData("\"coverage\":\"x\"")]
    [InlineData("\"coverage\":\"0\"")]
    [InlineData("\"coverage\":{}")]
    [InlineData("\"coverage\":\"-1\"")]
    [InlineData("\"range\":\"0-1\"")]
    [InlineData("\"range\":[0.5]")]
    [InlineData("\"range\":[\"a\",\"b\"]")]
    [InlineData("\"range\":{}")]
    public void RuleOfGrowthBookWithoutASoundShareServesNobody(string rest)
    {
        var snapshot = Asked.Of(new GrowthBookFormat(), $$"""{"features":{ {{OfGrowthBook.Replace("REST", rest, StringComparison.Ordinal)}} } }""");

        Some().Count(user => snapshot.IsEnabled("bad", user)).Should().Be(0);
    }

    [Theory]
    [InlineData("\"coverage\":\"x\"")]
    [InlineData("\"namespace\":[\"ns\",0]")]
    [InlineData("\"namespace\":\"ns\"")]
    [InlineData("\"namespace\":[\"ns\",\"a\",\"b\"]")]
    public void ExperimentOfGrowthBookWithoutASoundShareServesNobody(string rest)
    {
        var snapshot = Asked.Of(new GrowthBookFormat(), $$"""{"features":{"bad":{"defaultValue":0,"rules":[{ {{rest}},"variations":[1,2]}]} } }""");

        Some().Count(user => snapshot.GetInteger("bad", user, 7) != 0).Should().Be(0);
    }

    [Theory]
    [InlineData("\"coverage\":\"0.25\"", "\"coverage\":0.25")]
    [InlineData("\"coverage\":\"1\"", "\"coverage\":1")]
    [InlineData("\"condition\":[],\"coverage\":0.5", "\"coverage\":0.5")]
    [InlineData("\"condition\":\"\",\"coverage\":0.5", "\"coverage\":0.5")]
    public void ShareWrittenAsATextIsThatShare(string text, string number)
    {
        var (ofText, ofNumber) = (Of(text), Of(number));

        Some().Select(user => ofText.IsEnabled("bad", user)).Should().Equal(Some().Select(user => ofNumber.IsEnabled("bad", user))).And.Contain(true);

        static Snapshots.FeatureSnapshot Of(string rest) => Asked.Of(new GrowthBookFormat(), $$"""{"features":{ {{OfGrowthBook.Replace("REST", rest, StringComparison.Ordinal)}} } }""");
    }

    [Fact]
    public void DocumentOfUnleashWithoutSoundSegmentsIsReadWithoutThem()
    {
        var snapshot = Asked.Of(new UnleashFormat(), """{"features":[{"name":"uses","enabled":true,"strategies":[{"name":"default","segments":[1]}]},{"name":"good","enabled":true,"strategies":[]}],"segments":{}}""");

        snapshot.IsEnabled("uses", User).Should().BeFalse();
        snapshot.IsEnabled("good", User).Should().BeTrue();
    }

    private static void Errs(ISnapshotFormat format, string document)
    {
        var snapshot = Asked.Of(format, document);

        snapshot.EvaluateBoolean("bad", User).Reason.Should().Be(EvaluationReason.Error);
        snapshot.IsEnabled("bad", User).Should().BeFalse();
        snapshot.IsEnabled("good", User).Should().BeTrue();
    }

    private static IEnumerable<EvaluationContext> Some() => Enumerable.Range(0, 100).Select(i => new EvaluationContext($"user-{i}"));
}
