using ProgressiveDelivery.Sdk.Evaluation.Conditions;
using ProgressiveDelivery.Sdk.Evaluation.Outcomes;

namespace ProgressiveDelivery.Sdk.Evaluation;

/// <summary>A condition and what it serves.</summary>
internal sealed class CompiledRule(string name, Condition? when, Outcome serve)
{
    public string Name => name;

    /// <summary>What the rule serves; passing on where its condition does not hold or its outcome yields nothing.</summary>
    public Served Serve(in EvaluationInput input)
    {
        input.Trace?.Begin(ExplanationKind.Rule, name);
        var truth = when is null ? Truth.True : when.Test(in input);
        var served = truth == Truth.True ? serve.Serve(in input) : truth.IsAbort() ? Served.Abort(truth) : Served.PassOn;
        input.Trace?.End(served.HasVariant);
        return served;
    }
}
