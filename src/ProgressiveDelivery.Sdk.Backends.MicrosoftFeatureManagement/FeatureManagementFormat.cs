using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Backends.MicrosoftFeatureManagement;

/// <summary>
/// Reads Microsoft Feature Management documents: schema 2 (<c>feature_management.feature_flags</c>), and the older one
/// (<c>FeatureManagement</c>, an object of flags by name), of which the former counts where both have a flag. Safe to use from any thread.
/// </summary>
/// <remarks>
/// Keys are case-sensitive here, where Microsoft's look-up is not: ask with the id as it is written. Of two flags with one id the last
/// counts. A flag that cannot be read is quarantined, with the text of Microsoft's exception.
/// </remarks>
public sealed class FeatureManagementFormat : ISnapshotFormat
{
    private readonly FeatureManagementContextMapping _mapping;
    private readonly SnapshotLimits _limits;

    /// <summary>Makes a reader.</summary>
    /// <param name="mapping">What stands for the user and the groups; null: the defaults.</param>
    /// <param name="limits">How large a document may be; null: the defaults.</param>
    public FeatureManagementFormat(FeatureManagementContextMapping? mapping = null, SnapshotLimits? limits = null) =>
        (_mapping, _limits) = (mapping ?? new(), limits ?? new());

    /// <inheritdoc/>
    public string Name => "microsoft-feature-management/2";

    /// <inheritdoc/>
    public SnapshotReadResult Read(ReadOnlyMemory<byte> document) => BackendDocument.Read(document, _limits, Read);

    private SnapshotReadResult Read(JsonElement root)
    {
        var flags = new Dictionary<string, FlagDefinition>(StringComparer.Ordinal);
        var diagnostics = new List<SnapshotDiagnostic>();
        var known = false;
        if (Member.Find(root, "FeatureManagement") is { ValueKind: JsonValueKind.Object } older)
        {
            known = true;
            foreach (var flag in older.EnumerateObject())
                Add(new OlderFlag(_mapping, flag.Name, flag.Value).Read());
        }

        if (Member.Find(root, "feature_management") is { ValueKind: JsonValueKind.Object } current)
        {
            known = true;
            if (Member.Find(current, "feature_flags") is { ValueKind: JsonValueKind.Array } list)
                AddAll(list);
        }

        return known
            ? new(new() { Version = 0, Flags = [.. flags.Values] }, diagnostics)
            : BackendDocument.Refuse(root, "a Microsoft.FeatureManagement configuration", "neither 'feature_management' nor 'FeatureManagement'");

        void AddAll(JsonElement list)
        {
            var index = 0;
            foreach (var flag in list.EnumerateArray())
            {
                if (new CurrentFlag(_mapping, flag, index++).Read(diagnostics) is { } definition)
                    Add(definition);
            }
        }

        void Add(FlagDefinition flag)
        {
            flags[flag.Key] = flag;
            if (flag.Defect is { } defect)
                diagnostics.Add(defect);
        }
    }
}
