using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ProgressiveDelivery.Sdk.Evaluation.Expressions;

/// <summary>What values count as. Source: ECMA-262, Type Conversion and IsLooselyEqual; that an empty list counts as false is JsonLogic's.</summary>
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

    /// <summary>The number that a value stands for as a whole; NaN where it stands for none.</summary>
    public static double ToNumber(in AttributeValue value) => value.Kind switch
    {
        AttributeKind.Null => 0,
        AttributeKind.Boolean => value.TryGetBoolean(out var boolean) && boolean ? 1 : 0,
        AttributeKind.Integer or AttributeKind.Number => value.TryGetNumber(out var number) ? number : double.NaN,
        AttributeKind.Object => double.NaN,
        _ => EcmaScriptNumber.Read(ToText(in value)),
    };

    /// <summary>The number that a value's text begins with; NaN where it begins with none.</summary>
    public static double ToLeadingNumber(in AttributeValue value) =>
        value.TryGetNumber(out var number) ? number : EcmaScriptNumber.ReadStart(ToText(in value));

    /// <summary>A value's text; built, where it is none.</summary>
    public static string ToText(in AttributeValue value) => value.AsString() ?? Built(in value);

    public static bool AreSame(in AttributeValue one, in AttributeValue other) => (one.Kind, other.Kind) switch
    {
        (AttributeKind.String, AttributeKind.String) => string.Equals(one.AsString(), other.AsString(), StringComparison.Ordinal),
        (AttributeKind.List, AttributeKind.List) => one.Items.Length == other.Items.Length && IsOne(one.Items, other.Items),
        (AttributeKind.Object, AttributeKind.Object) => one.Members.Length == other.Members.Length && IsOne(one.Members, other.Members),
        _ when IsNumber(in one) && IsNumber(in other) => one.TryGetNumber(out var left) && other.TryGetNumber(out var right) && left == right,
        _ => one.Kind == other.Kind && !IsNumber(in one) && one.Equals(other),
    };

    public static bool AreEqual(in AttributeValue one, in AttributeValue other)
    {
        if (one.Kind == other.Kind || (IsNumber(in one) && IsNumber(in other)))
            return AreSame(in one, in other);
        if (one.IsNull || other.IsNull || (IsCompound(in one) && IsCompound(in other)))
            return false;
        if (IsCompound(in one) && other.Kind == AttributeKind.String)
            return string.Equals(ToText(in one), other.AsString(), StringComparison.Ordinal);
        if (IsCompound(in other) && one.Kind == AttributeKind.String)
            return string.Equals(ToText(in other), one.AsString(), StringComparison.Ordinal);
        return ToNumber(in one) == ToNumber(in other);
    }

    /// <summary>How two values are ordered: two texts by code units, all else as numbers; null where one is none.</summary>
    public static int? Compare(in AttributeValue one, in AttributeValue other)
    {
        if (IsTextual(in one) && IsTextual(in other))
            return string.CompareOrdinal(ToText(in one), ToText(in other));
        var (left, right) = (ToNumber(in one), ToNumber(in other));
        return double.IsNaN(left) || double.IsNaN(right) ? null : left.CompareTo(right);
    }

    private static bool IsNumber(in AttributeValue value) => value.Kind is AttributeKind.Integer or AttributeKind.Number;

    private static bool IsCompound(in AttributeValue value) => value.Kind is AttributeKind.List or AttributeKind.Object;

    private static bool IsTextual(in AttributeValue value) => value.Kind is AttributeKind.String or AttributeKind.List or AttributeKind.Object;

    // The same object, not one with the same content.
    private static bool IsOne<T>(ReadOnlySpan<T> one, ReadOnlySpan<T> other) =>
        !one.IsEmpty && Unsafe.AreSame(ref MemoryMarshal.GetReference(one), ref MemoryMarshal.GetReference(other));

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
