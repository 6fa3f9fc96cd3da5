namespace ProgressiveDelivery.Sdk.Json;

/// <summary>The treatment of numbers that JSON cannot hold: infinities, and what is not a number.</summary>
internal enum NonFiniteNumbers
{
    /// <summary>Each is written as null, so that one value costs no event.</summary>
    Null,

    /// <summary>An <see cref="ArgumentException"/>, since rules would mean something else without it.</summary>
    Rejected,
}
