using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Evaluation;
using ProgressiveDelivery.Sdk.Observation;
using ProgressiveDelivery.Sdk.Snapshots;

namespace ProgressiveDelivery.Sdk.Canary.Guards;

/// <summary>
/// The guards of the flags in force. A guard goes on while its definition, its flag's attempt and its variants' values stay the same, whatever snapshot brings them; else another one
/// takes its place. Safe to use from any thread.
/// </summary>
/// <param name="ofCode">The guards given in code, by flag. A guard of the snapshot with the same id takes the place of one of them.</param>
/// <param name="responder">Answers trips.</param>
/// <param name="journal">The log.</param>
/// <param name="clock">Dates the evidence.</param>
internal sealed class GuardBoard(IReadOnlyDictionary<string, GuardDefinition[]> ofCode, GuardResponder responder, CanaryJournal journal, TimeProvider clock) : IOutcomeWatcher
{
    private readonly object _gate = new();
    private readonly SortedDictionary<string, GuardSet> _sets = new(StringComparer.Ordinal);
    private Dictionary<(string Flag, string Guard, long Attempt), GuardTrip> _trips = [];
    private Dictionary<string, FlagDefinition> _rules = [];
    private SnapshotDefinition? _definition;

    /// <summary>The guards, by flag.</summary>
    public IReadOnlyList<GuardSet> Sets
    {
        get
        {
            lock (_gate)
                return [.. _sets.Values];
        }
    }

    public OutcomeWatch[] WatchesOf(CompiledFlag flag, short variant)
    {
        if (!IsGuarded(flag))
            return [];
        lock (_gate)
            return SetOf(flag).WatchesOf(flag.Variants[variant].Name);
    }

    /// <summary>Returns the guards of a flag; null if it has none.</summary>
    public GuardSet? Find(string flag)
    {
        lock (_gate)
            return _sets.GetValueOrDefault(flag);
    }

    /// <summary>Follows the rules in force and the trips that hold. Called within the turn that changes them.</summary>
    public void Follow(FeatureSnapshot inForce, IReadOnlyList<GuardTrip> trips)
    {
        // A client that has ended still shows what it saw.
        if (!inForce.HasRules)
            return;
        lock (_gate)
        {
            _trips = trips.ToDictionary(trip => (trip.Flag, trip.Guard, trip.Attempt));
            foreach (var flag in inForce.Rules.Flags.Where(IsGuarded))
                SetOf(flag);
            RemoveOthers(inForce.Rules);
            FollowRules(inForce.Definition);
            foreach (var guard in _sets.Values.SelectMany(set => set.Guards))
                guard.Follow(TripOf(guard));
        }
    }

    private bool IsGuarded(CompiledFlag flag) => !flag.IsQuarantined && (flag.Guards.Count > 0 || ofCode.ContainsKey(flag.Key));

    private GuardSet SetOf(CompiledFlag flag)
    {
        var before = _sets.GetValueOrDefault(flag.Key);
        if (ReferenceEquals(before?.Flag, flag))
            return before;
        GuardDefinition[] definitions = [.. DefinitionsOf(flag)];
        var set = new GuardSet(flag, [.. definitions.Select(guard => GuardIdentity.Of(flag, guard, definitions.Length)).OfType<GuardIdentity>().Select(guard => before?.Find(guard) ?? Make(guard))]);
        foreach (var ended in before?.Guards.Except(set.Guards) ?? [])
            ended.End();
        return _sets[flag.Key] = set;
    }

    private IEnumerable<GuardDefinition> DefinitionsOf(CompiledFlag flag) => ofCode.TryGetValue(flag.Key, out var more)
        ? flag.Guards.Concat(more.Where(guard => !flag.Guards.Any(other => other.Id == guard.Id)))
        : flag.Guards;

    private Guard Make(GuardIdentity identity)
    {
        var guard = new Guard(identity, responder, clock);
        guard.Follow(TripOf(guard));
        return guard;
    }

    private GuardTrip? TripOf(Guard guard) => _trips.Count == 0 ? null : _trips.GetValueOrDefault((guard.Identity.Flag, guard.Definition.Id, guard.Identity.Attempt));

    private void RemoveOthers(Ruleset rules)
    {
        foreach (var (key, set) in _sets.Where(entry => rules.Find(entry.Key) is not { } flag || !IsGuarded(flag)).ToList())
        {
            foreach (var guard in set.Guards)
                guard.End();
            _sets.Remove(key);
        }

        foreach (var (key, guards) in ofCode)
        {
            foreach (var guard in guards.Where(guard => _sets.GetValueOrDefault(key)?.Find(guard.Id) is null))
                journal.NothingToWatch(key, guard, isFlagMissing: rules.Find(key) is null);
        }
    }

    // Other rules may give a variant to other units, for which the evidence of a lifetime does not hold.
    private void FollowRules(SnapshotDefinition? definition)
    {
        if (ReferenceEquals(definition, _definition))
            return;
        var before = _rules;
        _definition = definition;
        _rules = (definition?.Flags ?? []).Where(flag => _sets.GetValueOrDefault(flag.Key)?.HasLifetime == true).DistinctBy(flag => flag.Key).ToDictionary(flag => flag.Key, StringComparer.Ordinal);
        foreach (var (key, flag) in _rules)
        {
            if (!before.TryGetValue(key, out var old) || old.AnswersLike(flag))
                continue;
            foreach (var guard in _sets[key].Guards)
                guard.BeginStep();
        }
    }
}
