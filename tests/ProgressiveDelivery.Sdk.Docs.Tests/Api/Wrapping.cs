using System.Text;
using System.Text.RegularExpressions;

namespace ProgressiveDelivery.Sdk.Docs.Tests.Api;

/// <summary>Wraps prose.</summary>
internal static partial class Wrapping
{
    public const int Columns = 120;

    /// <summary>Returns one paragraph in lines of at most 120 columns, but for a longer word. All but the first are indented.</summary>
    public static string Wrap(string paragraph, string first = "", string indent = "")
    {
        var text = new StringBuilder(first);
        var column = first.Length;
        var isStart = true;
        foreach (var word in Words(paragraph))
        {
            var fits = column + 1 + word.Length <= Columns;
            if (isStart)
                text.Append(word);
            else
                text.Append(fits ? " " : "\n" + indent).Append(word);
            column = isStart ? column + word.Length : fits ? column + 1 + word.Length : indent.Length + word.Length;
            isStart = false;
        }

        return text.ToString();
    }

    // A line may not begin with what Markdown takes for a list, a quotation or a heading: that stays with the word before it.
    private static List<string> Words(string paragraph)
    {
        var words = new List<string>();
        foreach (var word in paragraph.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (words.Count > 0 && BlockMark().IsMatch(word))
                words[^1] += " " + word;
            else
                words.Add(word);
        }

        return words;
    }

    [GeneratedRegex(@"^([-+*>=]+|#+|\d+[.)])$")]
    private static partial Regex BlockMark();
}
