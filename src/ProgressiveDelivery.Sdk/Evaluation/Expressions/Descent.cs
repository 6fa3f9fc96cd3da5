using System.Globalization;

namespace ProgressiveDelivery.Sdk.Evaluation.Expressions;

/// <summary>Walks into objects, by name, and into lists, by place.</summary>
internal static class Descent
{
    /// <summary>Returns the value at a path from here; null if there is none.</summary>
    public static AttributeValue Find(in AttributeValue start, ReadOnlySpan<string> path)
    {
        ref readonly var value = ref start;
        foreach (var token in path)
        {
            if (value.Kind == AttributeKind.Object)
                value = ref AttributeList.Find(value.Members, token, sorted: true);
            else if (value.Kind == AttributeKind.List && int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < value.Items.Length)
                value = ref value.Items[index];
            else
                return default;
        }

        return value;
    }
}
