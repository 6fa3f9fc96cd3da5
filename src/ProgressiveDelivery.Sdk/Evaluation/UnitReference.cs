using System.Globalization;
using System.Runtime.CompilerServices;

namespace ProgressiveDelivery.Sdk.Evaluation;

/// <summary>Which unit is hashed or looked up: the first of some references that yields one, in its text form.</summary>
internal sealed class UnitReference(AttributeReference[] references)
{
    private readonly bool _isKey = references is [{ IsTargetingKey: true }];

    public static UnitReference TargetingKey { get; } = new([AttributeReference.TargetingKey]);

    public string Text => string.Join(", ", references.Select(reference => reference.Text));

    /// <summary>Finds the unit; numbers are written to <paramref name="scratch"/>. Empty when there is none.</summary>
    public ReadOnlySpan<char> Read(in EvaluationInput input, Span<char> scratch) =>
        _isKey && input.Key.AsString() is { Length: > 0 } key ? key : ReadFirst(in input, scratch);

    // Not inlined: what nearly every rollout goes by stays small.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private ReadOnlySpan<char> ReadFirst(in EvaluationInput input, Span<char> scratch)
    {
        foreach (var reference in references)
        {
            ref readonly var value = ref reference.Read(in input);
            var unit = value.Kind == AttributeKind.String ? value.AsString() : Format(in value, scratch);
            if (!unit.IsEmpty)
                return unit;
        }

        return default;
    }

    private static ReadOnlySpan<char> Format(in AttributeValue value, Span<char> scratch)
    {
        if (value.TryGetBoolean(out var boolean))
            return boolean ? "true" : "false";
        int written;
        if (value.TryGetInteger(out var integer) && integer.TryFormat(scratch, out written, default, CultureInfo.InvariantCulture))
            return scratch[..written];
        if (!value.TryGetNumber(out var number) || !double.IsFinite(number))
            return default;
        if (number == 0)
            return "0";
        var format = Math.Floor(number) == number ? "F0" : "r";
        return number.TryFormat(scratch, out written, format, CultureInfo.InvariantCulture) ? scratch[..written] : default;
    }
}
