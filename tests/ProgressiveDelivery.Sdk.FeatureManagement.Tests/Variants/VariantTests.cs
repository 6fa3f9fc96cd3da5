using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.FeatureManagement.Tests.Support;
using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.FeatureManagement.Tests.Variants;

/// <summary>Microsoft's variants, made of ours.</summary>
public sealed class VariantTests
{
    [Fact]
    public async Task ScalarIsTheValueOfTheConfiguration()
    {
        (await ConfigurationOfAsync(FlagType.String, "007"))!.Value.Should().Be("007");
        (await ConfigurationOfAsync(FlagType.Integer, 42))!.Value.Should().Be("42");
        (await ConfigurationOfAsync(FlagType.Number, 2.5))!.Value.Should().Be("2.5");
        (await ConfigurationOfAsync(FlagType.Json, VariantValue.Json("true")))!.Value.Should().Be("True");
        (await ConfigurationOfAsync(FlagType.String, ""))!.Value.Should().BeEmpty();
    }

    [Theory]
    [InlineData("""{ "dark": true, "sizes": [1, 2.5, "x"], "more": { "deep": [{ "a": 1 }, { "a": null }] }, "a:b": "colon" }""")]
    [InlineData("""[[1], [2, 3], { "k": "v" }]""")]
    [InlineData("""[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]""")]
    [InlineData("1e2")]
    [InlineData("-0.50")]
    [InlineData("false")]
    [InlineData("\"ümläut\"")]
    public async Task JsonIsTheConfigurationThatAFileWouldGive(string json)
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes($$"""{ "configuration_value": {{json}} }"""));
        var oracle = new ConfigurationBuilder().AddJsonStream(file).Build().GetSection("configuration_value");

        var section = (await ConfigurationOfAsync(FlagType.Json, VariantValue.Json(json)))!;

        section.AsEnumerable().Should().Equal(oracle.AsEnumerable());
        (section.Key, section.Path).Should().Be((oracle.Key, oracle.Path));
    }

    [Fact]
    public async Task ConfigurationBindsToAType()
    {
        var section = await ConfigurationOfAsync(FlagType.Json, VariantValue.Json("""{ "Color": "red", "Sizes": [1, 2] }"""));

        section!.Get<Look>().Should().BeEquivalentTo(new Look { Color = "red", Sizes = [1, 2] });
    }

    [Fact]
    public async Task ConfigurationIsMadeOnceForASnapshotAndCannotBeChanged()
    {
        var source = new InMemorySnapshotSource(Some.Snapshot(Some.Of("f", FlagType.String, "a")));
        await using var services = Some.Services(source);
        var manager = services.VariantManager();
        var first = await manager.GetVariantAsync("f");

        first.Name = "mine";
        first.Configuration.Invoking(section => section.Value = "mine").Should().Throw<NotSupportedException>().WithMessage("*cannot be changed*");

        var second = await manager.GetVariantAsync("f");
        (second.Name, second.Configuration.Value).Should().Be(("only", "a"));
        second.Configuration.Should().BeSameAs(first.Configuration);

        source.Set(new SnapshotDefinition { Version = 2, Flags = [Some.Of("f", FlagType.String, "b")] });
        await Until.HoldsAsync(() => services.GetRequiredService<IFeatureClient>().Status.SnapshotVersion == 2);
        (await manager.GetVariantAsync("f")).Configuration.Value.Should().Be("b");
    }

    [Fact]
    public async Task BooleanFlagHasNoVariant()
    {
        await using var services = Some.Services([Some.Flag("on")]);

        (await services.VariantManager().GetVariantAsync("on")).Should().BeNull();
    }

    [Fact]
    public async Task FlagThatServesNothingHasNoVariant()
    {
        await using var services = Some.Services([Some.Of("f", FlagType.String, "a") with { Default = null }]);

        (await services.VariantManager().GetVariantAsync("f")).Should().BeNull();
    }

#pragma warning disable PD9001 // Two facets, as backends translate them.
    [Fact]
    public async Task VariantWithoutAValueHasNoConfiguration()
    {
        var flag = new FlagDefinition { Key = "f", Type = FlagType.Json, Variants = [new() { Name = "bare", Value = default, Enabled = true }, new() { Name = "true", Value = VariantValue.Json("true") }], Default = "bare" };
        await using var services = Some.Services([flag, flag with { Key = "g", Default = "true" }]);

        var bare = await services.VariantManager().GetVariantAsync("f");

        bare.Name.Should().Be("bare");
        bare.Configuration.Should().BeNull();
        (await services.VariantManager().GetVariantAsync("g")).Configuration.Value.Should().Be("True");
    }

    [Fact]
    public async Task NoAllocationIsNoVariant()
    {
        var flag = new FlagDefinition { Key = "f", Type = FlagType.String, Variants = [new() { Name = "(enabled)", Value = default, Enabled = true }], Default = "(enabled)" };
        await using var services = Some.Services([flag]);

        (await services.Manager().IsEnabledAsync("f")).Should().BeTrue();
        (await services.VariantManager().GetVariantAsync("f")).Should().BeNull();
    }
#pragma warning restore PD9001

    private static async Task<IConfigurationSection?> ConfigurationOfAsync(FlagType type, VariantValue value)
    {
        await using var services = Some.Services([Some.Of("f", type, value)]);
        var variant = await services.VariantManager().GetVariantAsync("f");
        variant.Name.Should().Be("only");
        return variant.Configuration;
    }

    private sealed class Look
    {
        public string Color { get; set; } = "";

        public int[] Sizes { get; set; } = [];
    }
}
