namespace ProgressiveDelivery.Sdk.Canary.Statistics;

/// <summary>A block that is full. Immutable.</summary>
/// <param name="Sizes">The number of outcomes of each variant.</param>
/// <param name="ControlBad">The bad ones among the control's.</param>
/// <param name="TreatmentBad">The bad ones among the treatment's.</param>
/// <param name="ControlBefore">The number of all outcomes of the control, surplus included, as the block opened.</param>
/// <param name="ControlBadBefore">The bad ones among them.</param>
internal readonly record struct ClosedBlock(BlockSizes Sizes, int ControlBad, int TreatmentBad, long ControlBefore, long ControlBadBefore);
