using System.Text;
using System.Threading.Channels;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Json;
using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.Benchmarks.Relays;

/// <summary>The backend of a relay, in the same process.</summary>
internal sealed class Upstream : IPatchingSource
{
    private readonly Channel<SnapshotReading> _readings = Channel.CreateUnbounded<SnapshotReading>();

    public string Name => "upstream";

    public ISnapshotFormat Format { get; } = SnapshotJson.Format(new SnapshotLimits { MaxBytes = 128 * 1024 * 1024 });

    /// <summary>A document with some flags, and text to make it as large as wanted.</summary>
    public void SendDocument(long version, int bytes)
    {
        var noise = new byte[bytes / 2];
        new Random(1).NextBytes(noise);
        Send(SnapshotReading.OfDocument(Encoding.UTF8.GetBytes($$"""
            {"schema": "progressive-delivery/1", "version": {{version}}, "x-noise": "{{Convert.ToHexString(noise)}}", "flags": {"f": {"type": "boolean", "default": "on"} } }
            """)));
    }

    public void SendPatch(long version) => Send(SnapshotReading.OfPatch(Encoding.UTF8.GetBytes($$"""
        {"baseVersion": {{version - 1}}, "version": {{version}}, "set": {"flags": {"g": {"type": "boolean", "default": "{{(version % 2 == 0 ? "on" : "off")}}"} } } }
        """)));

    public void SendKill(long version, int number) => Send(SnapshotReading.OfKill(Encoding.UTF8.GetBytes($$"""
        {"version": {{version}}, "flag": "kill-{{number}}", "variant": "off"}
        """)));

    public ValueTask<SnapshotReading> ReadAsync(CancellationToken cancellationToken) => _readings.Reader.ReadAsync(cancellationToken);

    public void Acknowledge(SnapshotReading reading)
    {
    }

    public ValueTask WaitForChangeAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public void StartOver()
    {
    }

    public void Dispose()
    {
    }

    private void Send(SnapshotReading reading) => _readings.Writer.TryWrite(reading);
}
