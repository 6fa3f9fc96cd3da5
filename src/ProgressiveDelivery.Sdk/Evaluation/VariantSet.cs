namespace ProgressiveDelivery.Sdk.Evaluation;

/// <summary>The variants of another flag that satisfy a prerequisite or a condition. Names that the flag lacks satisfy nothing.</summary>
internal sealed class VariantSet(IReadOnlyList<string> names)
{
    private short[] _variants = [];

    public void Link(CompiledFlag flag) =>
        _variants = [.. names.Select(flag.IndexOfVariant).Where(index => index >= 0)];

    public bool Contains(short variant)
    {
        foreach (var candidate in _variants)
        {
            if (candidate == variant)
                return true;
        }

        return false;
    }

    public override string ToString() => names.Count == 1 ? names[0] : $"one of {string.Join(", ", names)}";
}
