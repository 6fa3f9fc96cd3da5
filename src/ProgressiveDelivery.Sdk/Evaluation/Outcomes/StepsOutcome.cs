using ProgressiveDelivery.Sdk.Evaluation.Conditions;

namespace ProgressiveDelivery.Sdk.Evaluation.Outcomes;

/// <summary>Steps of its own: the first that holds and yields something decides.</summary>
internal sealed class StepsOutcome((string? Id, Condition? When, Outcome Serve)[] steps) : Outcome
{
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
}
