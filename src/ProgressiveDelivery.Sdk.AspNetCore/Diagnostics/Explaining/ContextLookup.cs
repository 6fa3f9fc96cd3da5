namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Explaining;

/// <summary>Reads what a reference names in a context.</summary>
internal static class ContextLookup
{
    /// <summary>Returns the value, and whether it is private; a null value if there is none.</summary>
    public static (AttributeValue Value, bool IsPrivate) Find(EvaluationContext context, ContextReference reference)
    {
        if (reference.Kind is { } kind)
            return context.GetKind(kind) is { } other ? Find(other, reference with { Kind = null }) : default;
        if (reference.IsKey)
            return (context.TargetingKey, context.IsPrivate(ContextReference.TargetingKey));
        var value = context[reference.Name];
        foreach (var part in reference.Path)
            value = Inside(value, part);
        return (value, context.IsPrivate(reference.Name));
    }

    private static AttributeValue Inside(AttributeValue value, string part)
    {
        foreach (var member in value.Members)
        {
            if (member.Name == part)
                return member.Value;
        }

        return int.TryParse(part, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var place) && place < value.Items.Length ? value.Items[place] : default;
    }
}
