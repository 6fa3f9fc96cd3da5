using System.Collections.Concurrent;
using Microsoft.FeatureManagement;
using ProgressiveDelivery.Sdk.FeatureManagement.Contexts;

namespace ProgressiveDelivery.Sdk.FeatureManagement.Managers;

/// <summary>Keeps the last answer of each feature with its context: at most one for a name, however long the scope lasts. Safe to use from any thread.</summary>
internal sealed class AnswerMemory
{
    private readonly ConcurrentDictionary<string, (Caller Caller, bool IsEnabled)> _states = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (Caller Caller, Variant? Variant)> _variants = new(StringComparer.Ordinal);

    public bool TryGetState(string feature, Caller caller, out bool isEnabled) => TryGet(_states, feature, caller, out isEnabled);

    public bool TryGetVariant(string feature, Caller caller, out Variant? variant) => TryGet(_variants, feature, caller, out variant);

    /// <summary>Keeps an answer, and returns the one that counts: of two at the same time for one context, the first.</summary>
    public bool Keep(string feature, Caller caller, bool isEnabled) => Keep(_states, feature, caller, isEnabled);

    /// <inheritdoc cref="Keep(string, Caller, bool)"/>
    public Variant? Keep(string feature, Caller caller, Variant? variant) => Keep(_variants, feature, caller, variant);

    private static bool TryGet<T>(ConcurrentDictionary<string, (Caller Caller, T Answer)> answers, string feature, Caller caller, out T answer)
    {
        var isKnown = answers.TryGetValue(feature, out var known) && known.Caller.Equals(caller);
        answer = isKnown ? known.Answer : default!;
        return isKnown;
    }

    private static T Keep<T>(ConcurrentDictionary<string, (Caller Caller, T Answer)> answers, string feature, Caller caller, T answer) =>
        answers.AddOrUpdate(feature, static (_, mine) => mine, static (_, known, mine) => known.Caller.Equals(mine.Caller) ? known : mine, (Caller: caller, Answer: answer)).Answer;
}
