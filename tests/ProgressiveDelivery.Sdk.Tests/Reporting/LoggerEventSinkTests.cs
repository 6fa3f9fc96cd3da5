using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using ProgressiveDelivery.Sdk.Observation;
using ProgressiveDelivery.Sdk.Reporting;

namespace ProgressiveDelivery.Sdk.Tests.Reporting;

public sealed class LoggerEventSinkTests
{
    private readonly FakeLogger _log = new();

    [Fact]
    public async Task EachEventIsARecordWithTheNamesOfItsJson()
    {
        await new LoggerEventSink(_log).SendAsync(new("b", [SomeEvents.Exposure("x"), SomeEvents.Outcome("o")], [SomeEvents.Count("c")]), default);

        var records = _log.Collector.GetSnapshot();
        records.Select(record => (record.Level, record.Id.Name)).Should().Equal(
            (LogLevel.Information, "feature_flag.exposure"), (LogLevel.Information, "feature_flag.outcome"), (LogLevel.Information, "feature_flag.exposure_count"));
        records[0].Message.Should().Be("exposure id=x time=2026-11-23T12:00:00.0000000Z unit=u1 unitKind=targetingKey flag=checkout-page experiment=checkout-2026-03 variant=fast rule=experiment-1 reason=Split snapshotVersion=17 origin=Source");
        records[0].StructuredState!.Select(attribute => attribute.Key).Should().Contain(["unit", "flag", "experiment", "variant"]);
        records[1].Message.Should().Be("outcome id=o time=2026-11-23T12:00:00.0000000Z unit=u1 unitKind=targetingKey metric=purchase value=12.5");
        records[2].Message.Should().EndWith("flag=checkout-page variant=fast count=3");
    }

    [Fact]
    public async Task AttributesAreNamedApart()
    {
        await new LoggerEventSink(_log).SendAsync(new("b", [new OutcomeEvent { Id = "o", Time = Some.Monday, Unit = "u", UnitKind = "k", Metric = "m", Value = 1, Attributes = new Dictionary<string, AttributeValue> { ["plan"] = "pro" } }]), default);

        _log.LatestRecord.StructuredState!.Single(attribute => attribute.Key == "attributes.plan").Value.Should().Contain("pro");
    }

    [Fact]
    public async Task LogThatIsOffGetsNothing()
    {
        _log.ControlLevel(LogLevel.Information, enabled: false);

        await new LoggerEventSink(_log).SendAsync(SomeEvents.Batch("a"), default);

        _log.Collector.Count.Should().Be(0);
    }
}
