using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.Browser.Tests;

/// <summary>A source with a name of its own, which a test publishes to, cuts off, and has confirm its content every 15 seconds.</summary>
internal sealed class ShopSource(string name, string document, TimeProvider clock) : ISnapshotSource
{
    private readonly InMemorySnapshotSource _content = new(document);
    private volatile bool _isGone;
    private long _due;

    public string Name => name;

    public ISnapshotFormat Format => _content.Format;

    /// <summary>Indicates whether the client waits for a change, and for a time that has not come.</summary>
    public bool IsAtRest => clock.GetUtcNow().UtcTicks < Volatile.Read(ref _due);

    /// <summary>Replaces the content.</summary>
    public void Set(string next) => _content.Set(next);

    /// <summary>Lets no reading through from now on.</summary>
    public void CutOff() => _isGone = true;

    public ValueTask<SnapshotReading> ReadAsync(CancellationToken cancellationToken) =>
        _isGone ? throw new SnapshotSourceException("Connection refused.") : _content.ReadAsync(cancellationToken);

    public void Acknowledge(SnapshotReading reading) => _content.Acknowledge(reading);

    public async ValueTask WaitForChangeAsync(CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pause = Task.Delay(TimeSpan.FromSeconds(15), clock, either.Token);
        Volatile.Write(ref _due, clock.GetUtcNow().UtcTicks + TimeSpan.FromSeconds(15).Ticks);
        await Task.WhenAny(_content.WaitForChangeAsync(either.Token).AsTask(), pause);
        Volatile.Write(ref _due, 0);
        await either.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }
}
