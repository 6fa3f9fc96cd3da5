using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using ProgressiveDelivery.Sdk.Canary;
using ProgressiveDelivery.Sdk.Tests.Refresh;

namespace ProgressiveDelivery.Sdk.Tests.Canary;

/// <summary>A migration between two gated sides, on a clock that tests move.</summary>
internal sealed class MigrationUnderTest : IDisposable
{
    private readonly ServiceProvider _meters = new ServiceCollection().AddMetrics().BuildServiceProvider();

    public MigrationUnderTest(string? stage, Action<MigrationOptions<int, string>>? configure = null, Random? random = null)
    {
        Flag = new(stage);
        var options = new MigrationOptions<int, string> { ReadOld = Old.ReadAsync, ReadNew = New.ReadAsync, WriteOld = Old.WriteAsync, WriteNew = New.WriteAsync };
        configure?.Invoke(options);
        Migration = new(options, Flag, new("customers", new(Meters, "shop", "customers"), new(Logger, "shop", "customers", "customers", Time), Time, random ?? new Random(1)));
    }

    public GatedSide Old { get; } = new();

    public GatedSide New { get; } = new();

    public StageFlag Flag { get; }

    public FakeTimeProvider Time { get; } = new(Some.Monday);

    public FakeLogger Logger { get; } = new();

    public Migration<int, string> Migration { get; }

    public IMeterFactory Meters => _meters.GetRequiredService<IMeterFactory>();

    public IEnumerable<FakeLogRecord> Warnings => Logger.Collector.GetSnapshot().Where(record => record.Level >= LogLevel.Warning);

    public GatedSide Side(MigrationSide side) => side == MigrationSide.Old ? Old : New;

    public Task<MigrationRead<string>> ReadAsync(int key = 1, CancellationToken cancellationToken = default) =>
        Migration.ReadWithDetailsAsync(key, EvaluationContext.Empty, cancellationToken).AsTask().WaitAsync(Until.Patience, CancellationToken.None);

    public Task<MigrationWrite> WriteAsync(int key = 1, string value = "a", CancellationToken cancellationToken = default) =>
        Migration.WriteAsync(key, value, EvaluationContext.Empty, cancellationToken).AsTask().WaitAsync(Until.Patience, CancellationToken.None);

    public static Task<MigrationCheck> CheckOf(MigrationRead<string> read) => read.Check.WaitAsync(Until.Patience);

    public MetricCollector<T> Collector<T>(string name)
        where T : struct => new(Meters, "ProgressiveDelivery.Sdk", $"progressive_delivery.migration.{name}");

    public void Dispose() => _meters.Dispose();
}
