namespace ProgressiveDelivery.Sdk.Canary.Statistics;

/// <summary>The evidence against "the chance of a bad outcome, given all that came before, is never beyond the limit" (statistics.md, section 13).</summary>
internal abstract class LimitProcess : GuardProcess
{
    /// <summary>Adds one outcome.</summary>
    public abstract void Add(bool isBad);

    /// <summary>Adds a run of good outcomes at once, with the same result as one by one. So they can be counted elsewhere until a bad one comes.</summary>
    public abstract void AddGood(long count);
}
