using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Acts;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Flags;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Parts;
using ProgressiveDelivery.Sdk.Control;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Comparing;

/// <summary>Writes the difference of two snapshots: the flags, what differs in each, and who moves.</summary>
internal sealed class DifferenceView(HtmlWriter html, ScreenContext page, SnapshotDifference difference)
{
    private const int MaxRows = 200;
    private const int MaxChanges = 12;

    private readonly Dictionary<string, FlagInfo> _before = Flags(page, difference.FromVersion);
    private readonly Dictionary<string, FlagInfo> _after = Flags(page, difference.ToVersion);

    public void Write(string what)
    {
        var moves = ContextMoves.Between(page, difference);
        var aside = Count(DifferenceWords.Flags(difference), "flag", "flags")
            + (moves is { Contexts: > 0 } ? $" · {Numbers.Count(moves.Moving)} of {Count(moves.Contexts, "saved context", "saved contexts")} {(moves.Moving == 1 ? "moves" : "move")}" : "");
        using (html.Card($"From {ActSubject.Text(difference.FromVersion)} to {ActSubject.Text(difference.ToVersion)}", id: "difference", sub: what, aside: aside))
        {
            if (DifferenceWords.Flags(difference) == 0)
            {
                html.Element("p", "empty", "No flag differs.");
                return;
            }

            WriteRows(moves);
            if (moves is { Moves.Count: > 0 })
                WriteWho(moves);
        }
    }

    private void WriteRows(ContextMoves? moves)
    {
        (string Sign, string Word, IReadOnlyList<string> Keys)[] kinds =
        [
            ("±", "Changed", difference.Changed), ("+", "Added", difference.Added), ("−", "Removed", difference.Removed), ("→", "Affected", difference.Affected), ("·", "Metadata", difference.MetadataOnly),
        ];
        var left = MaxRows;
        using (html.Element("ul", ("class", "diff")))
        {
            foreach (var (sign, word, keys) in kinds)
            {
                foreach (var key in keys.Take(left))
                    WriteRow(sign, word, key, moves);
                left -= Math.Min(left, keys.Count);
            }
        }

        if (DifferenceWords.Flags(difference) > MaxRows)
            html.Element("p", "empty", $"{Numbers.Count(DifferenceWords.Flags(difference) - MaxRows)} more flags are not shown.");
    }

    private void WriteRow(string sign, string word, string key, ContextMoves? moves)
    {
        using (html.Element("li"))
        {
            using (html.Element("p", ("class", "diff-kind")))
            {
                using (html.Element("span", ("class", "diff-badge")))
                    html.Text($"{sign} {word}");
            }

            using (html.Element("div", ("class", "diff-what")))
            {
                using (html.Element("h3"))
                    html.Key(key);
                WriteChanges(word, key);
            }

            html.Element("p", "diff-moves", word == "Added" ? "new" : word == "Metadata" || moves is not { Contexts: > 0 } ? "" : Moving(moves, key));
        }
    }

    private void WriteChanges(string word, string key)
    {
        if (word == "Affected")
        {
            html.Element("p", "sub", Through(key));
            return;
        }

        if (!_before.TryGetValue(key, out var before) || !_after.TryGetValue(key, out var after))
            return;
        var changes = FlagComparison.Of(before, after);
        foreach (var change in changes.Take(MaxChanges))
            WriteChange(change);
        if (changes.Count > MaxChanges)
            html.Element("p", "sub", $"And {changes.Count - MaxChanges} more differences.");
        if (changes.Count == 0)
            html.Element("p", "sub", "It differs in a part that has no words here: see its definition.");
    }

    private void WriteChange(FlagChange change)
    {
        using (html.Element("p", ("class", "sub")))
        {
            html.Name(change.Label);
            html.Text(": ");
            if (change.Lead.Length > 0)
            {
                html.Words(change.Lead, page.Now);
                html.Text(" ");
            }

            Marked("del", change.Before);
            if (change is { Before: not null, After: not null })
                html.Text(" → ");
            Marked("ins", change.After);
            if (change.Tail.Length == 0)
                return;
            html.Text(" ");
            html.Words(change.Tail, page.Now);
        }
    }

    private void Marked(string element, string? text)
    {
        if (text is null)
            return;
        using (html.Element(element))
            html.Words(text, page.Now);
    }

    private void WriteWho(ContextMoves moves)
    {
        using (html.Element("details", ("class", "diff-who")))
        {
            html.Element("summary", null, "Who moves");
            MovesView.Table(html, moves);
        }
    }

    // Which other flag it is: words of prerequisites name flags in quotes.
    private string Through(string key)
    {
        if (_after.TryGetValue(key, out var flag)
            && difference.Changed.Concat(difference.Added).Concat(difference.Removed).FirstOrDefault(other => flag.Prerequisites.Any(words => words.Contains($"flag '{other}'", StringComparison.Ordinal))) is { } cause)
            return $"has “{SafeText.Cut(cause)}” as a prerequisite";
        return "through a segment, a layer, a holdout, a kill or another flag";
    }

    private static string Moving(ContextMoves moves, string key)
    {
        var count = moves.Moves.Count(move => move.Flag == key);
        return $"{Numbers.Count(count)} {(count == 1 ? "moves" : "move")}";
    }

    private static string Count(int count, string one, string more) => Numbers.Count(count) + ' ' + (count == 1 ? one : more);

    private static Dictionary<string, FlagInfo> Flags(ScreenContext page, long version) =>
        page.Diagnostics.FindSnapshot(version)?.Flags.GroupBy(flag => flag.Key, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Last(), StringComparer.Ordinal) ?? [];
}
