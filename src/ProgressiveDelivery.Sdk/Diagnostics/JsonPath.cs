using System.Globalization;
using System.Text;

namespace ProgressiveDelivery.Sdk.Diagnostics;

/// <summary>Writes the paths that diagnostics point with, such as <c>$.flags['checkout'].rules[1].when</c>.</summary>
internal static class JsonPath
{
    public const string Root = "$";

    /// <summary>The path of a flag.</summary>
    public static string Flag(string key) => Named("flags", key);

    /// <summary>The path of a named thing in one of the document's collections: <c>segments</c>, <c>layers</c>, <c>holdouts</c>, <c>flags</c>.</summary>
    public static string Named(string collection, string name)
    {
        var path = new StringBuilder(Root);
        AppendMember(path, collection);
        AppendKey(path, name);
        return path.ToString();
    }

    /// <summary>Appends a member that the format names.</summary>
    public static void AppendMember(StringBuilder path, string member) => path.Append('.').Append(member);

    /// <summary>Appends a member that the format does not name: as one of its own members if it looks like one.</summary>
    public static void AppendUnknown(StringBuilder path, string member)
    {
        if (IsPlain(member))
            AppendMember(path, member);
        else
            AppendKey(path, member);
    }

    /// <summary>Appends a position in a list.</summary>
    public static void AppendIndex(StringBuilder path, int index) => path.Append(CultureInfo.InvariantCulture, $"[{index}]");

    /// <summary>Appends a member whose name the user chose, so that it may hold any character.</summary>
    public static void AppendKey(StringBuilder path, string key)
    {
        path.Append("['");
        foreach (var character in key)
        {
            if (character is '\'' or '\\')
                path.Append('\\').Append(character);
            else if (char.IsControl(character) || char.IsSurrogate(character))
                path.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            else
                path.Append(character);
        }

        path.Append("']");
    }

    private static bool IsPlain(string member) =>
        member.Length > 0 && !char.IsAsciiDigit(member[0]) && member.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '$');
}
