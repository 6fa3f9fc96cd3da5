using ProgressiveDelivery.Sdk.Evaluation.Conditions;

namespace ProgressiveDelivery.Sdk.Evaluation.Outcomes;

/// <summary>A list of steps: the first one that holds and yields a variant decides.</summary>
internal sealed class CompiledStepsOutcome((string? Id, Condition? When, Outcome Serve)[] steps) : Outcome
{
    public override CompiledExperiment? Experiment { get; } = Single(steps);

    public override bool IsSticky { get; } = Array.Exists(steps, static step => step.Serve.IsSticky);

    public override void VisitAssignments(in EvaluationInput input, IAssignmentVisitor visitor)
    {
        foreach (var (_, _, serve) in steps)
            serve.VisitAssignments(in input, visitor);
    }

    public override Served Serve(in EvaluationInput input)
    {
        for (var i = 0; i < steps.Length; i++)
        {
            input.Trace?.Begin(ExplanationKind.Step, steps[i].Id ?? $"#{i + 1}");
            var served = Serve(in input, steps[i].When, steps[i].Serve);
            input.Trace?.End(served.HasVariant);
            if (served.HasVariant || served.IsAbort)
                return served;
        }

        return Served.PassOn;
    }

    private static Served Serve(in EvaluationInput input, Condition? when, Outcome serve)
    {
        var truth = when is null ? Truth.True : when.Test(in input);
        if (truth.IsAbort())
            return Served.Abort(truth);
        return truth == Truth.True ? serve.Serve(in input) : Served.PassOn;
    }

    // A decision does not tell which step it is of. A second step that may split leaves the shares unknown.
    private static CompiledExperiment? Single((string? Id, Condition? When, Outcome Serve)[] steps)
    {
        if (steps.Select(step => step.Serve.Experiment).OfType<CompiledExperiment>().DistinctBy(experiment => experiment.Key, StringComparer.Ordinal).ToArray() is not [var only])
            return null;
        return steps.Count(step => step.Serve is not CompiledVariantOutcome) > 1 ? only with { Design = null } : only;
    }
}
