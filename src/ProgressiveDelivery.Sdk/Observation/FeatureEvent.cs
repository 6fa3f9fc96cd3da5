using System.Collections.ObjectModel;

namespace ProgressiveDelivery.Sdk.Observation;

/// <summary>Something that happened to a unit: an exposure or an outcome. Immutable.</summary>
public abstract class FeatureEvent
{
    private protected FeatureEvent()
    {
    }

    /// <summary>A unique id, which stays the same over retries and restarts: who reads events counts one id once.</summary>
    public required string Id { get; init; }

    /// <summary>The time of the event, UTC, by the client's clock.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The unit, in the text form in which it is hashed.</summary>
    public required string Unit { get; init; }

    /// <summary>The kind of the unit: <c>targetingKey</c>, or the reference to the attribute that names it, such as <c>account</c> or <c>organization:id</c>.</summary>
    public required string UnitKind { get; init; }

    /// <summary>
    /// The attributes of the context that the options name, without private ones; empty by default. A value of more than 262,144 characters as JSON, about, or of more
    /// than 64 lists and objects inside one another, is null.
    /// </summary>
    public IReadOnlyDictionary<string, AttributeValue> Attributes { get; init => field = AttributeBounds.OfEvents.Within(value); } = ReadOnlyDictionary<string, AttributeValue>.Empty;
}
