using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Backends.Flagd;

/// <summary>
/// Reads flagd's flag configuration (<c>{"flags": …, "$evaluators": …, "metadata": …}</c>). Its targeting rules become expressions; a flag
/// that uses an unknown operator, or refers to an evaluator that is not there, is quarantined alone, while a default variant that no
/// variant has refuses the document, as the daemon does. Stateless and safe to share.
/// </summary>
public sealed class FlagdFormat : ISnapshotFormat
{
    // Targeting nests an object and a list for each operator, and a flag that is too deep should cost itself and not the document.
    private const int DeepestDocument = 256;

    private readonly SnapshotLimits _limits;
    private readonly FlagdFractional _fractional;

    /// <summary>Makes the format.</summary>
    /// <param name="fractional">The generation of the <c>fractional</c> operator. Default: <see cref="FlagdFractional.V2"/>.</param>
    /// <param name="limits">How large a document may be; null: the defaults.</param>
    public FlagdFormat(FlagdFractional fractional = FlagdFractional.V2, SnapshotLimits? limits = null)
    {
        _fractional = fractional;
        _limits = limits ?? new();
    }

    /// <inheritdoc/>
    public string Name => "flagd";

    /// <inheritdoc/>
    public SnapshotReadResult Read(ReadOnlyMemory<byte> document) =>
        BackendDocument.Read(document, new() { MaxBytes = _limits.MaxBytes, MaxDepth = DeepestDocument }, Read);

    private SnapshotReadResult Read(JsonElement root)
    {
        if (FlagdDocument.Lack(root) is { } lack)
            return BackendDocument.Refuse(root, "a flagd flag set", lack);
        var reader = new FlagSetReader(root, _fractional);
        var flags = reader.Read(_limits.MaxFlags);
        return flags is null
            ? new(null, reader.Diagnostics)
            : new(new() { Version = 0, Flags = flags }, reader.Diagnostics);
    }
}
