using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Evaluation;
using ProgressiveDelivery.Sdk.Telemetry;

namespace ProgressiveDelivery.Sdk.Snapshots;

/// <summary>Handles evaluations of flags that are not defined: one warning the first time, then only a count; or an exception.</summary>
internal sealed class UnknownFlags(ILogger logger, EvaluationCounters counters, bool strict)
{
    private readonly WarnedKeys _warned = new();
    private readonly AskedKeys _texts = new(WarnedKeys.Max);

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
        return _warned.TryAdd(key);
    }

    private static string Suggestion(string key, Ruleset rules) =>
        NearestName.Find(key, rules.Flags.Select(flag => flag.Key)) is { } nearest ? $" (did you mean {DiagnosticCatalog.Quote(nearest)}?)" : "";
}
