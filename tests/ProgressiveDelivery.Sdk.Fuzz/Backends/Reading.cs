using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using ProgressiveDelivery.Sdk.Compilation;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Evaluation;
using ProgressiveDelivery.Sdk.Experiments;
using ProgressiveDelivery.Sdk.Fuzz.Targets;
using ProgressiveDelivery.Sdk.Snapshots;

namespace ProgressiveDelivery.Sdk.Fuzz.Backends;

/// <summary>What reading a document came to: compiled rules, and their answers to <see cref="SomeCallers"/>.</summary>
internal sealed class Reading
{
    private Reading(FeatureSnapshot? snapshot, IReadOnlyList<SnapshotDiagnostic> diagnostics) => (Snapshot, Diagnostics) = (snapshot, diagnostics);

    /// <summary>The snapshot; null: the document is refused.</summary>
    public FeatureSnapshot? Snapshot { get; }

    public IReadOnlyList<SnapshotDiagnostic> Diagnostics { get; }

    public static Reading Of(ISnapshotFormat format, byte[] document)
    {
        var (definition, diagnostics) = format.Read(document);
        Promise.Tells(diagnostics);
        Promise.Holds(definition is null == diagnostics.Any(one => one.Severity == DiagnosticSeverity.Fatal));
        if (definition is null)
            return new(null, diagnostics);
        var compiled = SnapshotCompiler.Compile(definition, new());
        Promise.Tells(compiled.Diagnostics);
        return new(new(compiled.Rules, SnapshotOrigin.Source, Services()), diagnostics);
    }

    /// <summary>What each flag answers to each caller, as text, by the flag's key.</summary>
    public Dictionary<string, string> Answers()
    {
        var answers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var flag in Snapshot!.Rules.Flags)
            answers[flag.Key] = string.Join(' ', SomeCallers.All.Select(caller => Answer(flag, Snapshot.Decide(flag, caller))));
        return answers;
    }

    private static string Answer(CompiledFlag flag, Decision decision) => string.Create(
        CultureInfo.InvariantCulture, $"{flag.Type} {(decision.HasVariant ? flag.Variants[decision.Variant].Name : "-")} {decision.Reason} {(decision.Rule >= 0 ? flag.RuleName(decision.Rule) : "-")};");

    private static SnapshotServices Services()
    {
        var evaluation = new EvaluationServices(new AssignmentMemory(1_000), new()) { Random = new Unchanging() };
        return new(new StandingClock(), evaluation, new(NullLogger.Instance, evaluation.Counters, strict: false));
    }

    // Chance would have the same flag answer otherwise.
    private sealed class Unchanging : Random
    {
        public override double NextDouble() => 0.5;

        public override long NextInt64(long maxValue) => maxValue / 2;
    }
}
