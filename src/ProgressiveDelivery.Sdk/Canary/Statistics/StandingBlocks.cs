namespace ProgressiveDelivery.Sdk.Canary.Statistics;

/// <summary>The comparison for what keeps running: a <see cref="Detector"/> whose steps are blocks.</summary>
/// <param name="factors">The factors.</param>
/// <param name="threshold">The evidence at which to trip, above 1: N / alpha for a chance of alpha within N blocks.</param>
/// <param name="kind">The recursion.</param>
internal sealed class StandingBlocks(BlockFactors factors, double threshold, DetectorKind kind = DetectorKind.ShiryaevRoberts) : BlockProcess
{
    private readonly Detector _detector = new(kind, threshold, factors.Count);
    private readonly double[] _logs = new double[factors.Count];

    public override double LogEvidence => _detector.LogEvidence;

    public override double LogThreshold => _detector.LogThreshold;

    public override bool IsProof => _detector.IsAlarm;

    public override void Close(in ClosedBlock block)
    {
        factors.Write(block, _logs);
        for (var k = 0; k < _logs.Length; k++)
            _detector.Step(k, Math.Exp(_logs[k]));
    }

    public override void Reset() => _detector.Reset();
}
