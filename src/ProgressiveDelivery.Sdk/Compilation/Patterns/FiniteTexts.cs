using ProgressiveDelivery.Sdk.Evaluation.Patterns;

namespace ProgressiveDelivery.Sdk.Compilation.Patterns;

/// <summary>The texts that an expression matches, if they are few.</summary>
internal static class FiniteTexts
{
    private const int MaxCharacters = 8_192;
    private const int MaxTimes = 8;

    /// <summary>
    /// Returns the texts of a sequence. Null if there are more than the limit, or if the case of a letter differs from <paramref name="ignoreCase"/>.
    /// </summary>
    /// <param name="items">The sequence.</param>
    /// <param name="ignoreCase">True if the texts are ASCII, and every letter occurs in both cases.</param>
    /// <param name="limit">The limit.</param>
    public static List<string>? Of(IReadOnlyList<PatternTree> items, bool ignoreCase, int limit)
    {
        List<string> texts = [""];
        foreach (var item in items)
        {
            if (OfItem(item, ignoreCase, limit) is not { } endings || Join(texts, endings, limit) is not { } joined)
                return null;
            texts = joined;
        }

        return texts;
    }

    private static List<string>? Join(List<string> texts, List<string> endings, int limit)
    {
        if (texts is [""])
            return endings;
        if ((long)texts.Count * endings.Count > limit)
            return null;
        var joined = new List<string>(texts.Count * endings.Count);
        var characters = 0;
        foreach (var text in texts)
        {
            foreach (var ending in endings)
            {
                characters += text.Length + ending.Length;
                if (characters > MaxCharacters)
                    return null;
                joined.Add(text + ending);
            }
        }

        return joined;
    }

    private static List<string>? OfItem(PatternTree item, bool ignoreCase, int limit) => item switch
    {
        SetLeaf leaf => ignoreCase ? OfLetter(leaf.Set) : OfSet(leaf.Set, limit),
        SequenceTree sequence => Of(sequence.Items, ignoreCase, limit),
        ChoiceTree choice => OfChoice(choice, ignoreCase, limit),
        RepeatTree { Max: <= MaxTimes } repeat => OfRepeat(repeat, ignoreCase, limit),
        _ => null,
    };

    private static List<string>? OfSet(CharacterSet set, int limit)
    {
        if (!set.IsPlain)
            return null;
        var texts = new List<string>();
        for (var i = 0; i < set.Ranges.Length; i += 2)
        {
            for (int c = set.Ranges[i]; c <= set.Ranges[i + 1]; c++)
            {
                if (texts.Count == limit)
                    return null;
                texts.Add(((char)c).ToString());
            }
        }

        return texts;
    }

    // One ASCII character without case, or an ASCII letter in both cases, and nothing else.
    private static List<string>? OfLetter(CharacterSet set) => set switch
    {
        { IsPlain: false } => null,
        { Ranges: [var first, var last] } when first == last && first < 128 && !char.IsAsciiLetter(first) => [first.ToString()],
        { Ranges: [var upper, var upperEnd, var lower, var lowerEnd] } when upper == upperEnd && lower == lowerEnd && char.IsAsciiLetterUpper(upper) && (upper | 0x20) == lower => [lower.ToString()],
        _ => null,
    };

    private static List<string>? OfChoice(ChoiceTree choice, bool ignoreCase, int limit)
    {
        var texts = new List<string>();
        foreach (var branch in choice.Branches)
        {
            if (OfItem(branch, ignoreCase, limit) is not { } some || texts.Count + some.Count > limit)
                return null;
            texts.AddRange(some);
        }

        return texts;
    }

    private static List<string>? OfRepeat(RepeatTree repeat, bool ignoreCase, int limit)
    {
        if (OfItem(repeat.Item, ignoreCase, limit) is not { } once)
            return null;
        var (texts, current) = (new List<string>(), new List<string> { "" });
        for (var times = 0; times <= repeat.Max; times++)
        {
            if (times >= repeat.Min)
                texts.AddRange(current);
            if (times == repeat.Max)
                break;
            if (texts.Count > limit || Join(current, once, limit) is not { } next)
                return null;
            current = next;
        }

        return texts.Count > limit ? null : texts;
    }
}
