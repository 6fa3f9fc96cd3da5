namespace ProgressiveDelivery.Sdk.Backends.LaunchDarkly;

/// <summary>The kinds that a context has in LaunchDarkly's terms.</summary>
internal static class ContextKinds
{
    /// <summary>Returns the kinds, by name. A main context without key and attributes is none; one of the same name as another kind comes before it.</summary>
    public static List<(string Kind, EvaluationContext Context)> Of(EvaluationContext context, string mainKind)
    {
        var kinds = new List<(string Kind, EvaluationContext Context)>();
        if (context.TargetingKey is not null || context.Attributes.Count > 0)
            kinds.Add((mainKind, context));
        foreach (var kind in context.KindNames)
        {
            if (kinds is not [(var main, _), ..] || main != kind)
                kinds.Add((kind, context.GetKind(kind)!));
        }

        kinds.Sort(static (one, other) => string.CompareOrdinal(one.Kind, other.Kind));
        return kinds;
    }

    /// <summary>Returns whether the context has a kind, and each of its kinds a key.</summary>
    public static bool HaveKeys(EvaluationContext context, string mainKind) =>
        Of(context, mainKind) is { Count: > 0 } kinds && kinds.TrueForAll(kind => kind.Context.TargetingKey is { Length: > 0 });

    public static bool IsAnonymous(EvaluationContext kind) => kind["anonymous"].TryGetBoolean(out var isAnonymous) && isAnonymous;
}
