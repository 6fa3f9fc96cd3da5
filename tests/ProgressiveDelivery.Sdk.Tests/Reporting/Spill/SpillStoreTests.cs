using System.Buffers;
using System.Text;
using ProgressiveDelivery.Sdk.Observation;
using ProgressiveDelivery.Sdk.Reporting;
using ProgressiveDelivery.Sdk.Reporting.Spill;
using ProgressiveDelivery.Sdk.Sources.Files;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Reporting.Spill;

/// <summary>The files of a spill, on the real disk.</summary>
public sealed class SpillStoreTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly EventPipelineOptions _options = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task StoreOfALiveOwnerIsNotAdopted()
    {
        var (one, two) = (Store(), Store());
        one.Append(SomeEvents.Batch("a"), 10_000);
        two.Adopt().Should().Be(0);

        one.Close();
        two.Adopt().Should().BePositive();

        var segment = two.TakeEnded().Single();
        (await two.ReadAsync(segment)).Batch.Events.Single().Id.Should().Be("a");
        two.Delete(segment);
        Directory.GetFiles(_folder.Path).Should().BeEmpty();
    }

    [Fact]
    public void StoreOfAnotherSinkOrClientIsNotAdopted()
    {
        var one = Store();
        one.Append(SomeEvents.Batch("a"), 10_000);
        one.Close();

        Store(sink: "other").Adopt().Should().Be(0);
        Store(client: "other").Adopt().Should().Be(0);
        Store().Adopt().Should().BePositive();
    }

    [Fact]
    public void SegmentHasTheLimitsOfABatchAndIsPrivate()
    {
        _options.MaxBatchEvents = 3;
        var store = Store();

        for (var i = 0; i < 4; i++)
            store.Append(SomeEvents.Batch($"{i}", $"{i}'"), 10_000);
        store.Append(SomeEvents.Batch("x"), 10_000);
        store.EndCurrent();

        store.TakeEnded().Select(segment => segment.Items).Should().Equal(2, 2, 2, 3);
        if (!OperatingSystem.IsWindows())
            Directory.GetFiles(_folder.Path, "*.jsonl").Select(File.GetUnixFileMode).Should().AllBeEquivalentTo(UnixFileMode.UserRead | UnixFileMode.UserWrite, "events name persons");
        store.Close();
    }

    [Fact]
    public void WhatIsWrittenIsReadAsItWas()
    {
        var attributes = new Dictionary<string, AttributeValue>
        {
            ["plan"] = "p\nr\"o\u2028é😀",
            ["seats"] = 7,
            ["share"] = 7.0,
            ["isNew"] = true,
            ["since"] = Some.Monday,
            ["none"] = default,
            ["tags"] = AttributeValue.List("a", AttributeValue.List(1, 2.5)),
            ["of"] = AttributeValue.Object([new("k", AttributeValue.Object([new("l", 1)]))]),
        };
        var lines = Lines(new(
            "b",
            [
                SomeEvents.Exposure("x", time: Some.Monday.AddTicks(1)),
                new ExposureEvent { Id = "y", Time = Some.Monday, Unit = "", UnitKind = "account", Flag = "f", Experiment = "f", Variant = "v", Reason = EvaluationReason.RuleMatch, Origin = SnapshotOrigin.Bundled, Attributes = attributes },
                SomeEvents.Outcome("o", double.Epsilon),
                SomeEvents.Outcome("p", -1e300),
                new OutcomeEvent { Id = "q", Time = Some.Monday, Unit = "u", UnitKind = "k", Metric = "m", Value = 0, Variants = [new() { Flag = "f", Variant = "v", Experiment = "e", Unit = "w", UnitKind = "account" }, new() { Flag = "g", Variant = "w" }], OmittedVariants = 3 },
            ],
            [SomeEvents.Count("c"), new() { Id = "d", From = Some.Monday, To = Some.Monday, Metric = "m", Count = 2, Sum = 0.1 }]));
        var (events, counts) = (new List<FeatureEvent>(), new List<EventCount>());

        foreach (var line in lines.TrimEnd('\n').Split('\n'))
            EventJsonReader.TryRead(Encoding.UTF8.GetBytes(line), events, counts).Should().BeTrue(line);

        Lines(new("b", events, counts)).Should().Be(lines);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("""{"type":"outcome","id":7}""")]
    [InlineData("""{"type":"outcome","v":1,"id":"o","time":"yesterday","unit":"u","unitKind":"k","metric":"m","value":1}""")]
    [InlineData("""{"type":"outcomeCount","v":1,"id":"o","from":"2026-11-23T12:00:00Z","to":"2026-11-23T12:00:00Z","metric":"m","count":-5,"sum":1}""")]
    [InlineData("""{"type":"impression","v":1,"id":"o"}""")]
    public void DamagedLineIsNone(string line) => EventJsonReader.TryRead(Encoding.UTF8.GetBytes(line), [], []).Should().BeFalse();

    private SpillStore Store(string client = "shop", string sink = "http") => new(_folder.Path, client, sink, _options, SpillDisk.Of(new DiskFileSystem(), new EventTime()));

    private static string Lines(EventBatch batch)
    {
        var output = new ArrayBufferWriter<byte>();
        EventJson.WriteLines(output, batch);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
