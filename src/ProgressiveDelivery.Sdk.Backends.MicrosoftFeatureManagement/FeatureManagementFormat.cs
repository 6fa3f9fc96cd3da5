using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Backends.MicrosoftFeatureManagement;

/// <summary>
/// Reads Microsoft Feature Management documents: schema 2 (<c>feature_management.feature_flags</c>), and the older one
/// (<c>FeatureManagement</c>, an object of flags by name). If both have a flag, the former counts. Safe to use from any thread.
/// </summary>
/// <remarks>
/// Keys are case-sensitive here, unlike Microsoft's look-up: use the id as it is written. Of two flags with one id, the last
/// counts. A flag that cannot be read is quarantined. A filter or an allocation that cannot be read ends the evaluations that reach it in an
/// error. Both report the text of Microsoft's exception. An instant without an offset is in this machine's time zone.
/// </remarks>
public sealed class FeatureManagementFormat : ISnapshotFormat
{
    private readonly FeatureManagementContextMapping _mapping;
    private readonly SnapshotLimits _limits;

    /// <summary>Creates a reader.</summary>
    /// <param name="mapping">The parts of a context that stand for the user and the groups; null for the defaults.</param>
    /// <param name="limits">The limits on the size of a document; null for the defaults.</param>
    public FeatureManagementFormat(FeatureManagementContextMapping? mapping = null, SnapshotLimits? limits = null) =>
        (_mapping, _limits) = (mapping ?? new(), limits ?? new());

    /// <inheritdoc/>
    public string Name => "microsoft-feature-management/2";

    /// <inheritdoc/>
    public SnapshotReadResult Read(ReadOnlyMemory<byte> document) => BackendDocument.Read(document, _limits, Read);

    private SnapshotReadResult Read(JsonElement root)
    {
        var whole = Section.Of(root);
        var (older, current) = (whole.Get(FlagList.OlderSchema), whole.Get(FlagList.CurrentSchema));
        if (older.Element.ValueKind != JsonValueKind.Object && current.Element.ValueKind != JsonValueKind.Object)
            return BackendDocument.Refuse(root, "a Microsoft.FeatureManagement configuration", "neither 'feature_management' nor 'FeatureManagement'");

        var flags = new FlagList(_mapping);
        flags.AddOlder(older);
        flags.AddCurrent(current.Get("feature_flags"));
        return flags.Result();
    }
}
