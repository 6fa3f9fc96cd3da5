using System.Globalization;
using System.Runtime.CompilerServices;

namespace ProgressiveDelivery.Sdk.Evaluation;

/// <summary>The unit to hash or look up: the text of the first of several references that has a value.</summary>
internal sealed class UnitReference(AttributeReference[] references)
{
    private readonly bool _isKey = references is [{ IsTargetingKey: true }];

    public static UnitReference TargetingKey { get; } = new([AttributeReference.TargetingKey]);

    public string Text => string.Join(", ", references.Select(reference => reference.Text));

    /// <summary>Indicates whether the context has one of the references as private.</summary>
    public bool IsPrivate(in EvaluationInput input)
    {
        foreach (var reference in references)
        {
            if (reference.IsPrivate(in input))
                return true;
        }

        return false;
    }

    /// <summary>Reads the unit; empty if there is none. Numbers are written to <paramref name="scratch"/>.</summary>
    public ReadOnlySpan<char> Read(in EvaluationInput input, Span<char> scratch) =>
        _isKey && input.Key.AsString() is { Length: > 0 } key ? key : ReadFirst(in input, scratch);

    // Not inlined, to keep the common path of rollouts small.
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
