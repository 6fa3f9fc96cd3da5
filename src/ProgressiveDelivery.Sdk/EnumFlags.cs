using System.Numerics;

namespace ProgressiveDelivery.Sdk;

/// <summary>The flags of one <c>[Flags]</c> enum: the names of single bits, each bit once.</summary>
internal sealed class EnumFlags
{
    private readonly (ulong Bit, AttributeValue Name)[] _flags;

    private EnumFlags(Type type)
    {
        var bits = Enum.GetValuesAsUnderlyingType(type).Cast<object>().Select(BitsOf);
        _flags = [.. bits.Zip(Enum.GetNames(type)).Where(flag => BitOperations.IsPow2(flag.First)).DistinctBy(flag => flag.First).Select(flag => (flag.First, (AttributeValue)flag.Second))];
    }

    /// <summary>The flags of an enum; null where it is not marked as one of flags.</summary>
    public static EnumFlags? Of(Type type) => type.IsDefined(typeof(FlagsAttribute), inherit: false) ? new(type) : null;

    /// <summary>The names of the flags that a value has, in the order of their bits.</summary>
    public AttributeValue NamesOf(object value)
    {
        var bits = BitsOf(value);
        return AttributeValue.Owning([.. _flags.Where(flag => (bits & flag.Bit) != 0).Select(flag => flag.Name)]);
    }

    private static ulong BitsOf(object value) => value is IConvertible number && number.GetTypeCode() == TypeCode.UInt64
        ? number.ToUInt64(null)
        : unchecked((ulong)((IConvertible)value).ToInt64(null));
}
