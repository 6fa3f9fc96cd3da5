using System.Runtime.CompilerServices;
using ProgressiveDelivery.Sdk.Evaluation;

namespace ProgressiveDelivery.Sdk.Observation;

/// <summary>
/// Records outcomes, once for each kind of unit that an analysis may join them by: the targeting key, and the units of the experiments in force.
/// </summary>
/// <param name="units">The units and attributes of events.</param>
/// <param name="queue">Takes the events, and counts those that it does not take; null if no sink takes outcomes.</param>
/// <param name="backends">The recorders of backends; null if there are none.</param>
/// <param name="refuse">Reports a value that is not finite.</param>
/// <param name="services">The services that units are read with.</param>
/// <param name="clock">Dates events.</param>
internal sealed class OutcomeRecorder(EventUnits units, IEventQueue? queue, BackendRecordings? backends, Action<string, double> refuse, EvaluationServices services, TimeProvider clock)
{
    private Known _known = new([], [UnitReference.TargetingKey]);

    /// <summary>Records an outcome under the units of a ruleset's experiments.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="context">The context of the units.</param>
    /// <param name="value">The value.</param>
    /// <param name="rules">The ruleset.</param>
    /// <param name="given">The variants given in the unit of work; null outside of one.</param>
    [SkipLocalsInit]
    public void Record(string metric, EvaluationContext context, double value, Ruleset rules, GivenVariants? given = null)
    {
        if (!double.IsFinite(value))
        {
            queue?.Refuse(EventLossCause.Invalid);
            refuse(metric, value);
            return;
        }

        backends?.Tracked(metric, context, value);
        if (queue is null)
            return;
        Unsafe.SkipInit(out UnitScratch scratch);
        var budget = default(EvaluationBudget);
        var input = new EvaluationInput(context, services, 0, ref budget);
        var (time, attributes) = (clock.GetUtcNow(), units.AttributesOf(in input));
        var (variants, omitted) = (given?.ToList() ?? [], given?.Omitted ?? 0);
        foreach (var by in UnitsOf(rules))
        {
            var unit = by.Read(in input, scratch);
            if (unit.IsEmpty)
                continue;
            queue.TryEnqueue(new OutcomeEvent
            {
                Id = Guid.NewGuid().ToString("N"),
                Time = time,
                Unit = EventUnits.TextOf(by, unit, in input),
                UnitKind = by.Text,
                Attributes = attributes,
                Metric = metric,
                Value = value,
                Variants = variants,
                OmittedVariants = omitted,
            });
        }
    }

    // Found once for each ruleset. Two threads that find them at once find the same.
    private UnitReference[] UnitsOf(Ruleset rules)
    {
        var known = _known;
        if (ReferenceEquals(known.Flags, rules.Flags))
            return known.Units;
        UnitReference[] found =
        [
            UnitReference.TargetingKey,
            .. rules.Flags.SelectMany(flag => flag.Experiments).Select(experiment => experiment.Unit)
                .DistinctBy(unit => unit.Text, StringComparer.Ordinal).Where(unit => unit.Text != UnitReference.TargetingKey.Text),
        ];
        _known = new(rules.Flags, found);
        return found;
    }

    private sealed record Known(CompiledFlag[] Flags, UnitReference[] Units);
}
