using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Backends.Flagd;

/// <summary>
/// Reads flagd's flag configuration (<c>{"flags": …, "$evaluators": …, "metadata": …}</c>). Its targeting rules become expressions. A flag
/// with an unknown operator, or a reference to an evaluator that does not exist, is quarantined alone. A default variant that does
/// not exist rejects the document, as in the daemon. Stateless and safe to share.
/// </summary>
public sealed class FlagdFormat : ISnapshotFormat
{
    // Targeting nests an object and a list for each operator. A flag that is too deep should not reject the document.
    private const int MaxDocumentDepth = 256;

    private readonly SnapshotLimits _limits;
    private readonly FlagdFractional _fractional;

    /// <summary>Creates the format.</summary>
    /// <param name="fractional">The generation of the <c>fractional</c> operator. Default: <see cref="FlagdFractional.V2"/>.</param>
    /// <param name="limits">The limits on the size of a document; null for the defaults.</param>
    public FlagdFormat(FlagdFractional fractional = FlagdFractional.V2, SnapshotLimits? limits = null)
    {
        _fractional = fractional;
        _limits = limits ?? new();
    }

    /// <inheritdoc/>
    public string Name => "flagd";

    /// <inheritdoc/>
    public SnapshotReadResult Read(ReadOnlyMemory<byte> document) =>
        BackendDocument.Read(document, new() { MaxBytes = _limits.MaxBytes, MaxDepth = MaxDocumentDepth }, Read);

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
