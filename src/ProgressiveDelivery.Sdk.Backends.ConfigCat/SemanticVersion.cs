using System.Text.RegularExpressions;

namespace ProgressiveDelivery.Sdk.Backends.ConfigCat;

/// <summary>SemVer 2.0. Source: the expression that semver.org suggests.</summary>
internal static partial class SemanticVersion
{
    public static bool IsValid(string text) => Expression().IsMatch(text);

    [GeneratedRegex(
        @"\A(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)(?:-(?:(?:0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*))*))?(?:\+(?:[0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*))?\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Expression();
}
