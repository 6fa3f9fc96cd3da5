using System.Text;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics;

/// <summary>The style and the script of the page: the tokens and all files of <c>Assets</c>, in the order of their names. Immutable.</summary>
internal static class PageAssets
{
    /// <summary>The rules between the tags of the style element.</summary>
    public static string Style { get; } = "\n" + ColorTokens.ToCss() + Read(".css");

    /// <summary>The text between the tags of the script element.</summary>
    public static string Script { get; } = "\n" + Read(".js");

    private static string Read(string extension)
    {
        var assembly = typeof(PageAssets).Assembly;
        var text = new StringBuilder();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith("Diagnostics.", StringComparison.Ordinal) && name.EndsWith(extension, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
            text.Append(reader.ReadToEnd());
        }

        return text.ToString();
    }
}
