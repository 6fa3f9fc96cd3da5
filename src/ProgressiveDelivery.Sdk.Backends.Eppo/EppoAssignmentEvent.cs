using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;
using ProgressiveDelivery.Sdk.Observation;

namespace ProgressiveDelivery.Sdk.Backends.Eppo;

/// <summary>
/// An assignment as Eppo's warehouse tables hold it: a subject was given the variation of an allocation that is logged. <see cref="FeatureEvent.Unit"/> is the subject,
/// <see cref="FeatureEvent.Time"/> the timestamp, and <see cref="FeatureEvent.Attributes"/> the subject's attributes without private ones. Immutable.
/// </summary>
public sealed class EppoAssignmentEvent : BackendEvent
{
    private const int Frame = 256;

    [SetsRequiredMembers]
    internal EppoAssignmentEvent(string flag, string allocation, string variation, string subject, string subjectKind, DateTimeOffset timestamp, IReadOnlyDictionary<string, AttributeValue> attributes)
        : base(context: null)
    {
        (FeatureFlag, Allocation, Variation) = (flag, allocation, variation);
        (Id, Time, Unit, UnitKind, Attributes) = (Guid.NewGuid().ToString("N"), timestamp, subject, subjectKind, attributes);
    }

    /// <summary>The key of the allocation.</summary>
    public string Allocation { get; }

    /// <summary>The experiment: <c>flag-allocation</c>.</summary>
    public string Experiment => $"{FeatureFlag}-{Allocation}";

    /// <summary>The key of the flag.</summary>
    public string FeatureFlag { get; }

    /// <summary>The key of the variation.</summary>
    public string Variation { get; }

    /// <summary>The id of the entity that the flag assigns, such as users or accounts; null if the configuration has none.</summary>
    public long? EntityId { get; internal init; }

    /// <summary>Further columns that the allocation's split asks for, such as those of holdouts; empty by default.</summary>
    public IReadOnlyDictionary<string, string> ExtraLogging { get; internal init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <inheritdoc/>
    public override int ContentBytes => Frame + Allocation.Length + (2 * FeatureFlag.Length) + Variation.Length + ExtraLogging.Sum(column => column.Key.Length + column.Value.Length);

    /// <summary>
    /// Returns the assignment as JSON with Eppo's names: <c>allocation</c>, <c>experiment</c>, <c>featureFlag</c>, <c>variation</c>, <c>subject</c>, <c>subjectAttributes</c>, <c>timestamp</c>,
    /// <c>entityId</c>, <c>extraLogging</c>, <c>metaData</c> and <c>id</c>. An attribute that is a number JSON cannot hold is null.
    /// </summary>
    public string ToJson() => EppoEventJson.Text(this, static (json, assignment) =>
    {
        json.WriteString("id", assignment.Id);
        json.WriteString("allocation", assignment.Allocation);
        json.WriteString("experiment", assignment.Experiment);
        json.WriteString("featureFlag", assignment.FeatureFlag);
        json.WriteString("variation", assignment.Variation);
        json.WriteString("subject", assignment.Unit);
        EppoEventJson.WriteAttributes(json, "subjectAttributes", assignment.Attributes);
        EppoEventJson.WriteTimestamp(json, assignment.Time);
        if (assignment.EntityId is { } entity)
            json.WriteNumber("entityId", entity);
        EppoEventJson.WriteTexts(json, "extraLogging", assignment.ExtraLogging);
        EppoEventJson.WriteMetaData(json);
    });
}
