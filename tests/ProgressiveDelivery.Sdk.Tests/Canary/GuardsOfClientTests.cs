using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.DependencyInjection;

namespace ProgressiveDelivery.Sdk.Tests.Canary;

/// <summary>The guards of a client, from the call that fails to the answer that changes.</summary>
public sealed class GuardsOfClientTests : IAsyncDisposable
{
    private static readonly FeatureFlag<bool> Checkout = new("checkout", false);

    private readonly FakeTimeProvider _time = new(Some.Monday);
    private ServiceProvider? _services;

    public ValueTask DisposeAsync() => _services?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task TreatmentThatFailsIsRevertedForEverybodyAndProbedLater()
    {
        var client = await StartAsync(static _ => { }, SomeGuard.Errors() with { Probe = new() { Percent = 100 } });

        var failures = Fail(client, calls: 200);

        failures.Should().BeInRange(1, 20, "the guard stopped it");
        var evaluation = client.Evaluate(Checkout, new EvaluationContext("ada"));
        (evaluation.Value, evaluation.Reason).Should().Be((false, EvaluationReason.Guarded));
        client.Status.Guards.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Flag = "checkout", Guard = "errors", Result = GuardResult.Bad, Bad = (long)failures });
        client.Status.Control!.Trips.Should().ContainSingle().Which.Should().Be(client.Status.Guards[0].Trip);
        client.Explain("checkout", new EvaluationContext("ada")).ToString().Should().Contain("guard 'errors' tripped: ");

        _time.Advance(TimeSpan.FromMinutes(5));

        client.IsEnabled(Checkout, new EvaluationContext("ada")).Should().BeTrue("a probe tries it again");
        Fail(client, calls: 200).Should().BeInRange(1, 10, "the probe found it bad");
    }

    [Fact]
    public async Task GuardOfCodeWatchesTheSnapshotsFlag()
    {
        var client = await StartAsync(static flags => flags.AddGuard("checkout", SomeGuard.Errors("mine")));

        Fail(client, calls: 200);

        client.Status.Guards.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Guard = "mine", Result = GuardResult.Bad });
    }

    [Fact]
    public async Task OperatorsResetBeginsAnew()
    {
        var client = await StartAsync(static _ => { }, SomeGuard.Errors());
        Fail(client, calls: 200);

        await _services!.GetRequiredService<ISnapshotControl>().ResetGuardsAsync("checkout", new("ada", "It is repaired."));

        client.IsEnabled(Checkout, new EvaluationContext("ada")).Should().BeTrue();
        (client.Status.Guards[0].Outcomes, client.Status.Guards[0].Result).Should().Be((0, GuardResult.NoData));
        Fail(client, calls: 200).Should().BeInRange(1, 20);
    }

    [Fact]
    public async Task GateOpensForTheClient()
    {
        var client = await StartAsync(static _ => { }, SomeGuard.Errors());
        client.Status.Ramps.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Flag = "waiting", Percent = 0m, Next = 100m });
        var gated = new FeatureFlag<bool>("waiting", false);
        client.IsEnabled(gated, new EvaluationContext("ada")).Should().BeFalse();

        _time.Advance(TimeSpan.FromHours(1));

        client.IsEnabled(gated, new EvaluationContext("ada")).Should().BeTrue();
    }

    [Fact]
    public void FaultyGuardsOfCodeAreReportedTogether()
    {
        var services = new ServiceCollection().AddProgressiveDelivery(flags => flags.FromSnapshot(Some.Snapshot(Some.Flag("checkout")))
            .AddGuard("checkout", SomeGuard.Errors("a") with { Limit = 1 })
            .AddGuard("checkout", SomeGuard.Errors("b") with { Alpha = 0 })
            .AddGuard("checkout", SomeGuard.Errors("sound"))
            .AddGuard("checkout", SomeGuard.Errors("sound"))).BuildServiceProvider();

        var resolve = () => services.GetRequiredService<IFeatureClient>();

        resolve.Should().Throw<OptionsValidationException>().Which.Failures.Should().HaveCount(3).And.OnlyContain(fault => fault.StartsWith("Client 'default': AddGuard: "));
    }

    private static int Fail(IFeatureClient client, int calls)
    {
        var failures = 0;
        for (var i = 0; i < calls; i++)
        {
            try
            {
                client.Execute(Checkout, new EvaluationContext("ada"), static _ => throw new InvalidOperationException(), static _ => true);
            }
            catch (InvalidOperationException)
            {
                failures++;
            }
        }

        return failures;
    }

    private async Task<IFeatureClient> StartAsync(Action<ProgressiveDeliveryBuilder> configure, params GuardDefinition[] guards)
    {
        var waiting = new RolloutOutcome { To = "on", Steps = [new(Some.Monday, 0), new(Some.Monday.AddHours(1), 100) { Gate = new() { MinimumTime = TimeSpan.FromHours(1) } }] };
        var snapshot = Some.Snapshot(
            Some.Flag("checkout") with { Default = "on", Guards = guards },
            Some.Flag("waiting") with { Default = waiting });
        _services = new ServiceCollection().AddSingleton<TimeProvider>(_time).AddProgressiveDelivery(flags => configure(flags.FromSnapshot(snapshot))).BuildServiceProvider();
        var client = _services.GetRequiredService<IFeatureClient>();
        await client.WaitUntilReadyAsync();
        return client;
    }
}
