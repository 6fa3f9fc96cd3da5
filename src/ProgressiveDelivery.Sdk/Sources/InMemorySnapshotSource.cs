using System.Text;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Json;
using ProgressiveDelivery.Sdk.Sources.Signing;

namespace ProgressiveDelivery.Sdk.Sources;

/// <summary>
/// A source that holds a given snapshot: for unit tests, for offline evaluation, and as the end of a channel of your own.
/// Safe to use from any thread.
/// </summary>
public sealed class InMemorySnapshotSource : ISnapshotSource, IDescribedSource
{
    private Held _held;
    private Held? _read;
    private SnapshotReading? _acknowledged;

    /// <summary>Makes a source that holds definitions.</summary>
    /// <param name="definition">The initial content.</param>
    /// <param name="format">The format of documents given to it later; null for <see cref="SnapshotJson.Format"/>.</param>
    public InMemorySnapshotSource(SnapshotDefinition definition, ISnapshotFormat? format = null)
        : this(SnapshotReading.OfDefinition(definition), format)
    {
    }

    /// <summary>Makes a source that holds a document.</summary>
    /// <param name="document">The initial content.</param>
    /// <param name="format">The format of documents; null for <see cref="SnapshotJson.Format"/>.</param>
    public InMemorySnapshotSource(string document, ISnapshotFormat? format = null)
        : this(OfText(document), format)
    {
    }

    private InMemorySnapshotSource(SnapshotReading first, ISnapshotFormat? format)
    {
        Format = format ?? SnapshotJson.Format();
        _held = new(first);
    }

    /// <inheritdoc/>
    public string Name => "memory";

    string IDescribedSource.Kind => "rules in code";

    /// <inheritdoc/>
    public ISnapshotFormat Format { get; }

    /// <summary>The current content of the source.</summary>
    internal SnapshotReading Content => Volatile.Read(ref _held).Reading;

    /// <summary>Replaces the content of the source, to be read soon. The client's status shows whether it is accepted.</summary>
    public void Set(SnapshotDefinition definition) => Hold(SnapshotReading.OfDefinition(definition));

    /// <summary>Replaces the content of the source by a document, to be read soon. The client's status shows whether it is accepted.</summary>
    public void Set(string document) => Hold(OfText(document));

    /// <summary>Replaces the content of the source by a UTF-8 document, which is copied, to be read soon.</summary>
    public void Set(ReadOnlySpan<byte> document) => Hold(SnapshotReading.OfDocument(document.ToArray()));

    /// <summary>Replaces the content of the source by a signed UTF-8 document, which is copied, to be read soon.</summary>
    /// <param name="document">The document's exact bytes.</param>
    /// <param name="signature">The signature over them.</param>
    public void Set(ReadOnlySpan<byte> document, SnapshotSignature signature)
    {
        ArgumentNullException.ThrowIfNull(signature);
        Hold(SnapshotReading.OfDocument(document.ToArray(), signature: signature));
    }

    /// <inheritdoc/>
    public ValueTask<SnapshotReading> ReadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var held = Volatile.Read(ref _held);
        Volatile.Write(ref _read, held);
        return new(ReferenceEquals(held.Reading, Volatile.Read(ref _acknowledged)) ? SnapshotReading.Current : held.Reading);
    }

    /// <inheritdoc/>
    public void Acknowledge(SnapshotReading reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        if (reading != SnapshotReading.Current) Volatile.Write(ref _acknowledged, reading);
    }

    /// <summary>Completes when the content differs from the last reading; at once if nothing was read yet.</summary>
    public ValueTask WaitForChangeAsync(CancellationToken cancellationToken) =>
        Volatile.Read(ref _read) is { } read ? new(read.Replaced.Task.WaitAsync(cancellationToken)) : ValueTask.CompletedTask;

    private void Hold(SnapshotReading reading) => Interlocked.Exchange(ref _held, new(reading)).Replaced.TrySetResult();

    private static SnapshotReading OfText(string document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return SnapshotReading.OfDocument(Encoding.UTF8.GetBytes(document));
    }

    private sealed record Held(SnapshotReading Reading)
    {
        public TaskCompletionSource Replaced { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
