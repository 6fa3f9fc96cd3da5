using System.Text;
using ProgressiveDelivery.Sdk.Backends.ConfigCat;
using ProgressiveDelivery.Sdk.Backends.Eppo;
using ProgressiveDelivery.Sdk.Backends.Flagd;
using ProgressiveDelivery.Sdk.Backends.GrowthBook;
using ProgressiveDelivery.Sdk.Backends.LaunchDarkly;
using ProgressiveDelivery.Sdk.Backends.MicrosoftFeatureManagement;
using ProgressiveDelivery.Sdk.Backends.Unleash;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.Backends.Tests;

/// <summary>One malformed flag among sound ones, in each format.</summary>
public sealed class BrokenItemTests
{
    private const string HalfAPair = "\\ud800";

    private static readonly EvaluationContext User = new("u");

    private static readonly Dictionary<string, (ISnapshotFormat Format, string Before, string Sound, string After)> Backends = new()
    {
        ["Unleash"] = (new UnleashFormat(), """{"features":[""", """{"name":"good","enabled":true,"strategies":[]}""", "]}"),
        ["LaunchDarkly"] = (new LaunchDarklyFormat(), """{"segments":{},"flags":{""", """ "good":{"on":true,"variations":[true],"fallthrough":{"variation":0}}""", "}}"),
        ["Eppo"] = (new EppoFormat(), """{"flags":{""", """ "good":{"enabled":true,"variationType":"BOOLEAN","variations":{"on":{"value":true}},"allocations":[{"key":"a","splits":[{"variationKey":"on","shards":[]}]}]}""", "}}"),
        ["ConfigCat"] = (new ConfigCatFormat(), """{"p":{},"f":{""", """ "good":{"t":0,"v":{"b":true}}""", "}}"),
        ["GrowthBook"] = (new GrowthBookFormat(), """{"features":{""", """ "good":{"defaultValue":true}""", "}}"),
        ["flagd"] = (new FlagdFormat(), """{"flags":{""", """ "good":{"state":"ENABLED","variants":{"on":true},"defaultVariant":"on"}""", "}}"),
        ["Microsoft"] = (new FeatureManagementFormat(), """{"feature_management":{"feature_flags":[""", """{"id":"good","enabled":true}""", "]}}"),
    };

    public static TheoryData<string, string> Broken => new()
    {
        { "Unleash", """{"name":"bad","enabled":true,"variants":[{"name":"HALF","weight":1}]}""" },
        { "Unleash", """{"name":"bad","enabled":true,"strategies":[{"name":"default","constraints":[{"contextName":"a","operator":"IN","values":["HALF"]}]}]}""" },
        { "LaunchDarkly", """ "bad":{"on":true,"variations":["HALF"],"fallthrough":{"variation":0}}""" },
        { "LaunchDarkly", """ "bad":{"on":"yes","variations":[true],"fallthrough":{"variation":0}}""" },
        { "LaunchDarkly", """ "bad":{"on":true,"variations":[true],"fallthrough":{"variation":0.5}}""" },
        { "LaunchDarkly", """ "bad":{"on":true,"variations":[true],"fallthrough":{"variation":0},"targets":[{"values":[1]}]}""" },
        { "Eppo", """ "bad":{"enabled":true,"variationType":"STRING","variations":{"on":{"value":"HALF"}},"allocations":[]}""" },
        { "Eppo", """ "bad":{"enabled":true,"variationType":"BOOLEAN","variations":{"on":{"value":true}},"allocations":[{"key":"a","startAt":"10:00","splits":[]}]}""" },
        { "Eppo", """ "bad":{"enabled":true,"variationType":"BOOLEAN","variations":{"on":{"value":true}},"allocations":[{"key":"a","splits":[{"variationKey":"on","shards":[{"salt":"s","totalShards":0,"ranges":[{"start":0,"end":1}]}]}]}]}""" },
        { "ConfigCat", """ "bad":{"t":1,"v":{"s":"HALF"}}""" },
        { "ConfigCat", """ "bad":{"t":9,"v":{"s":"x"}}""" },
        { "GrowthBook", """ "bad":{"defaultValue":"HALF"}""" },
        { "GrowthBook", """ "bad":{"defaultValue":true,"rules":[{"condition":{"HALF":1},"force":false}]}""" },
        { "flagd", """ "bad":{"state":"ENABLED","variants":{"on":"HALF"},"defaultVariant":"on"}""" },
        { "flagd", """ "bad":{"state":"ENABLED","variants":{"on":true},"defaultVariant":"on","targeting":{"==":["HALF",1]}}""" },
        { "Microsoft", """{"id":"bad","enabled":true,"conditions":{"client_filters":[{"name":"HALF"}]}}""" },
        { "Microsoft", """{"id":"bad","enabled":true,"conditions":{"client_filters":[{"name":"Microsoft.TimeWindow","parameters":{"Start":"soon"}}]}}""" },
    };

    public static TheoryData<string> Names => [.. Backends.Keys];

    [Theory]
    [MemberData(nameof(Broken))]
    public void MalformedFlagErrsAlone(string backend, string flag)
    {
        var (format, before, sound, after) = Backends[backend];
        flag = flag.Replace("HALF", HalfAPair, StringComparison.Ordinal);

        foreach (var document in (string[])[$"{before}{flag},{sound}{after}", $"{before}{sound},{flag}{after}"])
        {
            var snapshot = Asked.Of(format, document);
            snapshot.IsEnabled("good", User).Should().BeTrue();
            snapshot.EvaluateBoolean("bad", User).Reason.Should().Be(EvaluationReason.Error);
            Asked.Read(format, document).Diagnostics.Should().ContainSingle().Which.Severity.Should().Be(DiagnosticSeverity.Error);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void FlagWhoseKeyIsNoTextIsLeftOut(string backend)
    {
        var (format, before, sound, after) = Backends[backend];
        var nameless = sound.Replace("\"good\"", $"\"{HalfAPair}\"", StringComparison.Ordinal);

        var (definition, diagnostics) = Asked.Read(format, $"{before}{nameless},{sound}{after}");

        definition!.Flags.Should().ContainSingle().Which.Key.Should().Be("good");
        diagnostics.Should().ContainSingle();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void MemberOfTheRootWhoseNameIsNoTextHarmsNobody(string backend)
    {
        var (format, before, sound, after) = Backends[backend];

        Asked.Of(format, $$"""{"{{HalfAPair}}":1,{{before[1..]}}{{sound}}{{after}}""").IsEnabled("good", User).Should().BeTrue();
        Asked.Of(format, $$"""{{before}}{{sound}}{{after[..^1]}},"{{HalfAPair}}":1}""").IsEnabled("good", User).Should().BeTrue();
        Asked.Read(format, $$"""{"{{HalfAPair}}":1}""").Definition.Should().BeNull();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void FlagThatIsThereTwiceCountsAsItsLastAndIsWarnedOf(string backend)
    {
        var (format, before, sound, after) = Backends[backend];
        var off = sound.Replace("true", "false", StringComparison.Ordinal);

        if (backend != "Microsoft")
            Asked.Read(format, $"{before}{off},{sound}{after}").Diagnostics.Should().ContainSingle().Which.Id.Should().Be("PD1120");
        Asked.Of(format, $"{before}{off},{sound}{after}").IsEnabled("good", User).Should().BeTrue();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ByteOrderMarkIsNoPartOfADocument(string backend)
    {
        var (format, before, sound, after) = Backends[backend];

        format.Read((byte[])[.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes($"{before}{sound}{after}")]).Definition!.Flags.Should().ContainSingle();
        format.Read((byte[])[.. Encoding.UTF8.GetBytes(before), 0xff, .. Encoding.UTF8.GetBytes(after)]).Diagnostics.Should().ContainSingle().Which.Id.Should().Be("PD1001");
    }

    [Fact]
    public void SegmentThatIsThereTwiceCountsAsItsLast()
    {
        var unleash = Asked.Of(new UnleashFormat(), """
            {"features":[{"name":"f","enabled":true,"strategies":[{"name":"default","segments":[1]}]}],
             "segments":[{"id":1,"constraints":[{"contextName":"userId","operator":"IN","values":["other"]}]},{"id":1,"constraints":[]}]}
            """);
        var launchDarkly = Asked.Of(new LaunchDarklyFormat(), """
            {"flags":{"f":{"on":true,"variations":[true,false],"rules":[{"clauses":[{"op":"segmentMatch","values":["s"]}],"variation":0}],"fallthrough":{"variation":1}}},
             "segments":{"s":{"included":["other"]},"s":{"included":["u"]}}}
            """);

        unleash.IsEnabled("f", User).Should().BeTrue();
        launchDarkly.IsEnabled("f", User).Should().BeTrue();
    }

    [Fact]
    public void SegmentThatIsMalformedCostsTheFlagsThatUseIt()
    {
        var snapshot = Asked.Of(new LaunchDarklyFormat(), """
            {"flags":{"uses":{"on":true,"variations":[true,false],"rules":[{"clauses":[{"op":"segmentMatch","values":["s"]}],"variation":0}],"fallthrough":{"variation":1}},
                      "good":{"on":true,"variations":[true],"fallthrough":{"variation":0}}},
             "segments":{"s":{"included":"u"}}}
            """);

        snapshot.EvaluateBoolean("uses", User).Reason.Should().Be(EvaluationReason.Error);
        snapshot.IsEnabled("good", User).Should().BeTrue();
    }

    [Fact]
    public void FeatureThatDependsOnAMalformedOneErrsToo()
    {
        var snapshot = Asked.Of(new UnleashFormat(), $$"""
            {"features":[{"name":"bad","enabled":true,"variants":[{"name":"{{HalfAPair}}","weight":1}]},{"name":"child","enabled":true,"dependencies":[{"feature":"bad"}],"strategies":[]},{"name":"good","enabled":true,"strategies":[]}]}
            """);

        snapshot.EvaluateBoolean("child", User).Reason.Should().Be(EvaluationReason.Error);
        snapshot.Explain("child", User).Error.Should().Contain("'bad'");
        snapshot.IsEnabled("good", User).Should().BeTrue();
    }

    [Fact]
    public void EvaluatorThatIsMalformedCostsTheFlagsThatReferToIt()
    {
        var snapshot = Asked.Of(new FlagdFormat(), $$"""
            {"$evaluators":{"bad":{"==":["{{HalfAPair}}",1]},"good":{"==":[1,1]} },
             "flags":{"a":{"state":"ENABLED","variants":{"on":true},"targeting":{"if":[{"$ref":"bad"},"on"]} },"b":{"state":"ENABLED","variants":{"on":true},"targeting":{"if":[{"$ref":"good"},"on"]} } } }
            """);

        snapshot.EvaluateBoolean("a", User).Reason.Should().Be(EvaluationReason.Error);
        snapshot.IsEnabled("b", User).Should().BeTrue();
    }

    [Fact]
    public void MalformedExperimentDoesNotRedirectAndOthersDo()
    {
        var snapshot = Asked.Of(new GrowthBookFormat(), $$"""
            {"features":{},"experiments":[
              {"key":"bad","variations":[{"urlRedirect":"https://x.example/{{HalfAPair}}"},{"urlRedirect":"https://x.example/1"}],"urlPatterns":[{"type":"simple","pattern":"*"}],"weights":[0,1]},
              {"key":"good","variations":[{},{"urlRedirect":"https://x.example/2"}],"urlPatterns":[{"type":"simple","pattern":"x.example/start"}],"weights":[0,1]}]}
            """);
        var visitor = User.With("growthbook", AttributeValue.Object([new("url", "https://x.example/start")]));

        snapshot.GetGrowthBookRedirect(visitor)!.Experiment.Should().Be("good");
    }

    [Theory]
    [InlineData("9999-12-31T23:59:59.9999999Z", true)]
    [InlineData("9999-12-31T23:59:59.9999999+02:00", true)]
    [InlineData("2026-01-01T00:00:00Z", false)]
    [InlineData("0001-01-01T00:00:00Z", false)]
    public void EndOfTimeIsAnEndLikeAnyOther(string end, bool isInside)
    {
        var snapshot = Asked.Of(new EppoFormat(), $$"""
            {"flags":{"f":{"enabled":true,"variationType":"BOOLEAN","variations":{"on":{"value":true} },"allocations":[{"key":"a","endAt":"{{end}}","splits":[{"variationKey":"on","shards":[]}]}]} } }
            """, new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero));

        snapshot.EvaluateBoolean("f", User).Reason.Should().NotBe(EvaluationReason.Error);
        snapshot.IsEnabled("f", User).Should().Be(isInside);
    }

    [Theory]
    [InlineData("Unleash", """{"name":"bad","enabled":true,"variants":[MANY]}""", """{"name":"v","weight":1,"payload":{"type":"string","value":"NUMBER"}}""")]
    [InlineData("Unleash", """{"name":"bad","enabled":true,"strategies":[MANY],"variants":[{"name":"v","weight":1}]}""", """{}""")]
    [InlineData("LaunchDarkly", """ "bad":{"on":true,"variations":[true],"fallthrough":{"variation":0},"contextTargets":[MANY],"targets":[MANY]}""", """{"variation":NUMBER,"values":[]}""")]
    [InlineData("Eppo", """ "bad":{"enabled":true,"variationType":"INTEGER","variations":{"x":{"value":1}},"allocations":[{"key":"a","splits":[MANY]}]}""", """{"variationKey":"x","shards":[]}""")]
    [InlineData("ConfigCat", """ "bad":{"t":2,"r":[{"c":[],"p":[MANY]}],"v":{"i":1}}""", """{"p":0,"v":{"i":NUMBER},"i":"same"}""")]
    [InlineData("GrowthBook", """ "bad":{"defaultValue":1,"rules":[{"variations":[MANY]}]}""", "NUMBER")]
    [InlineData("GrowthBook", """ "bad":{"defaultValue":1,"rules":[MANY]}""", """{"force":NUMBER}""")]
    public void ListOfAHundredThousandIsReadInGoodTime(string backend, string flag, string item)
    {
        var (format, before, sound, after) = Backends[backend];
        var items = string.Join(',', Enumerable.Range(0, 100_000).Select(i => item.Replace("NUMBER", $"{i}", StringComparison.Ordinal)));

        var snapshot = Asked.Of(format, $"{before}{flag.Replace("MANY", items, StringComparison.Ordinal)},{sound}{after}");

        snapshot.IsEnabled("good", User).Should().BeTrue();
        _ = snapshot.EvaluateBoolean("bad", User).Reason;
    }
}
