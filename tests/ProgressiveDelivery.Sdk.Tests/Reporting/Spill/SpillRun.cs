using ProgressiveDelivery.Sdk.Reporting;

namespace ProgressiveDelivery.Sdk.Tests.Reporting.Spill;

/// <summary>One run of a process.</summary>
internal sealed class SpillRun
{
    private volatile bool _isDead;

    public EventPipeline Pipeline { get; set; } = null!;

    public EventSinkStatus Status => Pipeline.Status[0];

    public bool IsDead
    {
        get => _isDead;
        set => _isDead = value;
    }

    public void Enqueue(params string[] ids)
    {
        foreach (var id in ids)
            Pipeline.TryEnqueue(SomeEvents.Exposure(id));
    }

    public void ThrowIfDead()
    {
        if (_isDead)
            throw new IOException("The process is dead.");
    }
}
