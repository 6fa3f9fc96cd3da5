using System.Globalization;
using ProgressiveDelivery.Sdk.Canary.Guards;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Canary.Ramps;

/// <summary>
/// Judges the gate of a ramp's next step. Only outcomes since the present step began count: a good history of a small share is no evidence for a larger one. No data is not fine.
/// </summary>
/// <param name="view">The ramp.</param>
/// <param name="gate">The gate of its next step.</param>
/// <param name="track">The present step.</param>
/// <param name="guards">The guards of the flag.</param>
internal sealed class GateJudge(RampView view, GateDefinition gate, RampTrack track, GuardSet? guards)
{
    private readonly List<string> _waitsFor = [];
    private readonly List<string> _met = [];

    public GateVerdict Judge()
    {
        var elapsed = track.Elapsed;
        var isTime = elapsed >= gate.MinimumTime;
        if (!isTime)
            _waitsFor.Add(string.Create(CultureInfo.InvariantCulture, $"the minimum time at the step before: {elapsed:d\\.hh\\:mm\\:ss} of {gate.MinimumTime:d\\.hh\\:mm\\:ss}"));
        if (view.IsInBlackout)
            _waitsFor.Add("the end of a blackout");
        var isUnfit = JudgeGuards();
        var isOpen = view.IsDue && _waitsFor.Count == 0;
        var isOverdue = gate.StepBackAfter is { } limit && elapsed >= limit;
        return new(isOpen, view.IsDue && !isOpen && (isOverdue || (isTime && isUnfit)), _waitsFor, _met);
    }

    // True if the policy of a guard is to step back.
    private bool JudgeGuards()
    {
        var isUnfit = false;
        foreach (var id in gate.Guards ?? [])
        {
            if (guards?.Find(id) is null)
                _waitsFor.Add($"guard {GuardText.Name(id)}: it does not run");
        }

        foreach (var guard in (guards?.Guards ?? []).Where(IsNeeded))
            isUnfit |= JudgeGuard(guard) == GuardPolicy.StepBack;
        return isUnfit;
    }

    private bool IsNeeded(Guard guard) => !guard.Definition.DryRun && (gate.Guards is not { } named || named.Contains(guard.Definition.Id));

    private GuardPolicy JudgeGuard(Guard guard)
    {
        var state = guard.State;
        var counts = track.Since(guard, state.Reading.Counts);
        var result = state.IsBad ? GuardResult.Bad : GuardJudge.Of(guard.Definition, in counts);
        var hasEnough = counts.Outcomes >= gate.Outcomes;
        var policy = (result, hasEnough) switch
        {
            (GuardResult.Fine, true) => GuardPolicy.Pass,
            (GuardResult.NoData, _) => guard.Definition.NoData,
            (GuardResult.Bad, _) => GuardPolicy.Hold,
            _ => guard.Definition.Inconclusive,
        };
        var text = $"guard {GuardText.Name(guard.Definition.Id)}: {Describe(result, hasEnough, counts.Outcomes)}";
        (policy == GuardPolicy.Pass ? _met : _waitsFor).Add(text);
        return policy;
    }

    private string Describe(GuardResult result, bool hasEnough, long outcomes) => result == GuardResult.Bad || hasEnough
        ? GuardText.Of(result)
        : string.Create(CultureInfo.InvariantCulture, $"{outcomes:N0} of {gate.Outcomes:N0} outcomes");
}
