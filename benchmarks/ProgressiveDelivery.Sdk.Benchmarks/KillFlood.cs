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
    private const int Flags = 10_000;

    private static readonly byte[] Rules = Encoding.UTF8.GetBytes($$"""
        {"schema": "progressive-delivery/1", "version": 1, "flags": { {{string.Join(", ", Enumerable.Range(0, Flags).Select(i => Flag($"flag-{i}")).Append(Flag("f")))}} } }
        """);

    private readonly string _folder = Directory.CreateTempSubdirectory("kill-flood-").FullName;
    private ServiceProvider? _services;
    private IFeatureClient? _client;
    private Script? _script;

    /// <summary>The number of kills before it.</summary>
    [Params(0, 20_000)]
    public int Others { get; set; }

    /// <summary>Indicates whether they are of the 10,000 flags of the rules, to one variant and then to the other, so that each changes answers.</summary>
    [Params(false, true)]
    public bool Known { get; set; }

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
            _script!.Send(Known ? KillOf($"flag-{i % Flags}", i < Flags ? "off" : "on", version: 2 + (i / Flags)) : KillOf($"unknown-{i}"));
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

    private static string Flag(string key) => $$"""
        "{{key}}": {"type": "boolean", "variants": {"on": true, "off": false}, "default": "on"}
        """;

    private static SnapshotReading KillOf(string flag, string variant = "off", int version = 2) =>
        SnapshotReading.OfKill(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""{"version": {{version}}, "flag": "{{flag}}", "variant": "{{variant}}"}""")));

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
