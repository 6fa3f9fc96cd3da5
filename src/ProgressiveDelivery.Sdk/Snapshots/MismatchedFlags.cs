using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Evaluation;
using ProgressiveDelivery.Sdk.Telemetry;

namespace ProgressiveDelivery.Sdk.Snapshots;

/// <summary>Handles evaluations of a flag as a type that its value does not fit: one warning for each flag.</summary>
internal sealed class MismatchedFlags(ILogger logger)
{
    private readonly WarnedKeys _warned = new();

    public void Note(CompiledFlag flag, Type asked, Ruleset rules)
    {
        if (_warned.TryAdd(flag.Key))
            logger.MismatchedFlag(DiagnosticCatalog.Quote(flag.Key), flag.Type, rules.Version, asked.Name);
    }
}
