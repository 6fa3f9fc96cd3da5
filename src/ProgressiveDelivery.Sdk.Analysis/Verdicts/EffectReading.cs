namespace ProgressiveDelivery.Sdk.Analysis.Verdicts;

/// <summary>Names the readings of an effect.</summary>
public enum EffectReading
{
    /// <summary>The interval lies on the good side of 0.</summary>
    Better,

    /// <summary>The interval lies on the bad side of 0.</summary>
    Worse,

    /// <summary>The interval has both sides in it.</summary>
    NotClearYet,

    /// <summary>A guardrail: more harm than allowed is ruled out.</summary>
    NotHarmed,

    /// <summary>A guardrail: the harm is more than allowed.</summary>
    Harmed,

    /// <summary>There is too little data for an interval.</summary>
    TooEarly,

    /// <summary>There is no value, and more data will not help.</summary>
    NoValue,
}
