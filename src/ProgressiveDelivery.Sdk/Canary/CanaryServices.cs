using ProgressiveDelivery.Sdk.Canary.Guards;
using ProgressiveDelivery.Sdk.Canary.Ramps;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Evaluation;
using ProgressiveDelivery.Sdk.Observation;
using ProgressiveDelivery.Sdk.Snapshots;
using ProgressiveDelivery.Sdk.Steering;

namespace ProgressiveDelivery.Sdk.Canary;

/// <summary>The guards and gates of one client: gives variants their watches, and supervises what they decide. Safe to use from any thread.</summary>
/// <param name="ofCode">The guards given in code, by flag.</param>
/// <param name="journal">The log.</param>
/// <param name="clock">The clock.</param>
internal sealed class CanaryServices(IReadOnlyDictionary<string, GuardDefinition[]> ofCode, CanaryJournal journal, TimeProvider clock) : IOutcomeWatcher, IDisposable
{
    private const int MaxShown = 1_000;

    private GuardBoard? _board;
    private CanarySupervisor? _supervisor;
    private Func<FeatureSnapshot>? _current;

    /// <summary>The guards of the flags in force, by flag and guard.</summary>
    public IReadOnlyList<GuardStatus> Guards =>
        (_board?.Sets ?? []).SelectMany(set => set.Guards.OrderBy(guard => guard.Definition.Id, StringComparer.Ordinal)).Take(MaxShown).Select(GuardDescriber.Describe).ToArray();

    /// <summary>The ramps in force, by flag and rule.</summary>
    public IReadOnlyList<RampStatus> Ramps => RampsOf(Flags.Where(flag => flag.Ramps.Count > 0 && !flag.IsQuarantined).OrderBy(flag => flag.Key, StringComparer.Ordinal));

    /// <summary>Begins: what guards and gates decide is steered from now on. Called once, before the first rules are in force.</summary>
    /// <param name="steering">The acts on the rules in force.</param>
    /// <param name="current">Returns the snapshot in force.</param>
    public void Begin(ICanarySteering steering, Func<FeatureSnapshot> current)
    {
        var responder = new GuardResponder(steering, () => current().Rules, journal, clock);
        (_board, _current) = (new(ofCode, responder, journal, clock), current);
        _supervisor = new(steering, current, _board, responder, clock);
    }

    public OutcomeWatch[] WatchesOf(CompiledFlag flag, short variant) => _board?.WatchesOf(flag, variant) ?? [];

    /// <summary>Returns what guards and gates do to a flag, for people: the trips that hold, and the steps that wait.</summary>
    public IReadOnlyList<string> NotesOn(string flag)
    {
        List<string> notes = [];
        foreach (var guard in _board?.Find(flag)?.Guards ?? [])
        {
            if (guard.Trip is { } trip)
                notes.Add($"guard {GuardText.Name(trip.Guard)} tripped: {trip.Evidence}");
        }

        foreach (var ramp in RampsOf(_current?.Invoke().Rules.Find(flag) is { IsQuarantined: false } found ? [found] : []))
        {
            if (ramp.IsPaused)
                notes.Add($"the rollout is paused at {GuardText.Percent(ramp.Percent)}");
            else if (ramp is { Next: { } next, WaitsFor.Count: > 0 })
                notes.Add($"the step to {GuardText.Percent(next)} waits for {string.Join("; ", ramp.WaitsFor)}");
        }

        return notes;
    }

    public void Dispose() => _supervisor?.Dispose();

    private CompiledFlag[] Flags => _current?.Invoke().Rules.Flags ?? [];

    private RampStatus[] RampsOf(IEnumerable<CompiledFlag> flags)
    {
        var now = clock.GetUtcNow().UtcTicks;
        return flags.SelectMany(flag => flag.Ramps.OrderBy(ramp => ramp.Rule, StringComparer.Ordinal), (flag, ramp) => new RampView(flag, ramp, now)).Take(MaxShown)
            .Select(view => RampDescriber.Describe(in view, _supervisor?.Judge(view))).ToArray();
    }
}
