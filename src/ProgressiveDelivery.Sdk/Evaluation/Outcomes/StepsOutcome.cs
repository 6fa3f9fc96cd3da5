using ProgressiveDelivery.Sdk.Evaluation.Conditions;

namespace ProgressiveDelivery.Sdk.Evaluation.Outcomes;

/// <summary>Steps of its own: the first that holds and yields something decides.</summary>
internal sealed class StepsOutcome((Condition? When, Outcome Serve)[] steps) : Outcome
{
    public override Served Serve(in EvaluationInput input)
    {
        foreach (var (when, serve) in steps)
        {
            var truth = when is null ? Truth.True : when.Test(in input);
            if (truth.IsAbort())
                return Served.Abort(truth.ToReason());
            if (truth != Truth.True)
                continue;
            var served = serve.Serve(in input);
            if (served.HasVariant || served.IsAbort)
                return served;
        }

        return Served.PassOn;
    }
}
