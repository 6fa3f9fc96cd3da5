using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using ProgressiveDelivery.Sdk.DependencyInjection;
using ProgressiveDelivery.Sdk.Observation;
using ProgressiveDelivery.Sdk.Reporting;

namespace ProgressiveDelivery.Sdk.Tests.Observation;

/// <summary>A client's exposures and outcomes, from the question to the sink.</summary>
public sealed class EventsOfClientTests
{
    private static readonly EvaluationContext Ada = new("ada") { ["plan"] = "pro" };

    private readonly InMemoryEventSink _sink = new();
    private readonly FakeLogCollector _logs = new();

    [Fact]
    public async Task ExposureAndOutcomeReachTheSink()
    {
        await using (var services = Build(flags => flags.SendEventsTo(_sink).RecordExposures(exposures => exposures.Attributes.Add("plan"))))
        {
            var client = services.GetRequiredService<IFeatureClient>();
            await client.WaitUntilReadyAsync();
            client.IsEnabled("checkout", Ada);
            client.IsEnabled("checkout", Ada);
            client.Track("purchase", Ada, 12.5);
        }

        _sink.Events.OfType<ExposureEvent>().Single().Should().BeEquivalentTo(new { Unit = "ada", Flag = "checkout", Experiment = "checkout-test", Variant = "on", Attributes = new Dictionary<string, AttributeValue> { ["plan"] = "pro" } });
        _sink.Events.OfType<OutcomeEvent>().Single().Should().BeEquivalentTo(new { Unit = "ada", Metric = "purchase", Value = 12.5 });
    }

    [Fact]
    public async Task OutcomeThatIsNotFiniteIsRefusedWithOneWarning()
    {
        await using (var services = Build(flags => flags.SendEventsTo(_sink)))
        {
            var client = services.GetRequiredService<IFeatureClient>();
            await client.WaitUntilReadyAsync();
            client.Track("latency", Ada, double.NaN);
            client.Track("latency", Ada, double.NaN);
            client.Status.EventSinks.Single().LostByCause.Should().Equal(new Dictionary<EventLossCause, long> { [EventLossCause.Invalid] = 2 });
        }

        _sink.Events.Should().BeEmpty();
        _logs.GetSnapshot().Single(line => line.Level == LogLevel.Warning).Message.Should().Contain("'latency'").And.Contain("NaN");
    }

    [Fact]
    public async Task WithoutASinkNothingIsRecorded()
    {
        await using var services = Build(static _ => { });
        var client = services.GetRequiredService<IFeatureClient>();
        await client.WaitUntilReadyAsync();

        client.Track("purchase", Ada);

        client.Status.EventSinks.Should().BeEmpty();
        FluentActions.Invoking(() => client.Track("", Ada)).Should().Throw<ArgumentException>();
    }

    private ServiceProvider Build(Action<ProgressiveDeliveryBuilder> configure) => new ServiceCollection()
        .AddLogging(logging => logging.AddProvider(new FakeLoggerProvider(_logs)))
        .AddSingleton<TimeProvider>(new FakeTimeProvider(Some.Monday))
        .AddProgressiveDelivery(flags => configure(flags.FromSnapshot(Some.Snapshot(Some.Flag("checkout") with { Default = Some.Experiment("checkout-test", ("on", 1)) }))))
        .BuildServiceProvider();
}
