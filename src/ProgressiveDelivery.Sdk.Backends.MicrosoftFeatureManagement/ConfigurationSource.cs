using Microsoft.Extensions.Configuration;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.Backends.MicrosoftFeatureManagement;

/// <summary>Reads feature flags from configuration, as a document, and again when it is reloaded.</summary>
internal sealed class ConfigurationSource(IConfiguration configuration, ISnapshotFormat format) : ISnapshotSource
{
    private TaskCompletionSource? _reloaded;
    private IDisposable? _registration;

    public string Name => "configuration";

    public ISnapshotFormat Format => format;

    // All of it each time: what is the same is found out by whoever accepts it.
    public ValueTask<SnapshotReading> ReadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();

        // Before it is read: what changes while it is read is seen the next time.
        var reloaded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _registration?.Dispose();
        _registration = configuration.GetReloadToken().RegisterChangeCallback(static state => ((TaskCompletionSource)state!).TrySetResult(), reloaded);
        _reloaded = reloaded;
        return new(SnapshotReading.OfDocument(ConfigurationDocument.Of(configuration)));
    }

    public void Acknowledge(SnapshotReading reading)
    {
    }

    public ValueTask WaitForChangeAsync(CancellationToken cancellationToken) =>
        _reloaded is { } reloaded ? new(reloaded.Task.WaitAsync(cancellationToken)) : ValueTask.CompletedTask;
}
