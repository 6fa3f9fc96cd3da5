using System.Diagnostics.CodeAnalysis;
using ProgressiveDelivery.Sdk.Evaluation;

namespace ProgressiveDelivery.Sdk.Observation;

/// <summary>The part of a context that is the unit of events. Immutable and safe to use from any thread.</summary>
public sealed class EventUnit
{
    private EventUnit(UnitReference reference) => Reference = reference;

    /// <summary>The targeting key of the main context.</summary>
    public static EventUnit TargetingKey { get; } = new(UnitReference.TargetingKey);

    /// <summary>The kind of the unit in events: the reference as it is written.</summary>
    public string Kind => Reference.Text;

    internal UnitReference Reference { get; }

    /// <summary>Reads a reference; false if it is none.</summary>
    /// <param name="text">The reference as rules write it: <c>targetingKey</c>, <c>account</c>, <c>organization:id</c>.</param>
    /// <param name="unit">The unit.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out EventUnit? unit)
    {
        ArgumentNullException.ThrowIfNull(text);
        unit = text == TargetingKey.Kind ? TargetingKey
            : AttributeReference.TryParse(text, out var reference) ? new(new UnitReference([reference]))
            : null;
        return unit is not null;
    }

    /// <summary>Returns the targeting key of a context as events hold it: a private one as a hash, the same in every process. Null if there is none.</summary>
    /// <param name="context">The context.</param>
    public static string? KeyOf(EvaluationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.TargetingKey is { } key && context.IsPrivate(EvaluationContext.TargetingKeyName) ? EventUnits.Hashed(key) : context.TargetingKey;
    }
}
