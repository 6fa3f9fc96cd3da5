using System.Collections.Concurrent;
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

    // Read without a lock: a key that is always unknown is as hot as any other.
    private readonly ConcurrentDictionary<string, bool> _warned = new(StringComparer.Ordinal);
    private int _remembered;

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
        if (_warned.ContainsKey(key) || Volatile.Read(ref _remembered) >= MostRemembered || !_warned.TryAdd(key, true))
            return false;
        Interlocked.Increment(ref _remembered);
        return true;
    }

    private static string Suggestion(string key, Ruleset rules) =>
        NearestName.Find(key, rules.Flags.Select(flag => flag.Key)) is { } nearest ? $" (did you mean {Diagnostics.Quote(nearest)}?)" : "";
}
