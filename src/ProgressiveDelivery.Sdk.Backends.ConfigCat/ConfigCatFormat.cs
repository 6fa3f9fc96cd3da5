using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Backends.ConfigCat;

/// <summary>Reads ConfigCat's config JSON, version 6. Safe to use from any thread.</summary>
/// <remarks>
/// A part that is malformed (a value of another type, a prerequisite that does not exist, a circular dependency) ends the evaluation of
/// whoever comes there, with reason <see cref="EvaluationReason.Error"/>, as it does in ConfigCat's own libraries.
/// </remarks>
public sealed class ConfigCatFormat : ISnapshotFormat
{
    private readonly ConfigCatContextMapping _mapping;
    private readonly SnapshotLimits _limits;
    private readonly ConfigCatOverrides? _overrides;

    /// <summary>Makes a reader.</summary>
    /// <param name="mapping">What stands for the user object; null: the defaults.</param>
    /// <param name="overrides">Local values for some flags; null: none.</param>
    /// <param name="limits">How large a document may be; null: the defaults.</param>
    public ConfigCatFormat(ConfigCatContextMapping? mapping = null, ConfigCatOverrides? overrides = null, SnapshotLimits? limits = null) =>
        (_mapping, _overrides, _limits) = (mapping ?? new(), overrides, limits ?? new());

    /// <inheritdoc/>
    public string Name => "configcat/6";

    /// <inheritdoc/>
    public SnapshotReadResult Read(ReadOnlyMemory<byte> document) => BackendDocument.Read(document, _limits, Read);

    private SnapshotReadResult Read(JsonElement root)
    {
        if (Json.Find(root, "f") is not { ValueKind: JsonValueKind.Object } && Json.Find(root, "p") is not { ValueKind: JsonValueKind.Object })
            return BackendDocument.Refuse(root, "a ConfigCat configuration", "neither 'p' nor 'f'");

        var config = new ConfigModel(root, _overrides);
        var (flags, diagnostics) = (new List<FlagDefinition>(), new List<SnapshotDiagnostic>());
        foreach (var (key, setting) in config.Settings)
        {
            var flag = new SettingReader(config, _mapping, key, setting).Read();
            flags.Add(flag);
            if (flag.Defect is { } defect)
                diagnostics.Add(defect);
        }

        return new(new() { Version = 0, Flags = flags, Cycles = CycleHandling.EndFlag }, diagnostics);
    }
}
