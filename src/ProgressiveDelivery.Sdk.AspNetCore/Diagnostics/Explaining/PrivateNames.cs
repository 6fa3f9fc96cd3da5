namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Explaining;

/// <summary>Marks attributes as private: in the context, and in its other kinds.</summary>
internal static class PrivateNames
{
    public static EvaluationContext Mark(EvaluationContext context, IEnumerable<string> names)
    {
        // A pointer names a part; what is private is the attribute that it begins in.
        string[] all = [.. names.Select(name => name.StartsWith('/') ? ContextReference.Unescape(name[1..].Split('/')[0]) : name).Where(name => !name.StartsWith('/')).Distinct(StringComparer.Ordinal)];
        if (all.Length == 0)
            return context;
        foreach (var kind in context.KindNames)
        {
            if (context.GetKind(kind) is { } other)
                context = context.WithKind(kind, other.WithPrivate(all));
        }

        return context.WithPrivate(all);
    }
}
