using ProgressiveDelivery.Sdk.Evaluation.Conditions;
using ProgressiveDelivery.Sdk.Evaluation.Outcomes;

namespace ProgressiveDelivery.Sdk.Evaluation;

/// <summary>A condition and what it serves.</summary>
internal sealed class CompiledRule(string name, Condition? when, Outcome serve)
{
    public string Name => name;

    public Outcome Outcome => serve;

    /// <summary>The experiment of the rule's outcome; null if it is none.</summary>
    public CompiledExperiment? Experiment => serve.Experiment;

    /// <summary>Serves the rule's outcome. Passes on if the condition does not hold or the outcome yields nothing.</summary>
    public Served Serve(in EvaluationInput input)
    {
        input.Trace?.Begin(ExplanationKind.Rule, name);
        var truth = when is null ? Truth.True : when.Test(in input);
        var served = truth == Truth.True ? serve.Serve(in input) : truth.IsAbort() ? Served.Abort(truth) : Served.PassOn;
        input.Trace?.End(served.HasVariant);
        return served;
    }
}
