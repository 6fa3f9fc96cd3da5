using System.Security.Cryptography;
using System.Text;

namespace ProgressiveDelivery.Sdk.Analysis.Reports.Html;

/// <summary>The style of the page: the tokens, then the rules of <c>report.css</c>. Immutable.</summary>
internal sealed class PageStyle
{
    private PageStyle(string rules)
    {
        // A line end of Windows would change the hash between what is written and what a parser reads.
        Text = ("\n" + ColorTokens.ToCss() + rules).Replace("\r", "", StringComparison.Ordinal);
        Policy = $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Text)))}'; base-uri 'none'; form-action 'none'";
    }

    /// <summary>The style of all reports.</summary>
    public static PageStyle Report { get; } = new(Read());

    /// <summary>The text between the tags of the style element.</summary>
    public string Text { get; }

    /// <summary>The content security policy: nothing but this style.</summary>
    public string Policy { get; }

    private static string Read()
    {
        using var stream = typeof(PageStyle).Assembly.GetManifestResourceStream("report.css")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
