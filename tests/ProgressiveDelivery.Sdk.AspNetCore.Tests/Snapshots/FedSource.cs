using System.Text;
using System.Threading.Channels;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Json;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Sources.Signing;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Snapshots;

/// <summary>A backend whose texts a test sends.</summary>
internal sealed class FedSource(ISnapshotFormat? format = null) : IPatchingSource
{
    private readonly Channel<Func<SnapshotReading>> _sent = Channel.CreateUnbounded<Func<SnapshotReading>>();

    public string Name => "fed";

    public ISnapshotFormat Format { get; } = format ?? SnapshotJson.Format();

    public void SendDocument(string document, SnapshotSignature? signature = null) => Send(() => SnapshotReading.OfDocument(Bytes(document), signature: signature));

    public void SendPatch(string patch, SnapshotSignature? signature = null) => Send(() => SnapshotReading.OfPatch(Bytes(patch), signature: signature));

    public void SendKill(string kill, SnapshotSignature? signature = null) => Send(() => SnapshotReading.OfKill(Bytes(kill), signature: signature));

    public void SendCurrent() => Send(() => SnapshotReading.Current);

    public void Fail() => Send(() => throw new SnapshotSourceException("The backend is down."));

    public async ValueTask<SnapshotReading> ReadAsync(CancellationToken cancellationToken) => (await _sent.Reader.ReadAsync(cancellationToken))();

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

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private void Send(Func<SnapshotReading> reading) => _sent.Writer.TryWrite(reading);
}
