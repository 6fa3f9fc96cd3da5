using ProgressiveDelivery.Sdk.Evaluation.Conditions;
using ProgressiveDelivery.Sdk.Evaluation.Patterns;

namespace ProgressiveDelivery.Sdk.Compilation.Patterns;

/// <summary>Finds the expressions that are tests on texts: some texts at a place, or characters of a set between two texts.</summary>
internal static class TextForms
{
    // In a table, or one by one.
    private const int MaxListed = 1_000;
    private const int MaxCompared = 64;
    private const int MaxSearched = 8;

    /// <summary>Returns the test; null if the expression needs an automaton.</summary>
    public static Pattern? Of(PatternTree tree)
    {
        var branches = tree is ChoiceTree choice ? choice.Branches : [tree];
        var forms = new List<AnchoredForm>(branches.Count);
        foreach (var branch in branches)
        {
            if (AnchoredForm.Of(branch) is not { } form)
                return null;
            forms.Add(form);
        }

        if (forms.Exists(form => form.Place != forms[0].Place || form.AllowsNewline != forms[0].AllowsNewline))
            return null;
        return Listed(forms, ignoreCase: false) ?? Listed(forms, ignoreCase: true) ?? (Pattern?)(forms.Count == 1 ? Framed(forms[0]) : null);
    }

    private static TextPattern? Listed(List<AnchoredForm> forms, bool ignoreCase)
    {
        var (place, texts) = (forms[0].Place, new List<string>());
        foreach (var form in forms)
        {
            if (FiniteTexts.Of(form.Items, ignoreCase, Limit(place, ignoreCase)) is not { } some)
                return null;
            texts.AddRange(some);
        }

        return texts.Count <= Limit(place, ignoreCase) ? new(place, [.. texts], ignoreCase, forms[0].AllowsNewline) : null;
    }

    // A search that ignores case would compare at every place; the automaton is linear.
    private static int Limit(TextPlace place, bool ignoreCase) => place switch
    {
        TextPlace.Anywhere => ignoreCase ? 0 : MaxSearched,
        TextPlace.Whole when !ignoreCase => MaxListed,
        _ => MaxCompared,
    };

    private static FramedPattern? Framed(AnchoredForm form)
    {
        if (form.Place != TextPlace.Whole)
            return null;
        var items = form.Items;
        var at = items.FindIndex(item => item is RepeatTree { Item: SetLeaf });
        if (at < 0)
            return null;
        return Framed(form, at, ignoreCase: false) ?? Framed(form, at, ignoreCase: true);
    }

    private static FramedPattern? Framed(AnchoredForm form, int at, bool ignoreCase) =>
        FiniteTexts.Of(form.Items[..at], ignoreCase, 1) is [var prefix]
        && FiniteTexts.Of(form.Items[(at + 1)..], ignoreCase, 1) is [var suffix]
        && form.Items[at] is RepeatTree { Item: SetLeaf leaf } repeat
            ? new(prefix, leaf.Set, repeat.Min, repeat.Max, suffix, ignoreCase, form.AllowsNewline)
            : null;
}
