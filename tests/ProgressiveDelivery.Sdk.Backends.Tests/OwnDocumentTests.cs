using ProgressiveDelivery.Sdk.Backends.Eppo;
using ProgressiveDelivery.Sdk.Backends.Flagd;
using ProgressiveDelivery.Sdk.Backends.GrowthBook;
using ProgressiveDelivery.Sdk.Backends.LaunchDarkly;

namespace ProgressiveDelivery.Sdk.Backends.Tests;

/// <summary>Which documents count as a backend's own: the first flag alone does not decide.</summary>
public sealed class OwnDocumentTests
{
    private const string Sound = """ "b":{"on":true,"variations":[true],"fallthrough":{"variation":0}}""";
    private const string SoundOfEppo = """ "b":{"enabled":true,"variationType":"BOOLEAN","variations":{"on":{"value":true}},"allocations":[{"key":"a","splits":[{"variationKey":"on","shards":[]}]}]}""";

    private static readonly EvaluationContext User = new("u");

    [Theory]
    [InlineData("""{"version":7,"deleted":true}""")]
    [InlineData("{}")]
    [InlineData("17")]
    [InlineData("null")]
    [InlineData("""{"variations":{}}""")]
    public void FirstFlagOfLaunchDarklyMayBeAnything(string first)
    {
        Asked.Of(new LaunchDarklyFormat(), $$"""{"flags":{"a":{{first}},{{Sound}} } }""").IsEnabled("b", User).Should().BeTrue();
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"key":"a","enabled":false}""")]
    [InlineData("17")]
    [InlineData("null")]
    public void FirstFlagOfEppoMayBeAnything(string first)
    {
        Asked.Of(new EppoFormat(), $$"""{"flags":{"a":{{first}},{{SoundOfEppo}} } }""").IsEnabled("b", User).Should().BeTrue();
    }

    [Theory]
    [InlineData("""{"flags":{"a":{"version":7,"deleted":true}}}""")]
    [InlineData("""{"flags":{}}""")]
    [InlineData("""{"flags":{"a":{}}}""")]
    public void FlagsThatAreDeletedOrEmptySpeakNotAgainstLaunchDarkly(string document) => Asked.Read(new LaunchDarklyFormat(), document).Definition.Should().NotBeNull();

    [Theory]
    [InlineData("""{"flags":{}}""")]
    [InlineData("""{"flags":{"a":{}}}""")]
    [InlineData("""{"flags":{"a":{"key":"a","enabled":false}}}""")]
    public void FlagsThatAreDisabledOrEmptySpeakNotAgainstEppo(string document) => Asked.Read(new EppoFormat(), document).Definition.Should().NotBeNull();

    [Theory]
    [InlineData("""{"flags":{"a":{},"b":{"state":"ENABLED","variants":{"on":true}}}}""", "flagd")]
    [InlineData("""{"flags":{"a":{"enabled":false},"b":{"variationType":"BOOLEAN","allocations":[]}}}""", "Eppo")]
    public void LaunchDarklyRejectsFlagsOfAnotherBackendInAnyOrder(string document, string other)
    {
        var (definition, diagnostics) = Asked.Read(new LaunchDarklyFormat(), document);

        definition.Should().BeNull();
        diagnostics.Should().ContainSingle().Which.Message.Should().Contain("It looks like").And.Contain(other);
    }

    [Theory]
    [InlineData("""{"flags":{"a":{"version":7,"deleted":true},"b":{"on":true,"variations":[true],"fallthrough":{"variation":0}}}}""", "LaunchDarkly")]
    [InlineData("""{"flags":{"a":17,"b":{"state":"ENABLED","variants":{"on":true}}}}""", "flagd")]
    public void EppoRejectsFlagsOfAnotherBackendInAnyOrder(string document, string other)
    {
        var (definition, diagnostics) = Asked.Read(new EppoFormat(), document);

        definition.Should().BeNull();
        diagnostics.Should().ContainSingle().Which.Message.Should().Contain("It looks like").And.Contain(other);
    }

    [Theory]
    [InlineData("{}", 0)]
    [InlineData("""{"status":200,"dateUpdated":"2026-01-01T00:00:00Z"}""", 0)]
    [InlineData("""{"experiments":[{"key":"e","variations":[0,1]}]}""", 1)]
    [InlineData("""{"savedGroups":{}}""", 0)]
    public void PayloadOfGrowthBookMayLackFeatures(string payload, int flags)
    {
        var (definition, diagnostics) = Asked.Read(new GrowthBookFormat(), payload);

        definition!.Flags.Should().HaveCount(flags);
        diagnostics.Should().ContainSingle().Which.Id.Should().Be("PD1135", "who had features is told that there are none");
    }

    [Theory]
    [InlineData("""{"status":400,"error":"Invalid API key"}""")]
    [InlineData("""{"error":"not found"}""")]
    [InlineData("""{"status":500,"experiments":[]}""")]
    [InlineData("""{"status":200}""")]
    [InlineData("""{"message":"ok"}""")]
    [InlineData("""{"features":[]}""")]
    [InlineData("[]")]
    [InlineData("null")]
    public void OtherDocumentsWithoutFeaturesAreNoPayloadOfGrowthBook(string document) =>
        Asked.Read(new GrowthBookFormat(), document).Diagnostics.Should().ContainSingle().Which.Id.Should().Be("PD1002");

    [Fact]
    public void FirstFlagOfFlagdMayBeAnything() =>
        Asked.Of(new FlagdFormat(), """{"flags":{"a":{},"b":{"state":"ENABLED","variants":{"on":true},"defaultVariant":"on"}}}""").IsEnabled("b", User).Should().BeTrue();
}
