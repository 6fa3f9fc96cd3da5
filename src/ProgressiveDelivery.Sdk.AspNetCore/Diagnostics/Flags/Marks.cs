using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Parts;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Flags;

/// <summary>Writes variants with their marks, and shares.</summary>
internal static class Marks
{
    /// <summary>The name of the answer that comes from the caller.</summary>
    public const string Fallback = "fallback of the code";

    /// <summary>Writes the mark of a variant and its name.</summary>
    public static void Variant(this HtmlWriter html, VariantSlots slots, string variant, bool isCode = false)
    {
        VariantMark.Inline(html, slots[variant]);
        if (isCode)
            html.Key(variant);
        else
            html.Name(variant, maxLength: 60);
    }

    /// <summary>Returns a share as short as it may be: <c>33 %</c>, <c>0.4 %</c>, <c>99.6 %</c>.</summary>
    public static string Share(double share) => share switch
    {
        > 0 and < 0.0005 => Numbers.Rate(share),
        > 0 and < 0.01 => Numbers.Fixed(share * 100, 1) + "\u00A0%",
        > 0.99 and < 1 => Numbers.Fixed(Math.Min(share * 100, 99.9), 1) + "\u00A0%",
        _ => Numbers.Fixed(share * 100, 0).TrimEnd('.') + "\u00A0%",
    };

    /// <summary>Returns a percentage of a rollout: <c>0.5 %</c>.</summary>
    public static string Percent(decimal percent) => percent.ToString("0.####", CultureInfo.InvariantCulture) + "\u00A0%";

    /// <summary>Returns a stable id for an element that stands for a name of unknown origin.</summary>
    public static string Id(string prefix, string name) => prefix + '-' + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(name)), 0, 8);
}
