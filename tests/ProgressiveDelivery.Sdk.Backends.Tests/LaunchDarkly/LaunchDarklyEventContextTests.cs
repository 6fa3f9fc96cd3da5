using System.Text.Json;
using ProgressiveDelivery.Sdk.Backends.LaunchDarkly;
using static ProgressiveDelivery.Sdk.Backends.Tests.LaunchDarkly.EventsUnderTest;

namespace ProgressiveDelivery.Sdk.Backends.Tests.LaunchDarkly;

/// <summary>The contexts in LaunchDarkly's events: what is in them, and what is not.</summary>
public sealed class LaunchDarklyEventContextTests
{
    private const string Tracked = "\"trackEvents\":true,\"fallthrough\":{\"variation\":0}";

    [Fact]
    public async Task PrivateAttributesOfContextAndOptionsAreLeftOutAndListed()
    {
        var context = new EvaluationContext("ada") { ["name"] = "Ada", ["email"] = "a@b", ["plan"] = "pro", ["/ssn"] = "1", ["none"] = default(AttributeValue) }.WithPrivate("email", "/ssn"[1..], "none");

        (await SentAsync(context, options => options.PrivateAttributes.Add("name"))).Should().Be("""{"kind":"user","key":"ada","/ssn":"1","plan":"pro","_meta":{"redactedAttributes":["email","name"]}}""");
    }

    [Fact]
    public async Task PartOfAnAttributeCanBePrivate()
    {
        var context = new EvaluationContext("ada")
        {
            ["b"] = AttributeValue.Object([new("prop1", true), new("prop2", 3)]),
            ["c"] = AttributeValue.Object([new("prop1", AttributeValue.Object([new("sub1", true)])), new("prop2", AttributeValue.Object([new("sub1", 4), new("sub2", 5)]))]),
            ["a/b"] = 1,
            ["list"] = AttributeValue.List(1, 2),
        };

        var sent = await SentAsync(context, options => options.PrivateAttributes.UnionWith(["/b/prop1", "/c/prop2/sub1", "/c/none", "/a~1b", "/list/0"]));

        sent.Should().Be("""{"kind":"user","key":"ada","b":{"prop2":3},"c":{"prop1":{"sub1":true},"prop2":{"sub2":5}},"list":[1,2],"_meta":{"redactedAttributes":["/a~1b","/b/prop1","/c/prop2/sub1"]}}""");
    }

    [Fact]
    public async Task ValueThatNoEventCanHoldIsLeftOut()
    {
        var (shared, deep) = ((AttributeValue)1, (AttributeValue)1);
        for (var i = 0; i < 40; i++)
            shared = AttributeValue.Object([new("a", shared), new("b", shared)]);
        for (var i = 0; i < 200_000; i++)
            deep = AttributeValue.List(deep);
        var context = new EvaluationContext("ada") { ["deep"] = deep, ["plan"] = "pro", ["shared"] = shared, ["text"] = new string('x', 20_000_000) };

        (await SentAsync(context, options => options.PrivateAttributes.Add("/shared/a/b"))).Should().Be("""{"kind":"user","key":"ada","plan":"pro"}""");
    }

    [Fact]
    public async Task AllAttributesCanBePrivate()
    {
        var context = new EvaluationContext("ada") { ["name"] = "Ada", ["anonymous"] = true, ["/ssn"] = "1" };

        (await SentAsync(context, options => options.AllAttributesPrivate = true)).Should().Be("""{"kind":"user","key":"ada","anonymous":true,"_meta":{"redactedAttributes":["/~1ssn","name"]}}""");
    }

    [Fact]
    public async Task EachKindIsWrittenWithItsOwnPrivateAttributes()
    {
        var context = new EvaluationContext("ada") { ["plan"] = "pro" }
            .WithKind("organization", new EvaluationContext("acme") { ["plan"] = "gold", ["city"] = "Utrecht" }.WithPrivate("plan"))
            .WithKind("user", new EvaluationContext("other"));

        (await SentAsync(context)).Should().Be("""{"kind":"multi","organization":{"key":"acme","city":"Utrecht","_meta":{"redactedAttributes":["plan"]}},"user":{"key":"ada","plan":"pro"}}""");
        (await SentAsync(EvaluationContext.Empty.WithKind("device", new EvaluationContext("d1")))).Should().Be("""{"kind":"device","key":"d1"}""");
        (await SentAsync(new("ada"), options => options.Context = new() { MainKind = "account" })).Should().Be("""{"kind":"account","key":"ada"}""");
    }

    [Fact]
    public async Task PrivateKeyIsAHash()
    {
        var sent = await SentAsync(new EvaluationContext("ada@example.com").WithPrivate("targetingKey"));

        sent.Should().MatchRegex("""^\{"kind":"user","key":"sha256:[0-9a-f]{32}"\}$""");
    }

    [Fact]
    public async Task AnonymousContextIsRedactedInAnswersOnly()
    {
        await using var events = new EventsUnderTest { Flags = FlagOf("shown", Tracked) };
        var context = new EvaluationContext("x") { ["anonymous"] = true, ["plan"] = "pro" }.WithKind("organization", new EvaluationContext("acme") { ["plan"] = "gold" });

        events.Client.GetString("shown", context, "");

        (await events.SentAsync()).Select(one => one.GetProperty("context").GetRawText()).Should().Equal(
            """{"kind":"multi","organization":{"key":"acme","plan":"gold"},"user":{"key":"x","anonymous":true,"plan":"pro"}}""",
            """{"kind":"multi","organization":{"key":"acme","plan":"gold"},"user":{"key":"x","anonymous":true,"_meta":{"redactedAttributes":["plan"]}}}""");
    }

    [Fact]
    public async Task AnonymousContextsCanBeLeftOutOfIndexes()
    {
        await using var events = new EventsUnderTest { Configure = static options => options.OmitAnonymousContexts = true };
        var anonymous = new EvaluationContext("x") { ["anonymous"] = true };

        events.Client.Track("alone", anonymous);
        events.Client.Track("in company", anonymous.WithKind("organization", new EvaluationContext("acme")));
        var sent = await events.SentAsync();

        sent.Select(one => one.GetProperty("kind").GetString()).Should().Equal("custom", "index", "custom");
        sent[1].GetProperty("context").GetRawText().Should().Be("""{"kind":"organization","key":"acme"}""");
        sent[2].GetProperty("context").GetProperty("kind").GetString().Should().Be("multi");
    }

    [Fact]
    public async Task HostileContextsAreSentAsWellAsTheyCanBe()
    {
        await using var events = new EventsUnderTest { Flags = FlagOf("shown", Tracked), Pipeline = static options => options.MaxQueuedBytes = options.MaxBatchBytes = int.MaxValue };
        var deep = AttributeValue.List(1);
        for (var i = 0; i < 2_000; i++)
            deep = AttributeValue.List(deep);
        var huge = new EvaluationContext(new string('k', 10_000), Enumerable.Range(0, 20_000).Select(i => KeyValuePair.Create($"attribute-{i}", (AttributeValue)new string('x', 20))));
        var odd = new EvaluationContext("\ud800") { ["nan"] = double.NaN, ["infinite"] = double.PositiveInfinity, ["half"] = "\udfff!", ["\ud800"] = 1, ["deep"] = deep, ["key"] = "not mine", ["_meta"] = "neither", ["at"] = Now };

        foreach (var context in new[] { huge, odd })
            events.Client.GetString("shown", context, "\ud800");
        var sent = await events.SentAsync();

        var indexes = Of(sent, "index");
        indexes[0].GetProperty("context").EnumerateObject().Should().HaveCount(20_002);
        indexes[0].GetProperty("context").GetProperty("key").GetString().Should().HaveLength(10_000);
        var context1 = indexes[1].GetProperty("context");
        context1.GetProperty("key").GetString().Should().Be("\ufffd");
        (context1.GetProperty("nan").ValueKind, context1.GetProperty("infinite").ValueKind, context1.GetProperty("half").GetString()).Should().Be((JsonValueKind.Null, JsonValueKind.Null, "\ufffd!"));
        context1.GetProperty("at").GetString().Should().Be("2026-03-02T08:00:00Z");
        context1.TryGetProperty("_meta", out _).Should().BeFalse();
        Of(sent, "feature").Should().HaveCount(2);
        events.Client.Status.EventSinks[0].Lost.Should().Be(0);
    }

    private static async Task<string> SentAsync(EvaluationContext context, Action<LaunchDarklyEventOptions>? configure = null)
    {
        await using var events = new EventsUnderTest { Configure = configure ?? (static _ => { }) };
        events.Client.Track("seen", context);
        return (await events.SentAsync("custom")).Single().GetProperty("context").GetRawText();
    }
}
