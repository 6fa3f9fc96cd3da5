using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using ProgressiveDelivery.Sdk.Observation;
using ProgressiveDelivery.Sdk.Reporting;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Observation;

/// <summary>One attribute of any size, depth or kind costs no event, no memory and no time.</summary>
public sealed class EventValueTests
{
    public static TheoryData<string> Shapes => ["shared list", "shared object", "deep", "deep object", "long text", "many items", "one too deep", "one too long"];

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task E15_ValueBeyondTheBoundsIsNullInItsEvent(string shape)
    {
        var sink = new WritingSink();
        await using (var services = Build(sink))
        {
            var client = services.GetRequiredService<IFeatureClient>();
            await client.WaitUntilReadyAsync();
            var ada = new EvaluationContext("ada") { ["big"] = Of(shape), ["plan"] = "pro" };
            client.IsEnabled("checkout", ada);
            client.Track("purchase", ada, 2);
        }

        sink.Lines.Should().HaveCount(2);
        foreach (var line in sink.Lines)
        {
            line.GetProperty("attributes").GetProperty("big").ValueKind.Should().Be(JsonValueKind.Null);
            line.GetProperty("attributes").GetProperty("plan").GetString().Should().Be("pro");
        }
    }

    [Fact]
    public async Task ValueAtTheBoundsIsWritten()
    {
        var sink = new WritingSink();
        await using (var services = Build(sink))
        {
            var client = services.GetRequiredService<IFeatureClient>();
            await client.WaitUntilReadyAsync();
            client.Track("deep", new EvaluationContext("ada") { ["big"] = Shared.Nested(64, 1) });
            client.Track("long", new EvaluationContext("ada") { ["big"] = new string('x', 262_142) });
        }

        sink.Lines.Select(line => line.GetProperty("attributes").GetProperty("big").GetRawText().Length).Should().Equal((64 * 2) + 1, 262_144);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public async Task E15_NumberThatJsonCannotHoldCostsNoEvent(double number)
    {
        var sink = new WritingSink();
        await using (var services = Build(sink))
        {
            var client = services.GetRequiredService<IFeatureClient>();
            await client.WaitUntilReadyAsync();
            client.Track("one", new EvaluationContext("ada") { ["big"] = number });
            client.Track("two", new EvaluationContext("ada") { ["big"] = AttributeValue.List(1, number, AttributeValue.Object([new("k", number)])) });
            client.Track("three", new EvaluationContext("ada") { ["big"] = 7 });
        }

        sink.Lines.Select(line => line.GetProperty("attributes").GetProperty("big").GetRawText()).Should().Equal("null", """[1,null,{"k":null}]""", "7");
    }

    [Fact]
    public void EventsOfBackendsHoldNoContextBeyondTheBounds()
    {
        var context = new EvaluationContext("ada") { ["plan"] = "pro", ["email"] = "a@b.c", ["big"] = Shared.List(40, 1) }
            .WithKind("device", new EvaluationContext("d") { ["os"] = "linux", ["deep"] = Shared.Nested(100_000, 1) })
            .WithPrivate("email");
        var small = new EvaluationContext("ada") { ["plan"] = "pro" };

        var held = new OfABackend(context).Context!;

        (held["big"].IsNull, held["plan"], held.IsPrivate("email"), held.TargetingKey).Should().Be((true, "pro", true, "ada"));
        (held.GetKind("device")!["deep"].IsNull, held.GetKind("device")!["os"]).Should().Be((true, "linux"));
        new OfABackend(small).Context.Should().BeSameAs(small);
        EventSize.Of(new OfABackend(context)).Should().BeLessThan(1_000);
    }

    [Fact]
    public void SizeOfAnEventIsThatOfItsValues()
    {
        var small = EventSize.Of(With(1));

        EventSize.Of(With(new string('x', 200_000))).Should().BeInRange(small + 199_000, small + 201_000);
        EventSize.Of(With(Shared.List(10, new string('x', 100)))).Should().BeInRange(small + 102_400, small + 110_000);
        EventSize.Of(With(Shared.List(40, 1))).Should().Be(EventSize.Of(With(default)));
    }

    private static OutcomeEvent With(AttributeValue value) => new()
    {
        Id = "o",
        Time = Some.Monday,
        Unit = "u",
        UnitKind = "targetingKey",
        Metric = "m",
        Value = 1,
        Attributes = new Dictionary<string, AttributeValue> { ["big"] = value },
    };

    private static AttributeValue Of(string shape) => shape switch
    {
        "shared list" => Shared.List(40, 1),
        "shared object" => Shared.Object(40, "x"),
        "deep" => Shared.Nested(200_000, 1),
        "deep object" => Enumerable.Range(0, 200_000).Aggregate((AttributeValue)1, (value, _) => AttributeValue.Object([new("k", value)])),
        "long text" => new string('x', 20_000_000),
        "many items" => AttributeValue.List([.. Enumerable.Repeat((AttributeValue)1, 1_000_000)]),
        "one too deep" => Shared.Nested(65, 1),
        _ => new string('x', 262_143),
    };

    private static ServiceProvider Build(IEventSink sink) => new ServiceCollection()
        .AddSingleton<TimeProvider>(new FakeTimeProvider(Some.Monday))
        .AddProgressiveDelivery(flags => flags
            .FromSnapshot(Some.Snapshot(Some.Flag("checkout") with { Default = Some.Experiment("checkout-test", ("on", 1)) }))
            .SendEventsTo(sink)
            .RecordExposures(exposures =>
            {
                exposures.Attributes.Add("big");
                exposures.Attributes.Add("plan");
            }))
        .BuildServiceProvider();

    /// <summary>Writes events as the sinks for HTTP and files do.</summary>
    private sealed class WritingSink : IEventSink
    {
        private readonly ConcurrentQueue<JsonElement> _lines = new();

        public string Name => "lines";

        public IReadOnlyList<JsonElement> Lines => [.. _lines];

        public ValueTask SendAsync(EventBatch batch, CancellationToken cancellationToken)
        {
            var output = new ArrayBufferWriter<byte>();
            EventJson.WriteLines(output, batch);
            foreach (var line in Encoding.UTF8.GetString(output.WrittenSpan).TrimEnd('\n').Split('\n'))
                _lines.Enqueue(JsonDocument.Parse(line, new() { MaxDepth = 1_000 }).RootElement);
            return default;
        }
    }

    private sealed class OfABackend : BackendEvent
    {
        [SetsRequiredMembers]
        public OfABackend(EvaluationContext context)
            : base(context) => (Id, Time, Unit, UnitKind) = ("o", Some.Monday, "u", "targetingKey");
    }
}
