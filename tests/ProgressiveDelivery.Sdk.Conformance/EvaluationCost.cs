namespace ProgressiveDelivery.Sdk.Conformance;

/// <summary>What evaluations allocated in all.</summary>
internal sealed record EvaluationCost(int Evaluations, long Bytes)
{
    public static EvaluationCost None { get; } = new(0, 0);

    public EvaluationCost Add(EvaluationCost other) => new(Evaluations + other.Evaluations, Bytes + other.Bytes);
}
