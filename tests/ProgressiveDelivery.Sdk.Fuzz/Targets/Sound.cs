using ProgressiveDelivery.Sdk.Compilation;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Fuzz.Targets;

/// <summary>Compiles from the beginning, and asks what could be read: a flag with a defect is not written, so no copy has it.</summary>
internal static class Sound
{
    public static IReadOnlyList<Answer> AnswersOf(SnapshotDefinition definition, IReadOnlyList<EvaluationContext> callers, KillSet? kills = null)
    {
        var rules = SnapshotCompiler.Compile(definition, FuzzLimits.Snapshot, kills).Rules;
        return Of(definition, new Questions().AskAll(rules, callers));
    }

    public static IReadOnlyList<Answer> Of(SnapshotDefinition definition, IReadOnlyList<Answer> answers)
    {
        var defective = definition.Flags.Where(flag => flag.Defect is not null).Select(flag => flag.Key).ToHashSet(StringComparer.Ordinal);
        return [.. answers.Where(answer => !defective.Contains(answer.Flag))];
    }
}
