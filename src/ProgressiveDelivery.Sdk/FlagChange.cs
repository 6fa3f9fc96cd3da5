namespace ProgressiveDelivery.Sdk;

/// <summary>A change of a flag's answer for one context.</summary>
/// <typeparam name="T">The flag's type.</typeparam>
/// <param name="previous">The answer before.</param>
/// <param name="current">The answer now.</param>
public sealed class FlagChange<T>(Evaluation<T> previous, Evaluation<T> current)
{
    /// <summary>The answer before, from the rules of then.</summary>
    public Evaluation<T> Previous { get; } = previous;

    /// <summary>The answer now; its value differs.</summary>
    public Evaluation<T> Current { get; } = current;
}
