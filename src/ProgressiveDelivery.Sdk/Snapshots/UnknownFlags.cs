using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Evaluation;

namespace ProgressiveDelivery.Sdk.Snapshots;

/// <summary>What is done about flags that are asked but not defined: the first time one warning, then only counted; or an exception.</summary>
internal sealed partial class UnknownFlags(ILogger logger, EvaluationCounters counters, bool strict)
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
            Warn(Diagnostics.Quote(key), rules.Version, Suggestion(key, rules));
    }

    private bool IsFirst(string key)
    {
        lock (_gate)
            return _warned.Count < MostRemembered && _warned.Add(key);
    }

    private static string Suggestion(string key, Ruleset rules) =>
        NearestName.Find(key, rules.Flags.Select(flag => flag.Key)) is { } nearest ? $" (did you mean {Diagnostics.Quote(nearest)}?)" : "";

    [LoggerMessage(1, LogLevel.Warning, "Flag {Key} is not in snapshot {Version}{Suggestion}: callers get their fallback. Define it, or correct the key. Said once for each key.", EventName = "UnknownFlag")]
    private partial void Warn(string key, long version, string suggestion);
}
