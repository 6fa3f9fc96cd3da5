using System.Globalization;
using System.Text;

namespace ProgressiveDelivery.Sdk;

/// <summary>Writes values as JSON, for people: as much as they read, whatever the size of the value.</summary>
internal static class AttributeExcerpt
{
    private const int MaxLength = 1_000;
    private const char Ellipsis = '…';

    public static string Of(in AttributeValue value)
    {
        var text = new StringBuilder();
        Append(text, in value);
        if (text.Length <= MaxLength)
            return text.ToString();
        text.Length = MaxLength;
        return text.Append(Ellipsis).ToString();
    }

    private static void Append(StringBuilder text, in AttributeValue value)
    {
        switch (value.Kind)
        {
            case AttributeKind.String:
                AppendText(text, value.AsString()!);
                break;
            case AttributeKind.List:
                AppendItems(text, value.Items);
                break;
            case AttributeKind.Object:
                AppendMembers(text, value.Members);
                break;
            default:
                text.Append(Scalar(in value));
                break;
        }
    }

    private static void AppendText(StringBuilder text, string value) =>
        text.Append('"').Append(value, 0, Math.Min(value.Length, MaxLength)).Append('"');

    private static void AppendItems(StringBuilder text, ReadOnlySpan<AttributeValue> items)
    {
        text.Append('[');
        for (var i = 0; i < items.Length && text.Length <= MaxLength; i++)
        {
            text.Append(i == 0 ? "" : ", ");
            Append(text, in items[i]);
        }

        text.Append(']');
    }

    private static void AppendMembers(StringBuilder text, ReadOnlySpan<ContextAttribute> members)
    {
        text.Append('{');
        for (var i = 0; i < members.Length && text.Length <= MaxLength; i++)
        {
            text.Append(i == 0 ? "" : ", ").Append(members[i].Name, 0, Math.Min(members[i].Name.Length, MaxLength)).Append(" = ");
            Append(text, in members[i].ValueReference);
        }

        text.Append('}');
    }

    private static string Scalar(in AttributeValue value)
    {
        if (value.TryGetBoolean(out var boolean))
            return boolean ? "true" : "false";
        if (value.TryGetInteger(out var integer))
            return integer.ToString(CultureInfo.InvariantCulture);
        if (value.TryGetNumber(out var number))
            return number.ToString("R", CultureInfo.InvariantCulture);
        return value.TryGetInstant(out var instant) ? instant.ToString("O", CultureInfo.InvariantCulture) : "null";
    }
}
