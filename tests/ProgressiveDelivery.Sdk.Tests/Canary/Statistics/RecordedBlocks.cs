using ProgressiveDelivery.Sdk.Canary.Statistics;

namespace ProgressiveDelivery.Sdk.Tests.Canary.Statistics;

/// <summary>The blocks that were closed, in their order.</summary>
internal sealed class RecordedBlocks : BlockProcess
{
    public List<ClosedBlock> Blocks { get; } = [];

    public override double LogEvidence => throw new NotSupportedException();

    public override double LogThreshold => throw new NotSupportedException();

    public override bool IsProof => throw new NotSupportedException();

    public override void Close(in ClosedBlock block) => Blocks.Add(block);

    public override void Reset() => throw new NotSupportedException();
}
