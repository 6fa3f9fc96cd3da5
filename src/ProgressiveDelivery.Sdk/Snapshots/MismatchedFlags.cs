using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Evaluation;
using ProgressiveDelivery.Sdk.Telemetry;

namespace ProgressiveDelivery.Sdk.Snapshots;

/// <summary>Handles evaluations of a flag as a type that its value does not fit: one warning for each flag.</summary>
internal sealed class MismatchedFlags(ILogger logger)
{
    // Keys may change from snapshot to snapshot.
    private const int MaxRemembered = 1_000;

    private readonly ConcurrentDictionary<string, bool> _warned = new(StringComparer.Ordinal);
    private int _remembered;

    public void Note(CompiledFlag flag, Type asked, Ruleset rules)
    {
        if (_warned.ContainsKey(flag.Key) || Volatile.Read(ref _remembered) >= MaxRemembered || !_warned.TryAdd(flag.Key, true))
            return;
        Interlocked.Increment(ref _remembered);
        logger.MismatchedFlag(DiagnosticCatalog.Quote(flag.Key), flag.Type, rules.Version, asked.Name);
    }
}
