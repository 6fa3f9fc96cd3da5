using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Backends.ConfigCat;

/// <summary>Reads ConfigCat's config JSON, version 6. Safe to use from any thread.</summary>
/// <remarks>
/// A malformed part ends the evaluations that reach it, with reason <see cref="EvaluationReason.Error"/>, as in ConfigCat's own libraries. Such a
/// part is a value of another type, a prerequisite that does not exist, or a circular dependency.
/// </remarks>
public sealed class ConfigCatFormat : ISnapshotFormat
{
    private readonly ConfigCatContextMapping _mapping;
    private readonly SnapshotLimits _limits;
    private readonly ConfigCatOverrides? _overrides;

    /// <summary>Creates a reader.</summary>
    /// <param name="mapping">The parts of a context that stand for the user object; null for the defaults.</param>
    /// <param name="overrides">Local values for some flags; null for none.</param>
    /// <param name="limits">The limits on the size of a document; null for the defaults.</param>
    public ConfigCatFormat(ConfigCatContextMapping? mapping = null, ConfigCatOverrides? overrides = null, SnapshotLimits? limits = null) =>
        (_mapping, _overrides, _limits) = (mapping ?? new(), overrides, limits ?? new());

    /// <inheritdoc/>
    public string Name => "configcat/6";

    /// <inheritdoc/>
    public SnapshotReadResult Read(ReadOnlyMemory<byte> document) => BackendDocument.Read(document, _limits, Read);

    private SnapshotReadResult Read(JsonElement root)
    {
        if (BackendJson.Find(root, "f") is not { ValueKind: JsonValueKind.Object } && BackendJson.Find(root, "p") is not { ValueKind: JsonValueKind.Object })
            return BackendDocument.Refuse(root, "a ConfigCat configuration", "neither 'p' nor 'f'");

        var diagnostics = new List<SnapshotDiagnostic>();
        var config = new ConfigModel(root, _overrides, diagnostics);
        FlagDefinition[] flags = [.. config.Settings.Select(setting => BackendDocument.ReadFlag("f", setting.Key, () => new SettingReader(config, _mapping, setting.Key, setting.Value).Read()))];
        return new(
            new() { Version = 0, Flags = flags, Cycles = CycleHandling.EndFlag },
            [.. diagnostics, .. flags.Select(flag => flag.Defect).OfType<SnapshotDiagnostic>()]);
    }
}
