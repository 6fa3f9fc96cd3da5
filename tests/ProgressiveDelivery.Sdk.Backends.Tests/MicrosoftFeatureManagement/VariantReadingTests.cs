using System.Text.Json.Serialization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.Backends.MicrosoftFeatureManagement;

namespace ProgressiveDelivery.Sdk.Backends.Tests.MicrosoftFeatureManagement;

/// <summary>Values from configuration are texts, and are read as asked, as the binder would read them.</summary>
public sealed class VariantReadingTests
{
    [Fact]
    public async Task TextThatLooksLikeANumberIsReadAsTextAndAsANumber()
    {
        await using var services = Services(Variants("90210"));
        var features = await ReadyAsync(services);

        features.GetString("f", EvaluationContext.Empty, null).Should().Be("90210");
        features.GetInteger("f", EvaluationContext.Empty, 0).Should().Be(90210);
        features.GetNumber("f", EvaluationContext.Empty, 0).Should().Be(90210);
        features.Get(new FeatureFlag<string>("f", "fallback"), EvaluationContext.Empty).Should().Be("90210");
        features.Get(new FeatureFlag<int>("f", 0), EvaluationContext.Empty).Should().Be(90210);
    }

    [Theory]
    [InlineData("90210", 90210L)]
    [InlineData("007", 7L)]
    [InlineData("5.0", 5L)]
    [InlineData("none", -1L)]
    [InlineData("1.5", -1L)]
    [InlineData("9223372036854775808", -1L)]
    public async Task NeighborsDoNotDecideHowAValueIsRead(string value, long expected)
    {
        await using var services = Services(Variants(value, "none", "7"));
        var features = await ReadyAsync(services);

        features.GetString("f", EvaluationContext.Empty, null).Should().Be(value);
        features.GetInteger("f", EvaluationContext.Empty, -1).Should().Be(expected);
    }

    [Fact]
    public async Task WrongTypeIsATypeMismatch()
    {
        await using var services = Services(Variants("none"));
        var features = await ReadyAsync(services);

        features.EvaluateInteger("f", EvaluationContext.Empty, 3).Should().Match<Evaluation<long>>(answer => answer.Reason == EvaluationReason.TypeMismatch && answer.Value == 3);
    }

    [Fact]
    public async Task MembersOfAnObjectAreReadAsTheTypeWantsThem()
    {
        var pairs = Variants();
        pairs["feature_management:feature_flags:0:variants:0:configuration_value:Zip"] = "90210";
        pairs["feature_management:feature_flags:0:variants:0:configuration_value:Size"] = "12";
        pairs["feature_management:feature_flags:0:variants:0:configuration_value:Dark"] = "true";
        pairs["feature_management:feature_flags:0:variants:0:configuration_value:Codes:0"] = "1";
        pairs["feature_management:feature_flags:0:variants:0:configuration_value:Codes:1"] = "True";
        await using var services = Services(pairs);
        var features = await ReadyAsync(services);

        features.GetJson("f", EvaluationContext.Empty, Shop.None, ShopJson.Default.Shop).Should().BeEquivalentTo(new Shop("90210", 12, true, ["1", "True"]));
        features.EvaluateString("f", EvaluationContext.Empty, null).Reason.Should().Be(EvaluationReason.TypeMismatch, "an object is no text");
    }

    [Fact]
    public async Task ValueAboveFiltersDecidesAsItDoesForMicrosoft()
    {
        await using var services = Services(new() { ["FeatureManagement:f"] = "True", ["FeatureManagement:f:EnabledFor:0:Name"] = "TimeWindow" });
        var features = await ReadyAsync(services);

        features.IsEnabled("f", EvaluationContext.Empty).Should().BeTrue();
    }

    [Fact]
    public async Task FlagsRightBelowASectionAreReadAndNothingElseIsKept()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["MyFlags:f"] = "True",
            ["MyFlags:g:EnabledFor:0:Name"] = "AlwaysOn",
            ["MyFlags:Password"] = "secret",
            ["MyFlags:Database:Password"] = "secret",
        }).Build();

        var document = System.Text.Encoding.UTF8.GetString(ConfigurationDocument.Of(configuration.GetSection("MyFlags"), flagsAtRoot: true));

        document.Should().Be("""{"feature_management":{},"FeatureManagement":{"f":"True","g":{"EnabledFor":[{"Name":"AlwaysOn"}]}}}""");
    }

    private static Dictionary<string, string?> Variants(params string[] values)
    {
        var pairs = new Dictionary<string, string?>
        {
            ["feature_management:feature_flags:0:id"] = "f",
            ["feature_management:feature_flags:0:enabled"] = "true",
            ["feature_management:feature_flags:0:allocation:default_when_enabled"] = "0",
            ["feature_management:feature_flags:0:variants:0:name"] = "0",
        };
        for (var i = 0; i < values.Length; i++)
        {
            pairs[$"feature_management:feature_flags:0:variants:{i}:name"] = $"{i}";
            pairs[$"feature_management:feature_flags:0:variants:{i}:configuration_value"] = values[i];
        }

        return pairs;
    }

    private static ServiceProvider Services(Dictionary<string, string?> pairs) => new ServiceCollection().AddLogging()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(pairs).Build())
        .AddProgressiveDelivery(flags => flags.FromFeatureManagement()).BuildServiceProvider();

    private static async Task<IFeatureClient> ReadyAsync(ServiceProvider services)
    {
        var features = services.GetRequiredService<IFeatureClient>();
        await features.WaitUntilReadyAsync(TimeSpan.FromMinutes(2));
        return features;
    }
}

internal sealed record Shop(string Zip, int Size, bool Dark, string[] Codes)
{
    public static Shop None { get; } = new("", 0, false, []);
}

[JsonSerializable(typeof(Shop))]
internal sealed partial class ShopJson : JsonSerializerContext;
