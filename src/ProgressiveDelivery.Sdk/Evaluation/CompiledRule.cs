using ProgressiveDelivery.Sdk.Evaluation.Conditions;
using ProgressiveDelivery.Sdk.Evaluation.Outcomes;

namespace ProgressiveDelivery.Sdk.Evaluation;

/// <summary>A condition and what it serves.</summary>
internal sealed class CompiledRule(string name, Condition? when, Outcome serve)
{
    public string Name => name;

    /// <summary>Whether the rule decides: its condition holds and its outcome yields a variant.</summary>
    public bool TryServe(in EvaluationInput input, out Served served)
    {
        input.Trace?.Begin(ExplanationKind.Rule, name);
        served = when is null || when.Test(in input) == Truth.True ? serve.Serve(in input) : Served.PassOn;
        input.Trace?.End(served.HasVariant);
        return served.HasVariant;
    }
}
