using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Evaluation;
using ProgressiveDelivery.Sdk.Telemetry;

namespace ProgressiveDelivery.Sdk.Snapshots;

/// <summary>Handles evaluations of flags that are not defined: one warning the first time, then only a count; or an exception.</summary>
internal sealed class UnknownFlags(ILogger logger, EvaluationCounters counters, bool strict)
{
    // A caller that composes keys from user input must not fill the memory.
    private const int MaxRemembered = 1_000;

    // Read without a lock: a key that is always unknown is as hot as any other.
    private readonly ConcurrentDictionary<string, bool> _warned = new(StringComparer.Ordinal);
    private readonly AskedKeys _texts = new(MaxRemembered);
    private int _remembered;

    /// <summary>Handles evaluations of flags that are defined, as a type that they are not.</summary>
    public MismatchedFlags Mismatched { get; } = new(logger);

    public void Note(string key, Ruleset rules)
    {
        counters.UnknownFlag();
        if (strict)
            throw new UnknownFlagException($"Flag {DiagnosticCatalog.Quote(key)} is not in snapshot {rules.Version}{Suggestion(key, rules)}. Define it, or correct the key; without strict mode the fallback is answered.");
        if (IsFirst(key))
            logger.UnknownFlag(DiagnosticCatalog.Quote(key), rules.Version, Suggestion(key, rules));
    }

    // A text object that asked before is found by reference.
    private bool IsFirst(string key) => !_texts.TryFind(key, out _) && IsFirstOfItsCharacters(key);

    private bool IsFirstOfItsCharacters(string key)
    {
        _texts.Note(key, 0);
        if (_warned.ContainsKey(key) || Volatile.Read(ref _remembered) >= MaxRemembered || !_warned.TryAdd(key, true))
            return false;
        Interlocked.Increment(ref _remembered);
        return true;
    }

    private static string Suggestion(string key, Ruleset rules) =>
        NearestName.Find(key, rules.Flags.Select(flag => flag.Key)) is { } nearest ? $" (did you mean {DiagnosticCatalog.Quote(nearest)}?)" : "";
}
