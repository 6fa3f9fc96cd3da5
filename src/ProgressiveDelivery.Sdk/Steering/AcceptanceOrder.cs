using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Sources.Failover;

namespace ProgressiveDelivery.Sdk.Steering;

/// <summary>An operator's order to accept the source's current document whatever its version, once.</summary>
/// <param name="act">The operator's act, with its author and reason.</param>
/// <param name="until">The time at which it lapses.</param>
internal sealed class AcceptanceOrder(ControlAct act, DateTimeOffset until)
{
    private readonly TaskCompletionSource<ControlOutcome> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ControlAct Act => act;

    public DateTimeOffset Until => until;

    /// <summary>The source from which the whole was requested since; null until then. Only the loop uses it.</summary>
    public ListedSource? Source { get; set; }

    /// <summary>Completes when it is carried out, or never will be.</summary>
    public Task<ControlOutcome> Outcome => _outcome.Task;

    public void End(ControlOutcome outcome) => _outcome.TrySetResult(outcome);
}
