using ProgressiveDelivery.Sdk.Evaluation;
using ProgressiveDelivery.Sdk.Observation;

namespace ProgressiveDelivery.Sdk.Tests.Observation;

/// <summary>Gives variants the watches that a test declares for them, and others none.</summary>
internal sealed class PlayedWatcher : IOutcomeWatcher
{
    private readonly Dictionary<(string, string), OutcomeWatch[]> _watches = [];

    public OutcomeWatch[] this[string flag, string variant]
    {
        set => _watches[(flag, variant)] = value;
    }

    public OutcomeWatch[] WatchesOf(CompiledFlag flag, short variant) => _watches.GetValueOrDefault((flag.Key, flag.Variants[variant].Name), []);
}
