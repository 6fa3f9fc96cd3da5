using System.Text.Json;
using ProgressiveDelivery.Sdk.Reporting;
using static ProgressiveDelivery.Sdk.Backends.Tests.LaunchDarkly.EventsUnderTest;

namespace ProgressiveDelivery.Sdk.Backends.Tests.LaunchDarkly;

/// <summary>The single events that LaunchDarkly gets: what is recorded, and in which form.</summary>
public sealed class LaunchDarklyEventTests
{
    private const string First = "\"fallthrough\":{\"variation\":0}";

    private static readonly EvaluationContext Ada = new("ada") { ["plan"] = "pro" };

    [Fact]
    public async Task TrackedFlagHasAnEventOfEachAnswerAndAnIndexOfTheContext()
    {
        await using var events = new EventsUnderTest { Flags = FlagOf("shown", $"\"trackEvents\":true,{First}") };

        events.Client.GetString("shown", Ada, "mine").Should().Be("a");
        events.Client.EvaluateString("shown", Ada, "other").Value.Should().Be("a");
        var sent = await events.SentAsync();

        sent.Select(one => one.GetRawText()).Should().Equal(
            $$$"""{"kind":"index","creationDate":{{{Date(Now)}}},"context":{"kind":"user","key":"ada","plan":"pro"}}""",
            $$$"""{"kind":"feature","creationDate":{{{Date(Now)}}},"key":"shown","version":7,"variation":0,"value":"a","default":"mine","context":{"kind":"user","key":"ada","plan":"pro"}}""",
            $$$"""{"kind":"feature","creationDate":{{{Date(Now)}}},"key":"shown","version":7,"variation":0,"value":"a","default":"other","reason":{"kind":"FALLTHROUGH"},"context":{"kind":"user","key":"ada","plan":"pro"}}""");
    }

    [Fact]
    public async Task ContextOnTheStackIsRecordedToo()
    {
        await using var events = new EventsUnderTest { Flags = FlagOf("shown", $"\"trackEvents\":true,{First}") };
        var ada = new StackContext("ada");
        ada.Set("plan", "free");
        ada.Set("plan", "pro");

        events.Client.GetSnapshot().Get(new FeatureFlag<string>("shown", "mine"), in ada).Should().Be("a");

        (await events.SentAsync("feature")).Single().GetProperty("context").GetRawText().Should().Be("""{"kind":"user","key":"ada","plan":"pro"}""");
    }

    [Fact]
    public async Task ContextHasOneIndexWhateverIsAskedForIt()
    {
        await using var events = new EventsUnderTest { Flags = FlagOf("plain", First) };

        for (var i = 0; i < 3; i++)
        {
            events.Client.GetString("plain", Ada, "");
            events.Client.GetString("unknown", new EvaluationContext("bob"), "");
            events.Client.Track("seen", new EvaluationContext("cyd"));
        }

        var sent = await events.SentAsync();

        Of(sent, "index").Select(one => one.GetProperty("context").GetProperty("key").GetString()).Should().Equal("ada", "bob", "cyd");
        Of(sent, "custom").Should().HaveCount(3);
        sent.Should().HaveCount(6);
    }

    [Fact]
    public async Task ContextIsIndexedAgainAfterItsTime()
    {
        await using var events = new EventsUnderTest { Flags = FlagOf("plain", First), Configure = options => options.RepeatContextsAfter = TimeSpan.FromHours(1), Pipeline = static options => options.FlushInterval = TimeSpan.FromHours(1) };
        events.Client.GetString("plain", Ada, "");
        events.Clock.Advance(TimeSpan.FromMinutes(59));
        events.Client.GetString("plain", Ada, "");
        events.Server.Otherwise(Reply.Status("202 Accepted"));

        events.Clock.Advance(TimeSpan.FromMinutes(1));
        events.Client.GetString("plain", Ada, "");
        await events.EndAsync();

        events.Client.Status.EventSinks[0].Sent.Should().Be(2);
    }

    [Fact]
    public async Task ContextThatLaunchDarklyCannotNameHasNoEvents()
    {
        await using var events = new EventsUnderTest { Flags = FlagOf("shown", $"\"trackEvents\":true,{First}") };

        foreach (var nameless in new[] { EvaluationContext.Empty, new(""), Ada.WithKind("organization", new EvaluationContext { ["plan"] = "gold" }) })
        {
            events.Client.GetString("shown", nameless, "mine").Should().Be("mine");
            events.Client.GetString("unknown", nameless, "mine");
            events.Client.Track("seen", nameless);
        }

        await events.EndAsync();

        events.Server.Served.Should().Be(0);
        events.Client.Status.EventSinks[0].Should().BeEquivalentTo(new { Sent = 0L, Queued = 0L, Lost = 0L });
    }

    [Fact]
    public async Task OnlyTheTrackedPartOfAFlagIsRecordedWithItsReason()
    {
        const string members = """
            "targets":[{"values":["eve"],"variation":1}],
            "rules":[{"id":"r0","clauses":[{"attribute":"key","op":"in","values":["bob"]}],"variation":0},
                     {"id":"r1","clauses":[{"attribute":"key","op":"in","values":["cyd"]}],"variation":1,"trackEvents":true}],
            "trackEventsFallthrough":true,"fallthrough":{"variation":0}
            """;
        await using var events = new EventsUnderTest { Flags = FlagOf("parts", members) + "," + FlagOf("off", members.Replace("\"targets\"", "\"on\":false,\"targets\"", StringComparison.Ordinal)) };

        foreach (var user in new[] { "eve", "bob", "cyd", "ada" })
        {
            events.Client.GetString("parts", new EvaluationContext(user), "");
            events.Client.GetString("off", new EvaluationContext(user), "");
        }

        (await events.SentAsync("feature")).Select(one => (one.GetProperty("key").GetString(), one.GetProperty("context").GetProperty("key").GetString(), one.GetProperty("reason").GetRawText())).Should().Equal(
            ("parts", "cyd", """{"kind":"RULE_MATCH","ruleIndex":1,"ruleId":"r1"}"""),
            ("parts", "ada", """{"kind":"FALLTHROUGH"}"""));
    }

    [Fact]
    public async Task ExperimentIsRecordedExceptForItsUntrackedPart()
    {
        const string rollout = """{"kind":"experiment","variations":[{"variation":0,"weight":50000},{"variation":1,"weight":50000,"untracked":true}]}""";
        await using var events = new EventsUnderTest { Flags = FlagOf("test", $"\"targets\":[{{\"values\":[\"eve\"],\"variation\":0}}],\"rules\":[{{\"id\":\"all\",\"clauses\":[],\"rollout\":{rollout}}}],{First}") };
        var inExperiment = 0;

        for (var i = 0; i < 50; i++)
            inExperiment += events.Client.GetString("test", new EvaluationContext($"user-{i}"), "") == "a" ? 1 : 0;
        events.Client.GetString("test", new EvaluationContext("eve"), "").Should().Be("a");

        var features = await events.SentAsync("feature");
        features.Should().HaveCount(inExperiment).And.HaveCountGreaterThan(10).And.HaveCountLessThan(40);
        features.Select(one => (one.GetProperty("variation").GetInt32(), one.GetProperty("reason").GetRawText())).Distinct().Should().Equal((0, """{"kind":"RULE_MATCH","ruleIndex":0,"ruleId":"all","inExperiment":true}"""));
    }

    [Theory]
    [InlineData(1, null, true)]
    [InlineData(0, null, false)]
    [InlineData(1, -100_000, true)]
    [InlineData(1_000, 1_001, false)]
    [InlineData(1_000, 999, true)]
    public async Task FlagIsDebuggedUntilItsDateByEitherClock(int untilSeconds, int? serverSeconds, bool isDebugged)
    {
        await using var events = new EventsUnderTest { Flags = FlagOf("debugged", $"\"debugEventsUntilDate\":{Date(Now.AddSeconds(untilSeconds))},{First}"), Pipeline = static options => options.MaxBatchEvents = 1 };
        string[] date = serverSeconds is { } seconds ? [$"Date: {Now.AddSeconds(seconds):R}"] : [];
        events.Server.Then(Reply.Status("202 Accepted", date)).Otherwise(Reply.Status("202 Accepted"));
        events.Client.Track("first", new EvaluationContext("bob"));
        await Until.HoldsAsync(() => events.Client.Status.EventSinks[0].Sent >= 1);

        events.Client.GetString("debugged", new EvaluationContext("bob"), "mine");
        await events.EndAsync();

        var requests = new List<JsonElement>();
        for (var i = events.Server.Served; i > 0; i--)
            requests.AddRange(Events(await events.Server.RequestAsync()));
        requests.Select(one => one.GetProperty("kind").GetString()).Should().Equal(isDebugged ? ["index", "custom", "debug"] : ["index", "custom"]);
        if (isDebugged)
            requests[2].GetRawText().Should().Be($$$"""{"kind":"debug","creationDate":{{{Date(Now)}}},"key":"debugged","version":7,"variation":0,"value":"a","default":"mine","context":{"kind":"user","key":"bob"}}""");
    }

    [Fact]
    public async Task OutcomeIsACustomEvent()
    {
        await using var events = new EventsUnderTest();

        events.Client.Track("purchase", Ada, 12.5);
        events.Client.Track("purchase", Ada, double.NaN);

        (await events.SentAsync("custom")).Single().GetRawText().Should().Be(
            $$$"""{"kind":"custom","creationDate":{{{Date(Now)}}},"key":"purchase","metricValue":12.5,"context":{"kind":"user","key":"ada","plan":"pro"}}""");
    }

    [Fact]
    public async Task PrerequisitesAreRecordedUnderTheFlagThatAskedForThem()
    {
        string Asks(string key, string of, int variation, bool isTracked = false) => FlagOf(key, $"\"trackEvents\":{(isTracked ? "true" : "false")},\"prerequisites\":[{{\"key\":\"{of}\",\"variation\":{variation}}}],{First}");
        await using var events = new EventsUnderTest
        {
            Flags = string.Join(',', Asks("top", "middle", 0, isTracked: true), Asks("middle", "bottom", 0), FlagOf("bottom", $"\"trackEvents\":true,{First}"), Asks("fails", "bottom", 1, isTracked: true)),
        };

        events.Client.EvaluateString("top", Ada, "").Value.Should().Be("a");
        events.Client.EvaluateString("fails", Ada, "").Value.Should().Be("b");

        (await events.SentAsync("feature")).Select(one => (one.GetProperty("key").GetString(), Text(one, "prereqOf"), Text(one, "reason"))).Should().Equal(
            ("top", null, """{"kind":"FALLTHROUGH"}"""),
            ("bottom", "\"middle\"", null),
            ("fails", null, """{"kind":"PREREQUISITE_FAILED","prerequisiteKey":"bottom"}"""),
            ("bottom", "\"fails\"", null));
    }

    [Fact]
    public async Task OverrideOfAnOperatorIsNoAnswerOfLaunchDarklys()
    {
        await using var events = new EventsUnderTest { Flags = FlagOf("shown", $"\"trackEvents\":true,{First}") };
        _ = events.Client;
        await events.Control.OverrideAsync("shown", "1", new("ops", "incident"));

        events.Client.GetString("shown", Ada, "").Should().Be("b");

        (await events.SentAsync()).Select(one => one.GetProperty("kind").GetString()).Should().Equal("index");
    }

    [Fact]
    public async Task ListingsAndExplanationsAreNoAnswers()
    {
        await using var events = new EventsUnderTest { Flags = FlagOf("shown", $"\"trackEvents\":true,\"clientSide\":true,{First}") };

        events.Client.Explain("shown", Ada).Variant.Should().Be("0");
        foreach (var flag in events.Client.GetFrontEndFlags(Ada))
            flag.Key.Should().Be("shown");
        await events.EndAsync();

        events.Server.Served.Should().Be(0);
    }

    [Fact]
    public async Task SampledFlagSendsItsRatioAndNotEveryAnswer()
    {
        await using var events = new EventsUnderTest { Flags = FlagOf("some", $"\"trackEvents\":true,\"samplingRatio\":2,{First}") + "," + FlagOf("none", $"\"trackEvents\":true,\"samplingRatio\":0,{First}") };

        for (var i = 0; i < 400; i++)
        {
            events.Client.GetString("some", Ada, "");
            events.Client.GetString("none", Ada, "");
        }

        var features = await events.SentAsync("feature");
        features.Should().HaveCountGreaterThan(0).And.HaveCountLessThan(400);
        features.Select(one => (one.GetProperty("key").GetString(), one.GetProperty("samplingRatio").GetInt32())).Distinct().Should().Equal(("some", 2));
    }

    [Fact]
    public async Task FallbackHasAValueAndNoVariation()
    {
        await using var events = new EventsUnderTest { Flags = FlagOf("shown", $"\"trackEvents\":true,{First}") };

        events.Client.GetInteger("shown", Ada, 5).Should().Be(5);
        events.Client.GetString("shown", Ada, null);

        (await events.SentAsync("feature")).Select(one => (Text(one, "variation"), Text(one, "value"), Text(one, "default"))).Should().Equal((null, "5", "5"), ("0", "\"a\"", "null"));
    }

    [Fact]
    public async Task OtherSinksAndLaunchDarklyGetOnlyWhatIsTheirs()
    {
        var sink = new InMemoryEventSink();
        await using var events = new EventsUnderTest { Flags = FlagOf("shown", $"\"trackEvents\":true,{First}"), Also = flags => flags.SendEventsTo(sink) };

        events.Client.GetString("shown", Ada, "");
        events.Client.Track("seen", Ada);
        var sent = await events.SentAsync();

        sent.Select(one => one.GetProperty("kind").GetString()).Should().Equal("index", "feature", "custom");
        sink.Events.Should().ContainSingle().Which.Should().BeOfType<Observation.OutcomeEvent>();
    }

    [Fact]
    public async Task RepeatedQuestionForAnUntrackedFlagAllocatesNothing()
    {
        await using var events = new EventsUnderTest { Flags = FlagOf("plain", First) };
        var (client, multi) = (events.Client, Ada.WithKind("organization", new EvaluationContext("acme")));

        Allocated.By(() => client.GetString("plain", Ada, "")).Should().Be(0);
        Allocated.By(() => client.GetString("plain", multi, "")).Should().Be(0);
        Allocated.By(() => client.EvaluateString("plain", Ada, "mine")).Should().Be(0);
    }

    private static string? Text(JsonElement parent, string name) => parent.TryGetProperty(name, out var value) ? value.GetRawText() : null;
}
