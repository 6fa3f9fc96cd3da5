using Microsoft.Extensions.Configuration;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.Backends.MicrosoftFeatureManagement;

/// <summary>Reads feature flags from configuration as a document, and again after each reload.</summary>
internal sealed class ConfigurationSource(IConfiguration configuration, bool flagsAtRoot, ISnapshotFormat format) : ISnapshotSource
{
    private TaskCompletionSource? _reloaded;
    private IDisposable? _registration;

    public string Name => "configuration";

    public ISnapshotFormat Format => format;

    // Always the whole document: the receiver detects an unchanged one.
    public ValueTask<SnapshotReading> ReadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();

        // Registered before the read: a change made during it causes the next read.
        var reloaded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _registration?.Dispose();
        _registration = configuration.GetReloadToken().RegisterChangeCallback(static state => ((TaskCompletionSource)state!).TrySetResult(), reloaded);
        _reloaded = reloaded;
        return new(SnapshotReading.OfDocument(ConfigurationDocument.Of(configuration, flagsAtRoot)));
    }

    public void Acknowledge(SnapshotReading reading)
    {
    }

    public ValueTask WaitForChangeAsync(CancellationToken cancellationToken) =>
        _reloaded is { } reloaded ? new(reloaded.Task.WaitAsync(cancellationToken)) : ValueTask.CompletedTask;
}
