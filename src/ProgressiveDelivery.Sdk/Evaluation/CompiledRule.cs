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
        var served = when is null || when.Test(in input) == Truth.True ? serve.Serve(in input) : Served.PassOn;
        input.Trace?.End(served.HasVariant);
        return served;
    }
}
