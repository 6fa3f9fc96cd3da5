using System.Runtime.CompilerServices;

namespace ProgressiveDelivery.Sdk.Evaluation.Expressions;

/// <summary>
/// Converts and compares values. Source: ECMA-262, Type Conversion and IsLooselyEqual; JsonLogic adds that an empty list counts as false.
/// </summary>
internal static class Coercion
{
    public static bool IsTrue(in AttributeValue value) => value.Kind switch
    {
        AttributeKind.Null => false,
        AttributeKind.Boolean => value.TryGetBoolean(out var boolean) && boolean,
        AttributeKind.String => value.AsString()!.Length > 0,
        AttributeKind.Integer or AttributeKind.Number => value.TryGetNumber(out var number) && number != 0 && !double.IsNaN(number),
        AttributeKind.List => value.Items.Length > 0,
        _ => true,
    };

    /// <summary>Converts a whole value to a number; NaN if it is none.</summary>
    public static double ToNumber(in AttributeValue value, ref FormulaCost cost) => value.Kind switch
    {
        AttributeKind.Null => 0,
        AttributeKind.Boolean => value.TryGetBoolean(out var boolean) && boolean ? 1 : 0,
        AttributeKind.Integer or AttributeKind.Number => value.TryGetNumber(out var number) ? number : double.NaN,
        AttributeKind.Object => double.NaN,
        _ => EcmaScriptNumber.Read(ToText(in value, ref cost)),
    };

    /// <summary>Returns the number at the start of a value's text; NaN if there is none.</summary>
    public static double ToLeadingNumber(in AttributeValue value, ref FormulaCost cost) =>
        value.TryGetNumber(out var number) ? number : EcmaScriptNumber.ReadStart(ToText(in value, ref cost));

    /// <summary>Returns a value's text, and charges one pass through it. Builds the text if the value is not a string.</summary>
    public static string ToText(in AttributeValue value, ref FormulaCost cost)
    {
        if (value.AsString() is { } text)
            return cost.TryRead(text.Length) ? text : "";
        // Once in the buffer, and once as a text.
        return cost.TryWrite(value.Size) && cost.TryWrite(value.Size) ? Built(in value) : "";
    }

    /// <summary>Returns whether both are the same value: for lists and objects, the same instance.</summary>
    public static bool AreSame(in AttributeValue one, in AttributeValue other, ref FormulaCost cost) => (one.Kind, other.Kind) switch
    {
        (AttributeKind.String, AttributeKind.String) => IsText(one.AsString()!, other.AsString()!, ref cost),
        (AttributeKind.List, AttributeKind.List) => one.Items.Length > 0 && one.IsOne(in other),
        (AttributeKind.Object, AttributeKind.Object) => one.Members.Length > 0 && one.IsOne(in other),
        _ when IsNumber(in one) && IsNumber(in other) => one.TryGetNumber(out var left) && other.TryGetNumber(out var right) && left == right,
        _ => one.Kind == other.Kind && !IsNumber(in one) && one.Equals(other),
    };

    public static bool AreEqual(in AttributeValue one, in AttributeValue other, ref FormulaCost cost)
    {
        if (one.Kind == other.Kind || (IsNumber(in one) && IsNumber(in other)))
            return AreSame(in one, in other, ref cost);
        if (one.IsNull || other.IsNull || (one.IsCompound && other.IsCompound))
            return false;
        if (one.IsCompound && other.AsString() is { } right)
            return IsText(ToText(in one, ref cost), right, ref cost);
        if (other.IsCompound && one.AsString() is { } left)
            return IsText(ToText(in other, ref cost), left, ref cost);
        return ToNumber(in one, ref cost) == ToNumber(in other, ref cost);
    }

    /// <summary>Compares two values: two texts by code units, all others as numbers; null if either is not a number.</summary>
    public static int? Compare(in AttributeValue one, in AttributeValue other, ref FormulaCost cost)
    {
        if (IsTextual(in one) && IsTextual(in other))
            return string.CompareOrdinal(ToText(in one, ref cost), ToText(in other, ref cost));
        var (left, right) = (ToNumber(in one, ref cost), ToNumber(in other, ref cost));
        return double.IsNaN(left) || double.IsNaN(right) ? null : left.CompareTo(right);
    }

    private static bool IsText(string one, string other, ref FormulaCost cost) =>
        one.Length == other.Length && cost.TryRead(one.Length) && string.Equals(one, other, StringComparison.Ordinal);

    private static bool IsNumber(in AttributeValue value) => value.Kind is AttributeKind.Integer or AttributeKind.Number;

    private static bool IsTextual(in AttributeValue value) => value.IsCompound || value.Kind == AttributeKind.String;

    [SkipLocalsInit]
    private static string Built(in AttributeValue value)
    {
        Unsafe.SkipInit(out TextRoom room);
        var buffer = new TextBuffer(room);
        buffer.Append(in value);
        var text = buffer.Text.ToString();
        buffer.Return();
        return text;
    }
}
