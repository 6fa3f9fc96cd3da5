using System.Globalization;
using System.Text;
using System.Threading.Channels;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Json;
using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.Benchmarks;

/// <summary>How long does a kill take to act that a backend sends behind thousands of others, while all of them are kept on disk?</summary>
[SimpleJob(RunStrategy.Monitoring, iterationCount: 10)]
public class KillFlood
{
    private static readonly byte[] Rules = Encoding.UTF8.GetBytes("""
        {"schema": "progressive-delivery/1", "version": 1, "flags": {"f": {"type": "boolean", "variants": {"on": true, "off": false}, "default": "on"}}}
        """);

    private readonly string _folder = Directory.CreateTempSubdirectory("kill-flood-").FullName;
    private ServiceProvider? _services;
    private IFeatureClient? _client;
    private Script? _script;

    [Params(0, 20_000)]
    public int Others { get; set; }

    [IterationSetup]
    public void Start()
    {
        var script = new Script();
        _script = script;
        _services = new ServiceCollection().AddProgressiveDelivery(flags => flags.From(_ => script).KeepLastKnownGoodIn(_folder)).BuildServiceProvider();
        _client = _services.GetRequiredService<IFeatureClient>();
        script.Send(SnapshotReading.OfDocument(Rules));
        _client.WaitUntilReadyAsync().GetAwaiter().GetResult();
    }

    [Benchmark]
    public void Kill()
    {
        for (var i = 0; i < Others; i++)
            _script!.Send(KillOf(string.Create(CultureInfo.InvariantCulture, $"unknown-{i}")));
        _script!.Send(KillOf("f"));
        SpinWait.SpinUntil(() => !_client!.IsEnabled("f", EvaluationContext.Empty));
    }

    [IterationCleanup]
    public void Stop()
    {
        _services!.Dispose();
        foreach (var file in Directory.EnumerateFiles(_folder))
            File.Delete(file);
    }

    [GlobalCleanup]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    private static SnapshotReading KillOf(string flag) =>
        SnapshotReading.OfKill(Encoding.UTF8.GetBytes($$"""{"version": 2, "flag": "{{flag}}", "variant": "off"}"""));

    private sealed class Script : ISnapshotSource
    {
        private readonly Channel<SnapshotReading> _readings = Channel.CreateUnbounded<SnapshotReading>();

        public string Name => "script";

        public ISnapshotFormat Format { get; } = SnapshotJson.Format();

        public void Send(SnapshotReading reading) => _readings.Writer.TryWrite(reading);

        public ValueTask<SnapshotReading> ReadAsync(CancellationToken cancellationToken) => _readings.Reader.ReadAsync(cancellationToken);

        public void Acknowledge(SnapshotReading reading)
        {
        }

        public ValueTask WaitForChangeAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
