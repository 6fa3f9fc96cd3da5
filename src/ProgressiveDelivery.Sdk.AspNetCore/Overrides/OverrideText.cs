using System.Text;

namespace ProgressiveDelivery.Sdk.AspNetCore.Overrides;

/// <summary>The text form of overrides: <c>checkout=on, banner=red</c>.</summary>
internal static class OverrideText
{
    /// <summary>The number of overrides that one request may bring.</summary>
    public const int MaxCount = 20;

    /// <summary>The number of characters that a flag's or a variant's name may have.</summary>
    public const int MaxName = 256;

    /// <summary>The number of characters that one place may hold.</summary>
    public const int MaxLength = 4_096;

    /// <summary>Reads overrides into a dictionary, in which the last of a flag wins.</summary>
    /// <param name="text">The text.</param>
    /// <param name="variants">The variants by flag.</param>
    /// <param name="malformed">Counts the parts that are no override.</param>
    /// <returns>False if the text is too long, or there are too many overrides.</returns>
    public static bool TryRead(ReadOnlySpan<char> text, Dictionary<string, string> variants, ref int malformed)
    {
        if (text.Length > MaxLength)
            return false;
        while (!text.IsEmpty)
        {
            var end = text.IndexOf(',');
            var part = (end < 0 ? text : text[..end]).Trim();
            text = end < 0 ? default : text[(end + 1)..];
            if (part.IsEmpty)
                continue;
            if (TrySplit(part, out var flag, out var variant))
                variants[flag] = variant;
            else
                malformed++;
            if (variants.Count + malformed > MaxCount)
                return false;
        }

        return true;
    }

    /// <summary>Writes overrides so that they can be read again.</summary>
    public static string Write(IEnumerable<KeyValuePair<string, string>> variants)
    {
        var text = new StringBuilder();
        foreach (var (flag, variant) in variants)
            text.Append(text.Length == 0 ? "" : ",").Append(Uri.EscapeDataString(flag)).Append('=').Append(Uri.EscapeDataString(variant));
        return text.ToString();
    }

    private static bool TrySplit(ReadOnlySpan<char> part, out string flag, out string variant)
    {
        (flag, variant) = ("", "");
        var middle = part.IndexOf('=');
        if (middle <= 0)
            return false;
        flag = Uri.UnescapeDataString(part[..middle].Trim().ToString());
        variant = Uri.UnescapeDataString(part[(middle + 1)..].Trim().ToString());
        return flag.Length is > 0 and <= MaxName && variant.Length is > 0 and <= MaxName;
    }
}
