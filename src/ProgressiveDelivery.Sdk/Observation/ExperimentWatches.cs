using System.Collections.Concurrent;
using ProgressiveDelivery.Sdk.Evaluation;
using ProgressiveDelivery.Sdk.Evaluation.Outcomes;

namespace ProgressiveDelivery.Sdk.Observation;

/// <summary>
/// The watches of the experiments in force that this process has exposed units of; of at most <see cref="MaxExperiments"/>, 32 KiB each. Safe to use from any
/// thread.
/// </summary>
/// <param name="alarm">Reports faults of experiments.</param>
/// <param name="clock">Dates the begin of tests.</param>
internal sealed class ExperimentWatches(IExperimentAlarm alarm, TimeProvider clock)
{
    public const int MaxExperiments = 1_000;

    private readonly object _gate = new();
    private readonly ConcurrentDictionary<(string Flag, string Experiment), ExperimentWatch> _watches = new();
    private Ruleset _rules = Ruleset.Empty;

    /// <summary>The health of each experiment, by flag and experiment.</summary>
    public IReadOnlyList<ExperimentHealth> Health =>
    [
        .. _watches.Values.OrderBy(watch => watch.Flag, StringComparer.Ordinal).ThenBy(watch => watch.Experiment, StringComparer.Ordinal).Select(watch => watch.Health),
    ];

    /// <summary>Follows the rules that come into force: forgets experiments that are gone, and begins anew where weights differ.</summary>
    public void InForce(Ruleset rules)
    {
        // A client that has ended still shows what it saw.
        if (ReferenceEquals(rules, Ruleset.Empty))
            return;
        lock (_gate)
        {
            _rules = rules;
            foreach (var (key, watch) in _watches)
            {
                var flag = rules.Find(key.Flag);
                if (flag is { Overlay: null, IsQuarantined: false } && DesignOf(flag, key.Experiment, out var isTestable) is { } design)
                    watch.Follow(design, isTestable);
                else if (flag is null or { Overlay: null, IsQuarantined: false })
                    _watches.TryRemove(key, out _);
            }
        }
    }

    /// <summary>Counts a unit at its exposure. Allocates nothing but for the first unit of an experiment.</summary>
    /// <param name="flag">The flag.</param>
    /// <param name="experiment">The experiment that decided.</param>
    /// <param name="variant">The variant's place in the flag.</param>
    /// <param name="unit">The hash of unit and flag.</param>
    /// <param name="exposure">What is known of the unit.</param>
    public void Given(CompiledFlag flag, CompiledExperiment experiment, short variant, UInt128 unit, in ExposureChange exposure)
    {
        if (experiment.Design is not { } design || WatchOf(flag, experiment.Key) is not { } watch)
            return;
        if (exposure.IsFirst)
            watch.Count(design, variant, unit, exposure.MayBeKnown);
        if (exposure.IsCrossover)
            watch.Crossed();
    }

    private ExperimentWatch? WatchOf(CompiledFlag flag, string experiment) =>
        _watches.TryGetValue((flag.Key, experiment), out var watch) ? watch : Begin(flag, experiment);

    // Rules that are no longer in force begin nothing, though requests may still use them.
    private ExperimentWatch? Begin(CompiledFlag flag, string experiment)
    {
        lock (_gate)
        {
            if (_watches.TryGetValue((flag.Key, experiment), out var watch))
                return watch;
            if (_watches.Count >= MaxExperiments || !IsInForce(flag) || DesignOf(flag, experiment, out var isTestable) is not { } design)
                return null;
            return _watches[(flag.Key, experiment)] = new(flag.Key, experiment, design, isTestable, alarm, clock);
        }
    }

    private bool IsInForce(CompiledFlag flag) => flag.Index < _rules.Flags.Length && ReferenceEquals(_rules.Flags[flag.Index], flag);

    // A flag may name one experiment in several rules, and divide it otherwise in each.
    private static ExperimentDesign? DesignOf(CompiledFlag flag, string experiment, out bool isTestable)
    {
        isTestable = true;
        ExperimentDesign? found = null;
        foreach (var one in flag.Experiments)
        {
            if (!string.Equals(one.Key, experiment, StringComparison.Ordinal))
                continue;
            isTestable &= one.Design is not null && (found is null || one.Design.Hash == found.Hash);
            found ??= one.Design;
        }

        return found;
    }
}
