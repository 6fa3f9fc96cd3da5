namespace ProgressiveDelivery.Sdk.Analysis.Statistics;

/// <summary>The reason why a method has no result. Immutable.</summary>
/// <param name="Status">The status; never <see cref="StatisticalStatus.Ok"/>.</param>
/// <param name="Reason">The code of the reason.</param>
internal readonly record struct Fault(StatisticalStatus Status, string Reason)
{
    public static Fault BadArgument { get; } = new(StatisticalStatus.Refused, StatisticalReasons.BadArgument);

    public static Fault NotFinite { get; } = new(StatisticalStatus.Refused, StatisticalReasons.NotFinite);

    public static Fault ZeroVariance { get; } = new(StatisticalStatus.Refused, StatisticalReasons.ZeroVariance);

    public static Fault Units { get; } = new(StatisticalStatus.Insufficient, StatisticalReasons.Units);

    public StatisticalResult<T> As<T>()
        where T : class => Status == StatisticalStatus.Refused ? StatisticalResult<T>.Refused(Reason) : StatisticalResult<T>.Insufficient(Reason);
}
