using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Evaluation.Outcomes;

namespace ProgressiveDelivery.Sdk.Compilation;

/// <summary>
/// Places the steps of a rollout around its blackouts, and behind its gates: a step with a gate, and every later one, is open only while its share is at most
/// that of the ramp's position. A step that lowers the share waits for nothing.
/// </summary>
internal sealed class RampCompiler(FlagScope scope, Blackouts blackouts, bool isLinear)
{
    // The open steps by ascending time: of two, the later one in order counts from its time on.
    private readonly Stack<(long At, decimal Percent)> _open = new();
    private bool _isGated;
    private bool _isEndless;

    public RampStep[] Compile(IReadOnlyList<RolloutStep> steps)
    {
        var ramp = new RampStep[steps.Count];
        for (var i = 0; i < ramp.Length; i++)
        {
            scope.Enter(i);
            ramp[i] = Step(steps[i]);
            scope.Leave();
        }

        return ramp;
    }

    // The gate is judged in any case: its faults are reported.
    private RampStep Step(RolloutStep step)
    {
        var isFaulty = step.Gate is { } gate && IsFaulty(gate);
        var planned = step.At.UtcTicks;
        if (step.Percent <= ShareAt(planned))
        {
            Open(planned, step.Percent);
            return new(planned, planned, step.Percent, null);
        }

        _isGated |= step.Gate is not null;
        var isClosed = _isGated && !(step.Percent <= scope.Position?.Reached);
        var free = FreeFrom(planned);
        if (!isClosed)
            Open(free, step.Percent);
        return new(planned, free, step.Percent, step.Gate) { IsGated = _isGated, IsClosed = isClosed, IsFaulty = isFaulty };
    }

    // A step that waits for the end of a blackout does not make a lower one, in the blackout, a step down.
    private decimal ShareAt(long planned)
    {
        foreach (var (at, percent) in _open)
        {
            if (at <= planned)
                return percent;
        }

        return 0;
    }

    private void Open(long at, decimal percent)
    {
        while (_open.TryPeek(out var last) && last.At >= at)
            _open.Pop();
        _open.Push((at, percent));
    }

    private long FreeFrom(long planned)
    {
        var free = blackouts.FreeFrom(planned);
        if (free == Blackouts.Never && blackouts != Blackouts.Endless && !_isEndless)
        {
            _isEndless = true;
            scope.Report(DiagnosticCatalog.InvalidBlackout(scope.Path, scope.Definition.Key, "the blackouts of a rollout leave no time free after a step, so it is not reached"));
        }

        return free;
    }

    // A gate with a defect is reported by its reader.
    private bool IsFaulty(GateDefinition gate)
    {
        if (gate.Defect is not null)
            return true;
        if (FaultOf(gate) is not { } wrong)
            return false;
        scope.Enter("gate");
        scope.Report(DiagnosticCatalog.InvalidGate(scope.Path, scope.Definition.Key, wrong));
        scope.Leave();
        return true;
    }

    private string? FaultOf(GateDefinition gate)
    {
        if (isLinear)
            return "is in a rollout with curve 'linear'";
        if (gate.Outcomes < 0 || gate.MinimumTime < TimeSpan.Zero)
            return "has 'outcomes' or a 'minimumTime' below 0";
        if (gate.StepBackAfter <= gate.MinimumTime)
            return "steps back before it may open: 'stepBackAfter' is not above 'minimumTime'";
        return FaultOfGuards(gate.Guards) ?? FaultOfNothing(gate);
    }

    private string? FaultOfGuards(IReadOnlyList<string>? named)
    {
        if (named is null)
            return scope.HasLeftOutGuards ? "needs all guards of the flag, of which one is left out" : null;
        foreach (var id in named)
        {
            if (scope.IsLeftOut(id))
                return $"needs guard {DiagnosticCatalog.Quote(id)}, which is left out";
            if (scope.Guards.All(guard => guard.Id != id))
                return $"names guard {DiagnosticCatalog.Quote(id)}, which the flag does not have";
        }

        return null;
    }

    private string? FaultOfNothing(GateDefinition gate)
    {
        if (scope.Guards.Any(guard => !guard.DryRun && (gate.Guards is null || gate.Guards.Contains(guard.Id))))
            return null;
        return gate.Outcomes > 0 ? "waits for outcomes, and no guard of it counts them"
            : gate.MinimumTime == TimeSpan.Zero ? "has neither a guard nor a 'minimumTime' to wait for"
            : null;
    }
}
