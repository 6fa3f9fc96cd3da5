namespace ProgressiveDelivery.Sdk.Evaluation;

/// <summary>Everything one evaluation may look at. It lives on the caller's stack, whichever form the context has.</summary>
internal readonly ref struct EvaluationInput
{
    private readonly ref readonly AttributeValue _key;
    private readonly ReadOnlySpan<ContextAttribute> _attributes;
    private readonly EvaluationContext? _context;

    public EvaluationInput(EvaluationContext context, EvaluationServices services, long nowTicks)
    {
        _key = ref context.Key;
        _attributes = context.AttributeSpan;
        _context = context;
        Services = services;
        NowTicks = nowTicks;
    }

    public EvaluationInput(in StackContext context, EvaluationServices services, long nowTicks)
    {
        _key = ref context.Key;
        _attributes = context.Attributes;
        Services = services;
        NowTicks = nowTicks;
    }

    /// <summary>The targeting key of the main context; null where it has none.</summary>
    public ref readonly AttributeValue Key => ref _key;

    public EvaluationServices Services { get; }

    /// <summary>The moment of the evaluation, UTC; 0 for flags that no rule on time can reach.</summary>
    public long NowTicks { get; }

    /// <summary>Answers of the dependencies already evaluated, by <see cref="DependencyNode.Index"/>, 0 where there is none yet; null on the usual path.</summary>
    public short[]? Memo { get; init; }

    /// <summary>How many flags and segments that depend on themselves are being asked.</summary>
    public int CycleDepth { get; init; }

    /// <summary>Where an explanation is gathered; null when only the answer is wanted.</summary>
    public EvaluationTrace? Trace { get; init; }

    /// <summary>The attributes of the main context, in any order; of a name that is there twice the last one counts.</summary>
    public ReadOnlySpan<ContextAttribute> Attributes => _attributes;

    public ref readonly AttributeValue Attribute(string name) => ref AttributeList.Find(_attributes, name, sorted: _context is not null);

    public EvaluationContext? Kind(string kind) => _context?.Kind(kind);

    /// <summary>The other kinds that the context has.</summary>
    public ReadOnlySpan<ContextKind> Kinds => _context is null ? [] : _context.Kinds;

    public bool IsPrivate(string? kind, string name) =>
        (kind is null ? _context : Kind(kind))?.IsPrivate(name) ?? false;
}
