using System.Globalization;

namespace ProgressiveDelivery.Sdk.Compilation.Patterns;

/// <summary>The names of Unicode's general categories, and the members of <c>\s</c>.</summary>
internal static class UnicodeCategories
{
    /// <summary>Returns the categories that are not in <paramref name="categories"/>.</summary>
    public static uint Others(uint categories) => ~categories & ((1u << Names.Length) - 1);

    /// <summary>The category of <c>\d</c>.</summary>
    public const uint Digits = 1u << (int)UnicodeCategory.DecimalDigitNumber;

    /// <summary>The ranges of <c>\s</c>.</summary>
    public const string Spaces = "\t\r  \u0085\u0085\u00A0\u00A0\u1680\u1680\u2000\u200A\u2028\u2029\u202F\u202F\u205F\u205F\u3000\u3000";

    // In the order of UnicodeCategory.
    private static readonly string[] Names =
    [
        "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Co", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Sm", "Sc", "Sk", "So", "Cn",
    ];

    // Letters with a case: if case is ignored, one of these categories means all of them.
    private const uint Cased = (1u << (int)UnicodeCategory.UppercaseLetter) | (1u << (int)UnicodeCategory.LowercaseLetter) | (1u << (int)UnicodeCategory.TitlecaseLetter);

    /// <summary>Returns the categories of a name, such as <c>L</c> or <c>Lu</c>; 0 if it is not a category.</summary>
    public static uint Of(string name, bool ignoreCase)
    {
        if (ignoreCase && name is ("Lu" or "Ll" or "Lt"))
            return Cased;
        var categories = 0u;
        for (var i = 0; i < Names.Length; i++)
        {
            if (name.Length > 0 && Names[i].StartsWith(name, StringComparison.Ordinal))
                categories |= 1u << i;
        }

        return categories;
    }
}
