using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Evaluation;

namespace ProgressiveDelivery.Sdk.Compilation;

/// <summary>The compilation of one flag, with the variants that its steps refer to.</summary>
internal sealed class FlagScope(CompilationState state, FlagNode node) : CompilationScope(state, node)
{
    private const int FewVariants = 32;

    private static readonly IReadOnlyList<GuardDefinition> NoGuards = [];
    private static readonly IReadOnlyList<CompiledRamp> NoRamps = [];

    // Most flags have none of these.
    private List<GuardDefinition>? _guards;
    private List<CompiledRamp>? _ramps;
    private HashSet<string>? _leftOut;
    private string[]? _variantNames;
    private Dictionary<string, int>? _places;

    public FlagNode FlagNode => node;

    public FlagDefinition Definition => node.Definition;

    /// <summary>The position of the ramp whose outcome is compiled now; null if there is none.</summary>
    public RampPosition? Position { get; set; }

    /// <summary>The sound guards.</summary>
    public IReadOnlyList<GuardDefinition> Guards => _guards ?? NoGuards;

    /// <summary>Indicates whether a guard is left out that would count if it were sound.</summary>
    public bool HasLeftOutGuards { get; private set; }

    /// <summary>The ramps, in order.</summary>
    public IReadOnlyList<CompiledRamp> Ramps => _ramps ?? NoRamps;

    public string[] VariantNames => _variantNames ??= Names(node.Definition.Variants);

    /// <summary>Returns the place of a variant; an unknown name is reported.</summary>
    public short Variant(string name)
    {
        var index = IndexOf(name);
        if (index < 0)
            Report(DiagnosticCatalog.UndefinedVariant(Path, Definition.Key, name, VariantNames));
        return (short)index;
    }

    public bool HasVariant(string name) => IndexOf(name) >= 0;

    /// <summary>Adds a sound guard.</summary>
    public void Add(GuardDefinition guard) => (_guards ??= []).Add(guard);

    /// <summary>Adds a ramp.</summary>
    public void Add(CompiledRamp ramp) => (_ramps ??= []).Add(ramp);

    /// <summary>Notes that a guard is left out. One in a dry run is in no gate.</summary>
    public void LeaveOut(GuardDefinition guard)
    {
        (_leftOut ??= new(StringComparer.Ordinal)).Add(guard.Id);
        HasLeftOutGuards |= !guard.DryRun;
    }

    /// <summary>Returns whether a guard with this id is left out.</summary>
    public bool IsLeftOut(string guard) => _leftOut?.Contains(guard) == true;

    // If a name occurs twice, the last one counts.
    private int IndexOf(string name)
    {
        var variants = Definition.Variants;
        if (variants.Count > FewVariants)
            return (_places ??= Places(variants)).GetValueOrDefault(name, -1);
        var index = variants.Count - 1;
        while (index >= 0 && !string.Equals(variants[index].Name, name, StringComparison.Ordinal))
            index--;
        return index;
    }

    private static Dictionary<string, int> Places(IReadOnlyList<VariantDefinition> variants)
    {
        var places = new Dictionary<string, int>(variants.Count, StringComparer.Ordinal);
        for (var i = 0; i < variants.Count; i++)
            places[variants[i].Name] = i;
        return places;
    }

    /// <summary>Returns the place of the variant for units that are left over; <see cref="Decision.None"/> if no variant is named.</summary>
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
