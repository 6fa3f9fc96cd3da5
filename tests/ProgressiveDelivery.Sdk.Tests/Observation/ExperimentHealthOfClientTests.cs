using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using ProgressiveDelivery.Sdk.Client;
using ProgressiveDelivery.Sdk.DependencyInjection;
using ProgressiveDelivery.Sdk.Reporting;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Observation;

/// <summary>The health of a client's experiments in its status, its log and on the meter.</summary>
public sealed class ExperimentHealthOfClientTests : IAsyncDisposable
{
    private readonly PlayedAssignmentStore _assignments = new();
    private readonly FakeLogCollector _logs = new();
    private ServiceProvider? _services;

    public ValueTask DisposeAsync() => _services?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task HealthIsInTheStatusAndOnTheMeterWithoutAnyUnit()
    {
        var client = await StartAsync(static flags => flags.SendEventsTo(new InMemoryEventSink()));
        for (var unit = 0; unit < 100; unit++)
            client.IsEnabled("checkout", new EvaluationContext($"unit-{unit}"));

        var health = client.Status.Experiments.Single();
        health.Should().BeEquivalentTo(new { Flag = "checkout", Experiment = "checkout-test", Units = 100L, PValue = health.PValue, Crossovers = 0L, Hint = ExperimentHint.NoMismatch });
        Observed<long>("units").Should().Equal(
            ("client=default experiment=checkout-test flag=checkout variant=on", health.Variants[0].Units), ("client=default experiment=checkout-test flag=checkout variant=off", health.Variants[1].Units));
        const string Tags = "client=default experiment=checkout-test flag=checkout";
        Observed<double>("p_value").Should().Equal((Tags, health.PValue));
        Observed<int>("mismatch").Should().Equal((Tags, 0));
        Observed<long>("crossovers").Should().Equal((Tags, 0L));
        Observed<long>("unassigned").Should().Equal((Tags, 0L));
    }

    [Fact]
    public async Task MismatchIsOneWarningAndOneOnTheMeterAndStaysVisibleAtTheEnd()
    {
        var client = await StartAsync(static flags => flags.SendEventsTo(new InMemoryEventSink()));

        for (var unit = 0; unit < 5_000; unit++)
        {
            var context = new EvaluationContext($"unit-{unit}");
            if (client.Explain("checkout", context).Variant == "on" || unit % 2 == 0)
                client.IsEnabled("checkout", context);
        }

        var line = _logs.GetSnapshot().Single(line => line.Level == LogLevel.Warning);
        line.Id.Id.Should().Be(103);
        line.Category.Should().Be("ProgressiveDelivery.Sdk.Evaluation");
        line.Message.Should().Contain("experiment checkout-test of flag checkout").And.MatchRegex(@"'on' \d+ of [\d.]+ expected, 'off' \d+ of [\d.]+ expected").And.NotContain("unit-");
        Observed<int>("mismatch").Single().Value.Should().Be(1);
        await _services!.DisposeAsync();
        client.Status.Experiments.Single().Hint.Should().Be(ExperimentHint.Mismatch);
    }

    [Fact]
    public async Task StoreThatForgetsAndStoreThatRemembersTooMuchAreOneWarningEach()
    {
        var client = await StartAsync(flags => flags.SendEventsTo(new InMemoryEventSink()).StoreAssignmentsIn(_assignments));
        _assignments.OtherProcess = proposal => proposal.Assignment with { Variant = proposal.Key.Experiment == "text-test" ? "gone" : proposal.Assignment.Variant == "on" ? "off" : "on" };
        for (var round = 0; round < 2; round++)
        {
            for (var unit = 0; unit < 20; unit++)
                client.IsEnabled("sticky", new EvaluationContext($"unit-{unit}"));
            await ((FeatureClient)client).FlushAsync();
        }

        client.Status.Experiments.Single().Should().BeEquivalentTo(new { Flag = "sticky", Crossovers = 20L, Unassigned = 0L });
        using var scope = client.BeginScope();
        _assignments.Content[new("text-test", "ada")] = new(1, "gone");
        await scope.LoadAssignmentsAsync(new("ada"));
        client.GetString("sticky-text", new EvaluationContext("ada"), null);
        client.Status.Experiments[^1].Should().BeEquivalentTo(new { Flag = "sticky-text", Unassigned = 1L, Units = 0L, Hint = ExperimentHint.NoMismatch });
        _logs.GetSnapshot().Where(line => line.Level == LogLevel.Warning).Select(line => line.Id.Id).Should().Equal(104, 105);
    }

    [Fact]
    public async Task WithoutASinkNothingIsWatched()
    {
        var client = await StartAsync(static _ => { });

        client.IsEnabled("checkout", new EvaluationContext("ada"));

        client.Status.Experiments.Should().BeEmpty();
        Observed<long>("units").Should().BeEmpty();
    }

    private async Task<IFeatureClient> StartAsync(Action<ProgressiveDeliveryBuilder> configure)
    {
        var sticky = Some.Experiment("sticky-test", ("on", 50), ("off", 50)) with { Sticky = new() { Version = 1 } };
        var snapshot = Some.Snapshot(
            Some.Flag("checkout") with { Default = Some.Experiment("checkout-test", ("on", 50), ("off", 50)) },
            Some.Flag("sticky") with { Default = sticky },
            Some.Text("sticky-text", "a", "b", "gone") with { Default = Some.Experiment("text-test", ("a", 50), ("b", 50), ("gone", 0)) with { Sticky = new() { Version = 1 } } });
        _services = new ServiceCollection().AddMetrics()
            .AddLogging(logging => logging.AddProvider(new FakeLoggerProvider(_logs)))
            .AddSingleton<TimeProvider>(new FakeTimeProvider(Some.Monday))
            .AddProgressiveDelivery(flags => configure(flags.FromSnapshot(snapshot)))
            .BuildServiceProvider();
        var client = _services.GetRequiredService<IFeatureClient>();
        await client.WaitUntilReadyAsync();
        return client;
    }

    private List<(string Tags, T Value)> Observed<T>(string instrument)
        where T : struct
    {
        using var collector = new MetricCollector<T>(_services!.GetRequiredService<IMeterFactory>(), "ProgressiveDelivery.Sdk", $"progressive_delivery.experiment.{instrument}");
        collector.RecordObservableInstruments();
        return [.. collector.GetMeasurementSnapshot().Select(one => (string.Join(' ', one.Tags.OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => string.Create(CultureInfo.InvariantCulture, $"{tag.Key}={tag.Value}"))), one.Value))];
    }
}
