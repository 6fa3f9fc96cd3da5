using ProgressiveDelivery.Sdk.Evaluation;

namespace ProgressiveDelivery.Sdk.Observation;

/// <summary>
/// Hears of each outcome of one variant, on the thread where it happened. Quick, never blocks on I/O, and never throws; its steps must not interleave by themselves.
/// Safe to use from any thread.
/// </summary>
internal abstract class OutcomeWatch
{
    /// <summary>The metric whose values it hears of; null for calls.</summary>
    public virtual string? Metric => null;

    /// <summary>Indicates whether it needs the hash of the unit.</summary>
    public virtual bool NeedsUnit => false;

    /// <summary>Hears of an outcome.</summary>
    public abstract void Observe(in ObservedOutcome outcome);
}

/// <summary>An outcome of a variant: of a call, or the value of a metric.</summary>
/// <param name="Result">The result of the call; <see cref="OutcomeResult.Success"/> for a metric.</param>
/// <param name="ElapsedTicks">The duration of the call, in ticks of 100 ns; 0 for a metric.</param>
/// <param name="Value">The metric's value, finite; 0 for a call.</param>
/// <param name="Unit">A hash of the unit, where a watch needs it; 0 without a unit.</param>
internal readonly record struct ObservedOutcome(OutcomeResult Result, long ElapsedTicks, double Value = 0, ulong Unit = 0);

/// <summary>The result of a call.</summary>
internal enum OutcomeResult : byte
{
    /// <summary>It succeeded.</summary>
    Success = 0,

    /// <summary>It failed.</summary>
    Failure,

    /// <summary>Its caller canceled it. That is neither good nor bad, and no guard counts it.</summary>
    Canceled,
}

/// <summary>Gives each variant of a flag that comes into force its watches.</summary>
internal interface IOutcomeWatcher
{
    /// <summary>
    /// Returns the watches of a variant. A variant whose guards are the same as before gets the same watches, whatever snapshot it belongs to; one whose guards have changed gets new
    /// ones, and outcomes that arrive at the old ones count for nothing.
    /// </summary>
    OutcomeWatch[] WatchesOf(CompiledFlag flag, short variant);
}
