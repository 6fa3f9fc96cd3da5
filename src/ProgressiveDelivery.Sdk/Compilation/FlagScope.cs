using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Evaluation;

namespace ProgressiveDelivery.Sdk.Compilation;

/// <summary>The compilation of one flag, which has variants that its steps name.</summary>
internal sealed class FlagScope(CompilationState state, FlagNode node) : CompilationScope(state, node)
{
    private string[]? _variantNames;

    public FlagNode FlagNode => node;

    public FlagDefinition Definition => node.Definition;

    public string[] VariantNames => _variantNames ??= Names(node.Definition.Variants);

    /// <summary>The place of a variant; reported when there is none of that name.</summary>
    public short Variant(string name)
    {
        var variants = Definition.Variants;
        var index = variants.Count - 1;
        while (index >= 0 && !string.Equals(variants[index].Name, name, StringComparison.Ordinal))
            index--;
        if (index < 0)
            Report(Diagnostics.UndefinedVariant(Path, Definition.Key, name, VariantNames));
        return (short)index;
    }

    /// <summary>The place of the variant of units that are left over; <see cref="Decision.None"/> where none is named.</summary>
    public short Else(string? name)
    {
        if (name is null)
            return Decision.None;
        Enter("else");
        var variant = Variant(name);
        Leave();
        return variant;
    }

    private static string[] Names(IReadOnlyList<VariantDefinition> variants)
    {
        var names = new string[variants.Count];
        for (var i = 0; i < names.Length; i++)
            names[i] = variants[i].Name;
        return names;
    }
}
