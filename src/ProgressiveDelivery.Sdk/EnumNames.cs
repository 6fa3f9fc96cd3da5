namespace ProgressiveDelivery.Sdk;

/// <summary>The values of an enum as attributes: names, and of flags lists of names.</summary>
internal static class EnumNames<TEnum>
    where TEnum : struct, Enum
{
    private static readonly EnumFlags? Flags = EnumFlags.Of(typeof(TEnum));

    public static AttributeValue Of(TEnum value) => Flags is null ? Enum.GetName(value) ?? value.ToString() : Flags.NamesOf(value);
}
