using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Evaluation;
using ProgressiveDelivery.Sdk.Telemetry;

namespace ProgressiveDelivery.Sdk.Snapshots;

/// <summary>
/// Serves the variants that contexts and units of work force for a test, where that is allowed. Kills and operators' overrides outrank them. Each one is recorded
/// once, and not at each answer. Safe to use from any thread.
/// </summary>
/// <param name="isAllowed">True if variants may be forced.</param>
/// <param name="audit">Records a forced variant in the trail. Quick, and never throws.</param>
/// <param name="logger">The log.</param>
/// <param name="client">The client's name for people.</param>
/// <param name="counts">False to count and record nothing.</param>
internal sealed class VariantForcing(bool isAllowed, Action<ForcedVariant> audit, ILogger logger, string client, bool counts = true)
{
    private const int MaxNoted = 1_000;

    private readonly HashSet<(ForcedVariant Forced, bool HasEffect)> _noted = [];
    private long _answers;
    private int _isRefusalTold;

    /// <summary>The number of answers with a forced variant.</summary>
    public long Answers => Volatile.Read(ref _answers);

    /// <summary>Returns the same for answers without effects.</summary>
    public VariantForcing WithoutEffects() => new(isAllowed, audit, NullLogger.Instance, client, counts: false);

    /// <summary>Finds the decision for a flag.</summary>
    /// <param name="flag">The flag.</param>
    /// <param name="set">The forced variants of the context or the unit of work.</param>
    /// <param name="rules">The rules that answer.</param>
    /// <param name="isAnswer">False for what must have no effects: an explanation, a watched value.</param>
    /// <param name="decision">The decision.</param>
    /// <returns>False if the rules decide.</returns>
    public bool TryForce(CompiledFlag flag, ForcedVariantSet set, Ruleset rules, bool isAnswer, out Decision decision)
    {
        decision = default;
        if (!isAllowed)
            return Refuse();
        if (isAnswer && counts && !ReferenceEquals(set.NotedUnder, rules))
            Note(set, rules);
        if (set.Find(flag.Key) is not { } forced || !CanServe(flag, forced, out var variant))
            return false;
        if (isAnswer && counts)
            Interlocked.Increment(ref _answers);
        decision = new(variant, EvaluationReason.Override);
        return true;
    }

    private static bool CanServe(CompiledFlag flag, ForcedVariant forced, out short variant)
    {
        variant = flag.Overlay is null && !flag.IsQuarantined ? flag.IndexOfVariant(forced.Variant) : Decision.None;
        return variant >= 0;
    }

    private bool Refuse()
    {
        if (Interlocked.Exchange(ref _isRefusalTold, 1) == 0)
            logger.ForcedVariantRefused(client);
        return false;
    }

    // When the memory is full it starts anew: a variant is rather recorded twice than never.
    private void Note(ForcedVariantSet set, Ruleset rules)
    {
        set.NotedUnder = rules;
        foreach (var forced in set.List)
        {
            var hasEffect = rules.Find(forced.Flag) is { } flag && CanServe(flag, forced, out _);
            lock (_noted)
            {
                if (_noted.Count == MaxNoted)
                    _noted.Clear();
                if (!_noted.Add((forced, hasEffect)))
                    continue;
            }

            if (hasEffect)
                audit(forced);
            else
                logger.ForcedVariantWithoutEffect(client, DiagnosticCatalog.Quote(forced.Flag), DiagnosticCatalog.Quote(forced.Variant), DiagnosticCatalog.Quote(forced.By), rules.Version);
        }
    }
}
