using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Evaluation;
using ProgressiveDelivery.Sdk.Telemetry;

namespace ProgressiveDelivery.Sdk.Snapshots;

/// <summary>What is done about flags that are asked but not defined: the first time one warning, then only counted; or an exception.</summary>
internal sealed class UnknownFlags(ILogger logger, EvaluationCounters counters, bool strict)
{
    // A caller that composes keys from user input must not fill the memory.
    private const int MostRemembered = 1_000;

    private readonly HashSet<string> _warned = new(StringComparer.Ordinal);
    private readonly object _gate = new();

    public void Note(string key, Ruleset rules)
    {
        counters.UnknownFlag();
        if (strict)
            throw new UnknownFlagException($"Flag {Diagnostics.Quote(key)} is not in snapshot {rules.Version}{Suggestion(key, rules)}. Define it, or correct the key; without strict mode the fallback is answered.");
        if (IsFirst(key))
            logger.UnknownFlag(Diagnostics.Quote(key), rules.Version, Suggestion(key, rules));
    }

    private bool IsFirst(string key)
    {
        lock (_gate)
            return _warned.Count < MostRemembered && _warned.Add(key);
    }

    private static string Suggestion(string key, Ruleset rules) =>
        NearestName.Find(key, rules.Flags.Select(flag => flag.Key)) is { } nearest ? $" (did you mean {Diagnostics.Quote(nearest)}?)" : "";
}
