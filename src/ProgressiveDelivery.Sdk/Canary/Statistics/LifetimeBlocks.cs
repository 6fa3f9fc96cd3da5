namespace ProgressiveDelivery.Sdk.Canary.Statistics;

/// <summary>The comparison whose chance of a false trip ever is at most alpha: the products of the factors of all blocks.</summary>
/// <param name="factors">The factors.</param>
/// <param name="alpha">The chance of a false trip, above 0 and below 1.</param>
internal sealed class LifetimeBlocks(BlockFactors factors, double alpha) : BlockProcess
{
    private readonly double[] _logs = new double[factors.Count];
    private readonly double[] _sums = new double[factors.Count];

    public override double LogThreshold { get; } = -Math.Log(GuardArguments.Share(alpha, nameof(alpha)));

    public override bool IsProof => LogEvidence >= LogThreshold;

    public override double LogEvidence => Mixture.LogMean(_sums);

    public override void Close(in ClosedBlock block)
    {
        factors.Write(block, _logs);
        for (var k = 0; k < _logs.Length; k++)
            _sums[k] += _logs[k];
    }

    public override void Reset() => Array.Clear(_sums);
}
