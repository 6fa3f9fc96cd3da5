using System.Text;

namespace ProgressiveDelivery.Sdk.Evaluation.Expressions;

/// <summary>Versions as texts that are compared by their characters. Source: the specification of GrowthBook's SDKs, version comparison.</summary>
internal static class PaddedVersion
{
    private const int Width = 5;
    private const int ReleaseParts = 3;
    private const string None = "0";

    // The maximum growth of a character of a version: a part of one digit becomes five wide, with its separator. The builder grows to it.
    private const int MaxGrowth = 6;

    public static string Of(in AttributeValue value, ref FormulaCost cost)
    {
        var text = value.Kind switch
        {
            AttributeKind.String => value.AsString()!,
            AttributeKind.Integer or AttributeKind.Number => Coercion.ToText(in value, ref cost),
            _ => "",
        };
        return cost.TryWrite((long)text.Length * MaxGrowth) ? Pad(text.Length == 0 ? None : text) : "";
    }

    private static string Pad(string version)
    {
        var text = version.AsSpan(version[0] == 'v' ? 1 : 0);
        if (text.IndexOf('+') is >= 0 and var build)
            text = text[..build];
        var padded = new StringBuilder(text.Length + (Width * ReleaseParts));
        var parts = 1;
        while (text.IndexOfAny('-', '.') is >= 0 and var end)
        {
            Append(padded, text[..end]);
            padded.Append('-');
            text = text[(end + 1)..];
            parts++;
        }

        Append(padded, text);
        // After all printable characters: a release comes after its pre-releases.
        return (parts == ReleaseParts ? padded.Append("-~") : padded).ToString();
    }

    private static void Append(StringBuilder padded, ReadOnlySpan<char> part)
    {
        if (!part.IsEmpty && !part.ContainsAnyExceptInRange('0', '9'))
            padded.Append(' ', Math.Max(0, Width - part.Length));
        padded.Append(part);
    }
}
