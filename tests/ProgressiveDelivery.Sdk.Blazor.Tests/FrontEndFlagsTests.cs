using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.Blazor.Tests.Support;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.DependencyInjection;

namespace ProgressiveDelivery.Sdk.Blazor.Tests;

/// <summary>A client that answers with what a server evaluated.</summary>
public sealed class FrontEndFlagsTests
{
    private static readonly JsonTypeInfo<JsonElement> Element = (JsonTypeInfo<JsonElement>)JsonSerializerOptions.Default.GetTypeInfo(typeof(JsonElement));

    [Fact]
    public async Task ClientGivesTheServersAnswers()
    {
        await using var server = Client(flags => flags.FromSnapshot(new()
        {
            Version = 7,
            Flags =
            [
                Flag("boolean", FlagType.Boolean, true), Flag("string", FlagType.String, "é\n'<"), Flag("integer", FlagType.Integer, long.MaxValue), Flag("number", FlagType.Number, 0.25),
                Flag("whole", FlagType.Number, 3.0), Flag("json", FlagType.Json, VariantValue.Json("""{ "a": [ 1 ] }""")), Flag("text-of-json", FlagType.Json, VariantValue.Json("\"a\"")),
                Flag("facet", FlagType.String, "b") with { Variants = [new() { Name = "v", Value = "b", Enabled = true }] },
                Flag("on-without-value", FlagType.String, VariantValue.None) with { Variants = [new() { Name = "v", Value = VariantValue.None, Enabled = true }] },
                Flag("hidden", FlagType.String, "secret") with { ClientVisible = false },
            ],
        }));
        var there = Features(server);
        await using var browser = Client(flags => flags.FromFrontEndFlags(there.GetFrontEndFlags(new("ann")).ToJson()));
        var here = Features(browser);

        foreach (var features in new[] { there, here })
        {
            features.EvaluateBoolean("boolean", EvaluationContext.Empty).ToString().Should().StartWith("True (v");
            features.EvaluateString("string", EvaluationContext.Empty, null).ToString().Should().StartWith("é\n'< (v");
            features.GetInteger("integer", EvaluationContext.Empty, 0).Should().Be(long.MaxValue);
            (features.GetNumber("number", EvaluationContext.Empty, 0), features.GetNumber("whole", EvaluationContext.Empty, 0)).Should().Be((0.25, 3));
            features.GetJson("json", EvaluationContext.Empty, default, Element).GetProperty("a")[0].GetInt32().Should().Be(1);
            features.GetJson("text-of-json", EvaluationContext.Empty, default, Element).GetString().Should().Be("a");
            (features.IsEnabled("facet", EvaluationContext.Empty), features.GetString("facet", EvaluationContext.Empty, null)).Should().Be((true, "b"));
            (features.IsEnabled("on-without-value", EvaluationContext.Empty), features.GetString("on-without-value", EvaluationContext.Empty, "mine")).Should().Be((true, "mine"));
        }

        here.EvaluateString("hidden", EvaluationContext.Empty, "mine").Reason.Should().Be(EvaluationReason.FlagNotFound);
        here.EvaluateBoolean("boolean", EvaluationContext.Empty).Metadata["reason"].GetString().Should().Be("Default");
    }

    [Fact]
    public async Task ComponentsShowTheServersAnswersAtOnce()
    {
        await using var page = new BunitContext();
        page.Services.AddProgressiveDelivery(flags => flags
            .FromFrontEndFlags("""{ "version": 7, "flags": { "f": { "value": true, "variant": "on", "reason": "Split" }, "color": { "value": "#f00", "variant": "red", "reason": "Split" } } }""").AddBlazor());

        page.Render<Feature>(parameters => parameters.Add(f => f.Flag, "f").AddChildContent("shown")).Markup.Should().Be("shown");
        page.Render<Feature>(parameters => parameters.Add(f => f.Flag, "color").Add(f => f.Variants, Page.Variants("red", "blue"))).Markup.Should().Be("[red]");
    }

    [Theory]
    [InlineData("", "PD1001")]
    [InlineData("<html>", "PD1001")]
    [InlineData("[]", "PD1002")]
    [InlineData("""{ "version": 7 }""", "PD1002")]
    [InlineData("""{ "schema": "progressive-delivery/1", "version": 7, "flags": {} }""", "PD1002")]
    public async Task DocumentOfAnotherFormIsAFaultAndNoAnswer(string json, string id)
    {
        await using var browser = Client(flags => flags.FromFrontEndFlags(json));

        var status = await Features(browser).WaitUntilReadyAsync(Until.Patience);

        (status.State, status.Cause!.Message.Contains(id, StringComparison.Ordinal)).Should().Be((FeatureClientState.NotReady, true), status.Cause.Message);
        Features(browser).IsEnabled("f", EvaluationContext.Empty, fallback: true).Should().BeTrue();
    }

    [Theory]
    [InlineData("7")]
    [InlineData("""{ "value": true }""")]
    [InlineData("""{ "value": true, "variant": 7 }""")]
    [InlineData("""{ "value": "b", "variant": "v", "enabled": "yes" }""")]
    [InlineData("""{ "value": "\ud800", "variant": "v" }""")]
    public async Task MalformedAnswerCostsNoOther(string answer)
    {
        await using var browser = Client(flags => flags.FromFrontEndFlags($$"""{ "flags": { "bad": {{answer}}, "good": { "value": true, "variant": "on" }, "good-too": { "value": true, "variant": "on" } } }"""));
        var features = Features(browser);

        features.EvaluateString("bad", EvaluationContext.Empty, "mine").Should().BeEquivalentTo(new { Value = "mine", Reason = EvaluationReason.Error });
        features.IsEnabled("good", EvaluationContext.Empty).Should().BeTrue();
    }

    [Fact]
    public async Task AnswerWithoutValueIsTheFallback()
    {
        await using var browser = Client(flags => flags.FromFrontEndFlags("""{ "flags": { "f": { "value": null, "variant": "none", "reason": "Default" } } }"""));

        Features(browser).GetString("f", EvaluationContext.Empty, "mine").Should().Be("mine");
    }

    [Fact]
    public async Task AnswersOfThePageAreInForceUntilThoseOfTheAddressAre()
    {
        using var server = new PlayedServer("""{ "version": 7, "flags": { "color": { "value": "#00f", "variant": "blue", "reason": "Split" } } }""");
        await using var browser = Client(flags =>
        {
            flags.FromFrontEndFlags(http => (http.Address, http.HttpClientName) = (new("https://shop.example/flags"), "played"))
                .FallBackToDocument("""{ "version": 7, "flags": { "color": { "value": "#f00", "variant": "red", "reason": "Split" } } }""");
            flags.Services.AddHttpClient("played").ConfigurePrimaryHttpMessageHandler(() => server);
        });
        var features = Features(browser);
        features.EvaluateString("color", EvaluationContext.Empty, null).Should().BeEquivalentTo(new { Variant = "red", Origin = SnapshotOrigin.Bundled });

        server.Answer.SetResult();

        await Until.HoldsAsync(() => features.EvaluateString("color", EvaluationContext.Empty, null).Variant == "blue");
        features.Status.State.Should().Be(FeatureClientState.Ready);
    }

    private static FlagDefinition Flag(string key, FlagType type, VariantValue value) =>
        new() { Key = key, Type = type, Variants = [new() { Name = "v", Value = value }], Default = "v", ClientVisible = true };

    private static ServiceProvider Client(Action<ProgressiveDeliveryBuilder> configure) => new ServiceCollection().AddProgressiveDelivery(configure).BuildServiceProvider();

    private static IFeatureClient Features(ServiceProvider services) => services.GetRequiredService<IFeatureClient>();

    /// <summary>A server that answers once a test lets it.</summary>
    private sealed class PlayedServer(string document) : HttpMessageHandler
    {
        public TaskCompletionSource Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Answer.Task.WaitAsync(cancellationToken);
            return new(HttpStatusCode.OK) { Content = new StringContent(document, System.Text.Encoding.UTF8, "application/json") };
        }
    }
}
