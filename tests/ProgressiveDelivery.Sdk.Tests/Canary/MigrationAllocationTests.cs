using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using ProgressiveDelivery.Sdk.Canary;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Canary;

public sealed class MigrationAllocationTests
{
    private static readonly EvaluationContext User = new("user-1");

    [Theory]
    [InlineData("off")]
    [InlineData("dual-write")]
    [InlineData("ramp-down")]
    [InlineData("complete")]
    public void ReadOfOneSideAllocatesNothing(string stage)
    {
        var migration = Migration(stage, meters: null, static (_, _) => new("a"));

        Allocated.By(() => _ = migration.ReadAsync(1, User).Result).Should().Be(0);
    }

    [Fact]
    public void ReadOfOneSideAllocatesNothingWhileItIsMeasured()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var measured = 0;
        using var listener = Listen(services.GetRequiredService<IMeterFactory>(), () => measured++);
        var migration = Migration("complete", services.GetRequiredService<IMeterFactory>(), static (_, _) => new("a"));

        Allocated.By(() => _ = migration.ReadAsync(1, User).Result).Should().Be(0);

        measured.Should().Be(2 * 400, "each read is counted and timed");
    }

    [Fact]
    public void ReadThatNoListenerMeasuresIsTheSidesOwnTask()
    {
        var pending = new TaskCompletionSource<string>();
        var migration = Migration("complete", meters: null, (_, _) => new(pending.Task));

        migration.ReadAsync(1, User).AsTask().Should().BeSameAs(pending.Task);
    }

    private static MeterListener Listen(IMeterFactory meters, Action measured)
    {
        var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, all) =>
        {
            if (instrument.Meter.Scope == meters)
                all.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, _, _, _) => measured());
        listener.SetMeasurementEventCallback<double>((_, _, _, _) => measured());
        listener.Start();
        return listener;
    }

    private static Migration<int, string> Migration(string stage, IMeterFactory? meters, Func<int, CancellationToken, ValueTask<string>> read)
    {
        var time = new FakeTimeProvider(Some.Monday);
        var meter = meters is null ? null : new MigrationMeter(meters, "shop", "customers");
        return new(
            new() { ReadOld = read, ReadNew = read },
            Some.Text("customers", stage).Open(),
            new("customers", meter, new(NullLogger.Instance, "shop", "customers", "customers", time), time, Random.Shared));
    }
}
