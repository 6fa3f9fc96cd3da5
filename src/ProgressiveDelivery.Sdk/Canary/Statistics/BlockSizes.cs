namespace ProgressiveDelivery.Sdk.Canary.Statistics;

/// <summary>The places of a block of a comparison: as many outcomes of each variant fill it (statistics.md, section 14). Immutable.</summary>
internal readonly record struct BlockSizes
{
    public const int Max = 32;

    private const int MinLarger = 4;
    private const int MaxLarger = 16;

    /// <param name="control">The places of the control, from 1 to 32.</param>
    /// <param name="treatment">The places of the treatment, from 1 to 32.</param>
    public BlockSizes(int control, int treatment) =>
        (Control, Treatment) = (GuardArguments.Size(control, nameof(control)), GuardArguments.Size(treatment, nameof(treatment)));

    public int Control { get; }

    public int Treatment { get; }

    /// <summary>Returns the sizes for a planned share of the treatment among the outcomes of both, from 0 to 1.</summary>
    public static BlockSizes For(double share)
    {
        if (share is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(share), share, "The share is not from 0 to 1.");
        if (share > 0.5)
            return Mirrored(For(1 - share));
        var controlPerTreatment = (1 - share) / share;
        var control = (int)Math.Clamp(Math.Floor(controlPerTreatment / 2), MinLarger, MaxLarger);
        return new(control, Math.Max(1, (int)((control / controlPerTreatment) + 0.5)));
    }

    private static BlockSizes Mirrored(BlockSizes sizes) => new(sizes.Treatment, sizes.Control);
}
