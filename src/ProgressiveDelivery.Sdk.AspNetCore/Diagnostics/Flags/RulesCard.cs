using System.Globalization;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Parts;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Flags;

/// <summary>Writes the rules of a flag in words and in order; those that no context reaches are named so.</summary>
internal static class RulesCard
{
    private const int MaxRules = 200;
    private const string Else = ", else '";

    public static void Write(HtmlWriter html, FlagView flag)
    {
        var before = First(flag);
        using (html.Card("Rules", "flag-rules", sub: before is null ? "Evaluated in order. The first that applies decides." : "Evaluated in order. " + before.Value.Rule))
        using (html.Element("ol", ("class", "flags-rules")))
        {
            var isReached = before is null;
            if (before is { } act)
                Row(html, () => html.Icon(act.Tone), () => act.Write(html), "acts now");
            foreach (var prerequisite in flag.Info.Prerequisites.Take(MaxRules))
                Row(html, () => html.Icon(Tone.None), () => Prerequisite(html, flag, prerequisite), isReached ? "first" : "not reached");
            for (var i = 0; i < Math.Min(flag.Info.Rules.Count, MaxRules); i++)
            {
                var (rule, number) = (flag.Info.Rules[i], (i + 1).ToString(CultureInfo.InvariantCulture));
                Row(html, () => html.Element("span", "flags-number", number), () => Rule(html, rule, flag.Now), isReached ? null : "not reached");
                isReached = isReached && !IsLast(rule);
            }

            if (flag.Info.Rules.Count > MaxRules)
                Row(html, () => html.Element("span", "flags-number", "…"), () => html.Text($"{flag.Info.Rules.Count - MaxRules} more rules"), null);
            Row(html, () => html.Element("span", "flags-number", "–"), () => Otherwise(html, flag), isReached ? null : "not reached");
        }
    }

    /// <summary>Indicates whether a rule leaves nothing to those after it: it always applies, and serves each context something.</summary>
    public static bool IsLast(RuleInfo rule) => rule.Condition is null && ServesEverybody(rule.Outcome);

    // What decides before the rules: the first that acts, in the order of an evaluation.
    private static (Tone Tone, string Rule, Action<HtmlWriter> Write)? First(FlagView flag) => flag switch
    {
        { Info.Defect: not null } => (Tone.Warn, "A quarantined flag has no rules.", html => Says(html, "Quarantined", ": ", Marks.Fallback, isVariant: false)),
        { Override: { HasEffect: true } set } => (Tone.Hold, "An override comes first.", html => Says(html, "Override", " by " + SafeText.Cut(set.By, 80) + ": all users get ", set.Variant)),
        { Reverted: { } trip } => (Tone.Bad, "A tripped guard comes first.", html => Says(html, "Guard " + SafeText.Cut(trip.Guard, 80), " tripped: all users get ", trip.Served ?? "")),
        { IsKilled: true } => (Tone.Bad, "A kill comes first.", html => Says(html, "Kill", " of the backend: all users get ", flag.Info.ServedVariants is [var variant] ? variant : flag.Info.OffVariant ?? "")),
        { Info.IsEnabled: false } => (Tone.None, "The flag is off.", html => Says(html, "Off", ": all users get ", flag.Info.OffVariant ?? Marks.Fallback, flag.Info.OffVariant is not null)),
        _ => null,
    };

    private static void Says(HtmlWriter html, string what, string words, string variant, bool isVariant = true)
    {
        using (html.Element("strong"))
            html.Name(what);
        html.Text(words);
        if (isVariant)
            html.Chip(variant);
        else
            html.Text(variant);
    }

    private static void Row(HtmlWriter html, Action mark, Action says, string? state)
    {
        using (html.Element("li", ("class", state == "not reached" ? "flags-unreached" : null)))
        {
            using (html.Element("span", ("class", "flags-rule-mark")))
                mark();
            using (html.Element("div", ("class", "flags-rule")))
                says();
            if (state is not null)
                html.Element("span", "aside", state);
        }
    }

    private static void Rule(HtmlWriter html, RuleInfo rule, DateTimeOffset now)
    {
        using (html.Element("p"))
        using (html.Element("strong"))
            html.Name(rule.Id);
        using (html.Element("p", ("class", "flags-words")))
        {
            if (rule.Condition is { } condition)
            {
                html.Text("if ");
                html.Words(condition, now);
                html.Text(": ");
            }

            html.Words(rule.Outcome, now);
        }
    }

    private static void Prerequisite(HtmlWriter html, FlagView flag, string prerequisite)
    {
        html.Text("requires ");
        html.Words(prerequisite);
        html.Text("; else ");
        if (flag.Info.OffVariant is { } off)
            html.Chip(off);
        else
            html.Text(Marks.Fallback);
    }

    private static void Otherwise(HtmlWriter html, FlagView flag)
    {
        html.Text("otherwise: ");
        if (flag.Info.Default is { } words)
            html.Words(words, flag.Now);
        else
            html.Text(Marks.Fallback);
    }

    // A variant, a split, or a rollout that has a variant for the others.
    private static bool ServesEverybody(string outcome) =>
        IsQuoted(outcome) || outcome.StartsWith("split of ", StringComparison.Ordinal)
        || (outcome.Length > 0 && char.IsAsciiDigit(outcome[0]) && !outcome.Contains("; ", StringComparison.Ordinal) && outcome.LastIndexOf(Else, StringComparison.Ordinal) is > 0 and var at && IsQuoted(outcome[(at + Else.Length - 1)..]));

    private static bool IsQuoted(string text) => text.Length > 1 && text[0] == '\'' && text.IndexOf('\'', 1) == text.Length - 1;
}
