using System.Buffers;
using System.Text;
using System.Text.Json;
using Json.Schema;
using ProgressiveDelivery.Sdk.Observation;
using ProgressiveDelivery.Sdk.Reporting;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Reporting;

public sealed class EventJsonTests
{
    private static readonly JsonSchema Schema = JsonSchema.FromText(File.ReadAllText(Repository.PathOf("schema", "event.v1.schema.json")));

    private static readonly EventCount Outcomes = new() { Id = "c-2", From = Some.Monday, To = Some.Monday, Metric = "purchase", Count = 2, Sum = 25 };

    [Fact]
    public void ExposureHasTheNamesThatAnalysesRead() =>
        Line(SomeEvents.Exposure("x-1")).Should().Be("""{"type":"exposure","v":1,"id":"x-1","time":"2026-11-23T12:00:00Z","unit":"u1","unitKind":"targetingKey","flag":"checkout-page","experiment":"checkout-2026-03","variant":"fast","rule":"experiment-1","reason":"Split","snapshotVersion":17,"origin":"Source"}""");

    [Fact]
    public void OutcomeHasTheNamesThatAnalysesRead() =>
        Line(SomeEvents.Outcome("o-1")).Should().Be("""{"type":"outcome","v":1,"id":"o-1","time":"2026-11-23T12:00:00Z","unit":"u1","unitKind":"targetingKey","metric":"purchase","value":12.5}""");

    [Fact]
    public void OutcomeOfAUnitOfWorkHasTheVariantsGivenInIt() =>
        Line(InScope()).Should().EndWith("""
            "variants":[{"flag":"checkout-page","variant":"fast","experiment":"checkout-2026-03","unit":"u1","unitKind":"targetingKey"},{"flag":"theme","variant":"dark","unitKind":"targetingKey"}],"omittedVariants":2}
            """);

    [Fact]
    public void TimeIsUtcToTheTick() =>
        Line(SomeEvents.Exposure("x", time: new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.FromHours(2)).AddTicks(2_500_000))).Should().Contain("\"time\":\"2026-03-02T08:00:00.25Z\"");

    [Fact]
    public void AttributesAreWrittenByKind()
    {
        var attributes = new Dictionary<string, AttributeValue>
        {
            ["plan"] = "pro",
            ["seats"] = 7,
            ["share"] = 7.0,
            ["isNew"] = true,
            ["since"] = Some.Monday,
            ["none"] = default,
            ["tags"] = AttributeValue.List("a", "b"),
            ["of"] = AttributeValue.Object([new("k", 1)]),
        };

        Line(new OutcomeEvent { Id = "o", Time = Some.Monday, Unit = "u", UnitKind = "k", Metric = "m", Value = 1, Attributes = attributes })
            .Should().EndWith("""
            "attributes":{"plan":"pro","seats":7,"share":7.0,"isNew":true,"since":"2026-11-23T12:00:00Z","none":null,"tags":["a","b"],"of":{"k":1}}}
            """);
    }

    [Fact]
    public void HostileTextStaysOneLineOfSoundJson()
    {
        var unit = "a\nb\"c\\d\u0000\u2028é😀" + '\uD800';

        var line = Line(SomeEvents.Exposure("x", unit));

        line.Should().NotContain("\n");
        using var parsed = JsonDocument.Parse(line);
        parsed.RootElement.GetProperty("unit").GetString().Should().Be("a\nb\"c\\d\u0000\u2028é😀\uFFFD");
    }

    [Fact]
    public void LinesAreEventsThenCountsEachEnded()
    {
        var text = Lines(new("b", [SomeEvents.Exposure("x-1"), SomeEvents.Outcome("o-1")], [SomeEvents.Count("c-1"), Outcomes]));

        text.Should().EndWith("\n");
        text.TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement.GetProperty("id").GetString()).Should().Equal("x-1", "o-1", "c-1", "c-2");
        text.Should().Contain("""{"type":"exposureCount","v":1,"id":"c-1","from":"2026-11-23T12:00:00Z","to":"2026-11-23T12:00:00Z","flag":"checkout-page","variant":"fast","count":3}""")
            .And.Contain("""{"type":"outcomeCount","v":1,"id":"c-2","from":"2026-11-23T12:00:00Z","to":"2026-11-23T12:00:00Z","metric":"purchase","count":2,"sum":25.0}""");
    }

    [Fact]
    public void ArrayHoldsTheSameObjects()
    {
        var output = new ArrayBufferWriter<byte>();
        EventJson.WriteArray(output, new("b", [SomeEvents.Exposure("x-1")], [Outcomes]));

        using var parsed = JsonDocument.Parse(output.WrittenMemory);
        parsed.RootElement.EnumerateArray().Select(item => item.GetProperty("type").GetString()).Should().Equal("exposure", "outcomeCount");
    }

    [Fact]
    public void SchemaAcceptsEveryFormAndNothingElse()
    {
        foreach (var line in Lines(new("b", [SomeEvents.Exposure("x-1"), SomeEvents.Outcome("o-1"), InScope()], [SomeEvents.Count("c-1"), Outcomes])).TrimEnd('\n').Split('\n'))
            Accepts(line).Should().BeTrue(line);
        Accepts(Line(SomeEvents.Outcome("o")).Replace("\"v\":1", "\"v\":2", StringComparison.Ordinal)).Should().BeFalse();
        Accepts(Line(SomeEvents.Outcome("o")).Replace("\"metric\"", "\"flag\"", StringComparison.Ordinal)).Should().BeFalse();
        Accepts(Line(SomeEvents.Exposure("x")).Replace("\"type\":\"exposure\"", "\"type\":\"impression\"", StringComparison.Ordinal)).Should().BeFalse();
    }

    [Fact]
    public void SchemaDescribesEveryMember()
    {
        var definitions = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("schema", "event.v1.schema.json"))).RootElement.GetProperty("$defs");

        foreach (var (line, type) in Lines(new("b", [SomeEvents.Exposure("x"), InScope()], [SomeEvents.Count("c"), Outcomes])).TrimEnd('\n').Split('\n').Zip(["exposure", "outcome", "exposureCount", "outcomeCount"]))
            definitions.GetProperty(type).GetProperty("properties").EnumerateObject().Select(member => member.Name).Should().Contain(JsonDocument.Parse(line).RootElement.EnumerateObject().Select(member => member.Name));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void ValueThatIsNoNumberOfJsonIsRejected(double value) =>
        FluentActions.Invoking(() => Line(SomeEvents.Outcome("o", value))).Should().Throw<ArgumentException>();

    private static OutcomeEvent InScope() => new()
    {
        Id = "o-2",
        Time = Some.Monday,
        Unit = "u1",
        UnitKind = "targetingKey",
        Metric = "purchase",
        Value = 1,
        Variants = [new() { Flag = "checkout-page", Variant = "fast", Experiment = "checkout-2026-03", Unit = "u1" }, new() { Flag = "theme", Variant = "dark" }],
        OmittedVariants = 2,
    };

    private static bool Accepts(string line)
    {
        using var parsed = JsonDocument.Parse(line);
        return Schema.Evaluate(parsed.RootElement).IsValid;
    }

    private static string Line(FeatureEvent occurred) => Lines(new("b", [occurred])).TrimEnd('\n');

    private static string Lines(EventBatch batch)
    {
        var output = new ArrayBufferWriter<byte>();
        EventJson.WriteLines(output, batch);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
