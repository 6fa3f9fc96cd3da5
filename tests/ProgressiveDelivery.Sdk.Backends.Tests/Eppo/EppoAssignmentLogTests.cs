using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using ProgressiveDelivery.Sdk.Backends.Eppo;
using ProgressiveDelivery.Sdk.Observation;
using ProgressiveDelivery.Sdk.Reporting;
using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.Backends.Tests.Eppo;

/// <summary>The logs of assignments and of bandits' choices, as Eppo's warehouse analysis reads them.</summary>
public sealed class EppoAssignmentLogTests : IAsyncDisposable
{
    private const string Document = """
        {"flags":{
          "checkout":{"key":"checkout","enabled":true,"variationType":"STRING","entityId":7,"totalShards":10000,"variations":{"on":{"key":"on","value":"yes"},"off":{"key":"off","value":"no"},"on logged 1":{"key":"on logged 1","value":"odd"}},"allocations":[
            {"key":"silent","rules":[{"conditions":[{"attribute":"plan","operator":"ONE_OF","value":["free"]}]}],"splits":[{"variationKey":"off","shards":[]}],"doLog":false},
            {"key":"holdout","rules":[{"conditions":[{"attribute":"plan","operator":"ONE_OF","value":["gold"]}]}],"splits":[{"variationKey":"on","shards":[],"extraLogging":{"holdoutKey":"q1","holdoutVariation":"status_quo","weight":5}}],"doLog":true},
            {"key":"test","splits":[{"variationKey":"on","shards":[]}],"doLog":true}]},
          "account":{"key":"account","enabled":true,"variationType":"BOOLEAN","variations":{"on":{"key":"on","value":true}},"allocations":[{"key":"all","splits":[{"variationKey":"on","shards":[]}],"doLog":true}]}} }
        """;

    private readonly FakeTimeProvider _clock = new(new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero));
    private readonly InMemoryEventSink _sink = new();
    private ServiceProvider? _services;
    private string _subject = "targetingKey";

    public async ValueTask DisposeAsync()
    {
        if (_services is not null)
            await _services.DisposeAsync();
    }

    [Fact]
    public async Task AssignmentIsLoggedWithEpposNames()
    {
        var features = Client();

        features.GetString("checkout", new EvaluationContext("ada") { ["plan"] = "pro", ["age"] = 42, ["email"] = "a@b", ["none"] = default(AttributeValue), ["nan"] = double.NaN }.WithPrivate("email"), "").Should().Be("yes");

        var log = (EppoAssignmentEvent)(await SentAsync()).Single();
        var version = typeof(EppoFormat).Assembly.GetName().Version!.ToString(3);
        log.ToJson().Should().Be($$$"""{"id":"{{{log.Id}}}","allocation":"test","experiment":"checkout-test","featureFlag":"checkout","variation":"on","subject":"ada","subjectAttributes":{"age":42,"nan":null,"plan":"pro"},"timestamp":"2026-03-02T08:00:00Z","entityId":7,"extraLogging":{},"metaData":{"sdkName":"dotnet-progressivedelivery","sdkVersion":"{{{version}}}"}}""");
    }

    [Fact]
    public async Task ValueThatNoEventCanHoldIsNull()
    {
        var features = Client();
        var (shared, deep) = ((AttributeValue)1, (AttributeValue)1);
        for (var i = 0; i < 40; i++)
            shared = AttributeValue.List(shared, shared);
        for (var i = 0; i < 200_000; i++)
            deep = AttributeValue.List(deep);

        features.GetString("checkout", new EvaluationContext("ada") { ["deep"] = deep, ["plan"] = "pro", ["shared"] = shared }, "").Should().Be("yes");

        ((EppoAssignmentEvent)(await SentAsync()).Single()).ToJson().Should().Contain("""
            "subjectAttributes":{"deep":null,"plan":"pro","shared":null}
            """.Trim());
    }

    [Fact]
    public async Task OnlyLoggedAllocationsAreLogged()
    {
        var features = Client();

        features.GetString("checkout", Of("ada", "free"), "").Should().Be("no");
        features.GetString("unknown", Of("ada", "pro"), "").Should().Be("");
        features.GetInteger("checkout", Of("ada", "pro"), 5).Should().Be(5);
        features.Explain("checkout", Of("ada", "pro")).Variant.Should().Be("on");
        features.GetEppoAssignment("checkout", Of("ada", "pro")).DoLog.Should().BeTrue();
        features.Track("purchase", Of("ada", "pro"));

        (await SentAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task RepeatedAssignmentIsLoggedOnceAndAChangedOneAgain()
    {
        var features = Client();

        foreach (var plan in new[] { "pro", "pro", "gold", "pro", "pro" })
            features.GetSnapshot().GetString("checkout", Of("ada", plan), "");
        features.GetString("checkout", Of("bob", "pro"), "");
        _clock.Advance(TimeSpan.FromHours(1));
        features.EvaluateString("checkout", Of("bob", "pro"), "");

        (await SentAsync()).Cast<EppoAssignmentEvent>().Select(log => (log.Unit, log.Allocation)).Should().Equal(("ada", "test"), ("ada", "holdout"), ("ada", "test"), ("bob", "test"), ("bob", "test"));
    }

    [Fact]
    public async Task FurtherColumnsOfASplitAreLoggedUnderTheVariationsOwnName()
    {
        var features = Client();

        var answer = features.EvaluateString("checkout", Of("ada", "gold"), "");

        (answer.Value, answer.Variant, answer.Rule).Should().Be(("yes", "on", "holdout"));
        var log = (EppoAssignmentEvent)(await SentAsync()).Single();
        log.Variation.Should().Be("on");
        log.ExtraLogging.Should().BeEquivalentTo(new Dictionary<string, string> { ["holdoutKey"] = "q1", ["holdoutVariation"] = "status_quo", ["weight"] = "5" });
        log.ToJson().Should().Contain("""
            "extraLogging":{"holdoutKey":"q1","holdoutVariation":"status_quo","weight":"5"}
            """.Trim());
    }

    [Fact]
    public async Task SubjectIsWhatTheMappingSaysAndAPrivateOneIsAHash()
    {
        _subject = "account";
        var features = Client();

        features.IsEnabled("account", new EvaluationContext("ada") { ["account"] = 17 });
        features.IsEnabled("account", new EvaluationContext("ada") { ["account"] = 18 }.WithPrivate("account"));
        features.IsEnabled("account", new EvaluationContext("ada"));

        var logs = await SentAsync();
        logs.Select(log => log.UnitKind).Should().Equal("account", "account");
        logs[0].Unit.Should().Be("17");
        logs[1].Unit.Should().MatchRegex("^sha256:[0-9a-f]{32}$");
        logs[1].Attributes.Should().BeEmpty();
    }

    [Fact]
    public async Task OverrideOfAnOperatorIsNoAssignment()
    {
        var features = Client();
        await _services!.GetRequiredService<ISnapshotControl>().OverrideAsync("checkout", "off", new("ops", "incident"));

        features.GetString("checkout", Of("ada", "pro"), "").Should().Be("no");

        (await SentAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task RepeatedAssignmentAllocatesNothing()
    {
        var (features, ada) = (Client(), Of("ada", "pro"));

        Allocated.By(() => features.GetString("checkout", ada, "")).Should().Be(0);
        Allocated.By(() => features.EvaluateString("checkout", ada, "mine")).Should().Be(0);

        (await SentAsync()).Should().ContainSingle();
    }

    [Fact]
    public async Task HostileSubjectsAreLogged()
    {
        var features = Client();

        features.GetString("checkout", Of(new string('k', 10_000), "pro"), "");
        features.GetString("checkout", new EvaluationContext("\ud800") { ["\udfff"] = "\ud800" }, "");

        var logs = (await SentAsync()).Cast<EppoAssignmentEvent>().Select(log => JsonDocument.Parse(log.ToJson()).RootElement).ToArray();
        logs[0].GetProperty("subject").GetString().Should().HaveLength(10_000);
        logs[1].GetProperty("subjectAttributes").EnumerateObject().Select(member => (member.Name, member.Value.GetString())).Should().Equal(("\ufffd", "\ufffd"));
    }

    [Fact]
    public async Task ChoiceOfABanditIsLoggedOnceUntilItChanges()
    {
        const string config = """
            {"flags":{"hero":{"key":"hero","enabled":true,"variationType":"STRING","variations":{"bandit":{"key":"bandit","value":"hero-bandit"}},"allocations":[{"key":"training","splits":[{"variationKey":"bandit","shards":[]}],"doLog":true}]}},
             "banditReferences":{"hero-bandit":{"modelVersion":"v123","flagVariations":[{"key":"hero-bandit","flagKey":"hero","variationKey":"bandit","variationValue":"hero-bandit"}]}}}
            """;
        const string models = """
            {"bandits":{"hero-bandit":{"banditKey":"hero-bandit","modelName":"falcon","modelVersion":"v123","modelData":{"gamma":1.0,"defaultActionScore":0.0,"actionProbabilityFloor":0.2,"coefficients":{
              "nike":{"actionKey":"nike","intercept":2.0,"actionNumericCoefficients":[],"actionCategoricalCoefficients":[],"subjectNumericCoefficients":[],"subjectCategoricalCoefficients":[]} } } } } }
            """;
        var (features, bandits) = (Client(config), new EppoBandits(System.Text.Encoding.UTF8.GetBytes(config), System.Text.Encoding.UTF8.GetBytes(models)));
        var subject = new EppoSubject("ada", new Dictionary<string, double> { ["age"] = 42, ["nan"] = double.NaN }, new Dictionary<string, string> { ["plan"] = "pro" });
        EppoAction nike = new("nike", new Dictionary<string, double> { ["price"] = 9.5 }, new Dictionary<string, string> { ["brand"] = "n" });
        EppoAction adidas = new("adidas", new Dictionary<string, double>(), new Dictionary<string, string>());

        bandits.Choose(features, "hero", subject, [nike], "").Action.Should().Be("nike");
        bandits.Choose(features.GetSnapshot(), "hero", subject, [nike], "").Action.Should().Be("nike");
        bandits.Choose(features, "hero", subject, [], "").Action.Should().BeNull();
        bandits.Choose(features, "hero", subject with { Key = "bob" }, [nike, adidas], "").Action.Should().NotBeNull();

        var sent = await SentAsync();
        sent.OfType<EppoAssignmentEvent>().Select(log => (log.Unit, log.Variation)).Should().Equal(("ada", "bandit"), ("bob", "bandit"));
        var choices = sent.OfType<EppoBanditEvent>().ToArray();
        choices.Select(choice => choice.Unit).Should().Equal("ada", "bob");
        using var json = JsonDocument.Parse(choices[0].ToJson());
        var log = json.RootElement;
        log.EnumerateObject().Select(member => (member.Name, member.Value.GetRawText())).Where(member => member.Name is not ("id" or "metaData")).Should().Equal(
            ("featureFlag", "\"hero\""),
            ("bandit", "\"hero-bandit\""),
            ("subject", "\"ada\""),
            ("action", "\"nike\""),
            ("actionProbability", "1"),
            ("optimalityGap", "0"),
            ("modelVersion", "\"v123\""),
            ("timestamp", "\"2026-03-02T08:00:00Z\""),
            ("subjectNumericAttributes", """{"age":42,"nan":null}"""),
            ("subjectCategoricalAttributes", """{"plan":"pro"}"""),
            ("actionNumericAttributes", """{"price":9.5}"""),
            ("actionCategoricalAttributes", """{"brand":"n"}"""));

        // Two actions with scores of 2 and 0: the worse one has max(0.2 / 2, 1 / (2 + 1 * 2)).
        (choices[1].ActionProbability, choices[1].OptimalityGap).Should().Be(choices[1].Action.Key == "nike" ? (0.75, 0) : (0.25, 2));
    }

    [Fact]
    public async Task SinkCanBeAServiceOfTheContainer()
    {
        _services = new ServiceCollection().AddSingleton<TimeProvider>(_clock).AddSingleton(_sink)
            .AddProgressiveDelivery(flags => flags.From(_ => new InMemorySnapshotSource(Document, new EppoFormat())).SendEppoAssignmentsTo<InMemoryEventSink>()).BuildServiceProvider();

        _services.GetRequiredService<IFeatureClient>().GetString("checkout", Of("ada", "pro"), "");

        (await SentAsync()).Should().ContainSingle();
    }

    private static EvaluationContext Of(string subject, string plan) => new(subject) { ["plan"] = plan };

    private IFeatureClient Client(string document = Document)
    {
        var format = new EppoFormat(new() { Subject = _subject });
        _services = new ServiceCollection().AddSingleton<TimeProvider>(_clock)
            .AddProgressiveDelivery(flags => flags.From(_ => new InMemorySnapshotSource(document, format)).SendEppoAssignmentsTo(_sink)).BuildServiceProvider();
        return _services.GetRequiredService<IFeatureClient>();
    }

    // The clock stands: events leave when the client ends.
    private async Task<IReadOnlyList<FeatureEvent>> SentAsync()
    {
        await _services!.DisposeAsync();
        return _sink.Events;
    }
}
