using System.IO.Hashing;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ProgressiveDelivery.Sdk.Evaluation;
using ProgressiveDelivery.Sdk.Evaluation.Outcomes;

namespace ProgressiveDelivery.Sdk.Observation;

/// <summary>
/// Records exposures: a unit was given the variant of an experiment, or of a flag that is tracked. Each unit once for each flag, until its variant,
/// experiment or rule changes, or the time to repeat has passed. A repeated exposure allocates nothing. Safe to use from any thread.
/// </summary>
/// <param name="options">The options.</param>
/// <param name="units">The units and attributes of events.</param>
/// <param name="queue">Takes the events. An exposure that it does not take is offered again at the next evaluation.</param>
/// <param name="services">The services that units are read with.</param>
/// <param name="clock">Dates events, and measures the time to repeat.</param>
/// <param name="watches">Counts the units of experiments; null if they are not watched.</param>
internal sealed class ExposureRecorder(ExposureOptions options, EventUnits units, IEventQueue queue, EvaluationServices services, TimeProvider clock, ExperimentWatches? watches = null)
{
    private readonly ExposureTable _table = new(options.Remembered, (long)(options.RepeatAfter.TotalSeconds * clock.TimestampFrequency));

    // Units cannot be chosen so that they are taken for each other.
    private readonly long _seed = Random.Shared.NextInt64();

    /// <summary>Follows the rules that come into force.</summary>
    public void InForce(Ruleset rules) => watches?.InForce(rules);

    /// <summary>Records that a variant was given, if that is an exposure.</summary>
    public void Given(CompiledFlag flag, Decision decision, AnyContext context, Provenance rules)
    {
        var experiment = flag.ExperimentOf(decision);
        if (experiment is not null || (flag.IsTracked && flag.Overlay is null))
            Record(flag, decision, experiment, context, rules);
    }

    [SkipLocalsInit]
    private void Record(CompiledFlag flag, Decision decision, CompiledExperiment? experiment, AnyContext context, Provenance rules)
    {
        Unsafe.SkipInit(out UnitScratch scratch);
        var budget = default(EvaluationBudget);
        var input = new EvaluationInput(context, services, 0, ref budget);
        var by = experiment?.Unit ?? UnitReference.TargetingKey;
        var unit = by.Read(in input, scratch);
        if (unit.IsEmpty)
            return;

        var name = experiment?.Key ?? flag.Key;
        var key = XxHash128.HashToUInt128(MemoryMarshal.AsBytes(unit), _seed ^ (long)Hash(flag.Key));
        var mark = ExposureMark.Of(Hash(flag.Variants[decision.Variant].Label), Hash(name), Hash(RuleOf(flag, decision)), experiment?.Design?.Hash ?? 0);
        var now = clock.GetTimestamp();
        if (_table.IsKnown(key, in mark, now))
            return;
        ExposureChange change;
        lock (_table.LockOf(key))
        {
            var last = _table.Last(key, now, out var isRecent);
            mark = mark.After(in last);
            change = mark.ChangeFrom(in last, _table.HasForgotten);
            var isRepeated = isRecent && last.State == mark.State;
            if (isRepeated && !change.IsFirst)
                return;
            if (isRepeated)
                _table.SetDesign(key, in mark);
            else if (queue.TryEnqueue(Exposure(flag, decision, name, by, unit, in input, rules)))
                _table.Set(key, in mark, now);
            else
                return;
        }

        if (experiment is not null)
            watches?.Given(flag, experiment, decision.Variant, key, in change);
    }

    private ExposureEvent Exposure(CompiledFlag flag, Decision decision, string experiment, UnitReference by, ReadOnlySpan<char> unit, in EvaluationInput input, Provenance rules) => new()
    {
        Id = Guid.NewGuid().ToString("N"),
        Time = clock.GetUtcNow(),
        Unit = EventUnits.TextOf(by, unit, in input),
        UnitKind = by.Text,
        Attributes = units.AttributesOf(in input),
        Flag = flag.Key,
        Experiment = experiment,
        Variant = flag.Variants[decision.Variant].Label,
        Rule = RuleOf(flag, decision),
        Reason = decision.Reason,
        SnapshotVersion = rules.Version,
        Origin = rules.Origin,
    };

    private static string? RuleOf(CompiledFlag flag, Decision decision) => decision.Rule >= 0 ? flag.RuleName(decision.Rule) : null;

    private static ulong Hash(string? text) => text is null ? 0 : XxHash3.HashToUInt64(MemoryMarshal.AsBytes(text.AsSpan()));
}
