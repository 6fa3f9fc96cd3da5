using System.Runtime.CompilerServices;
using ProgressiveDelivery.Sdk.Evaluation.Expressions;
using ProgressiveDelivery.Sdk.Evaluation.Patterns;

namespace ProgressiveDelivery.Sdk.Evaluation;

/// <summary>The inputs of one evaluation. It is on the caller's stack for every form of context.</summary>
internal readonly ref struct EvaluationInput
{
    private readonly ref readonly AttributeValue _key;
    private readonly ReadOnlySpan<ContextAttribute> _attributes;
    private readonly EvaluationContext? _context;
    private readonly ContextReader? _reader;
    private readonly ref EvaluationBudget _budget;

    public EvaluationInput(AnyContext context, EvaluationServices services, long nowTicks, ref EvaluationBudget budget)
    {
        _budget = ref budget;
        _key = ref context.Key;
        _attributes = context.Attributes;
        _context = context.Heap;
        _reader = context.Reader;
        Services = services;
        NowTicks = nowTicks;
    }

    /// <summary>The targeting key of the main context; null if it has none.</summary>
    public ref readonly AttributeValue Key => ref _key;

    public EvaluationServices Services { get; }

    /// <summary>The cost of the formulas so far, over all flags and rules of the evaluation.</summary>
    public ref FormulaCost FormulaCost => ref _budget.Formulas;

    /// <summary>The moment of the evaluation, UTC; 0 for flags that no rule on time can reach.</summary>
    public long NowTicks { get; }

    /// <summary>The answers of the evaluated dependencies, by <see cref="DependencyNode.Index"/>; 0 if not evaluated yet. Usually null.</summary>
    public short[]? Memo { get; init; }

    /// <summary>The number of flags and segments in cycles whose evaluation is in progress.</summary>
    public int CycleDepth { get; init; }

    /// <summary>The explanation in progress; null if only the answer is needed.</summary>
    public EvaluationTrace? Trace { get; init; }

    /// <summary>The attributes of the main context, in any order. If a name occurs twice, the last one counts.</summary>
    public ReadOnlySpan<ContextAttribute> Attributes => _reader is null ? _attributes : (ContextAttribute[])[.. _reader.AllAttributes(), .. _attributes];

    /// <summary>The number of attributes that are at hand.</summary>
    public int AttributeCount => _attributes.Length;

    /// <summary>
    /// Searches a text for a regular expression. Returns an error, which ends the flag, if the expressions of this evaluation cost too much.
    /// </summary>
    public Truth Matches(Pattern pattern, ReadOnlySpan<char> text)
    {
        var own = default(PatternBudget);
        ref var budget = ref Unsafe.IsNullRef(ref _budget) ? ref own : ref _budget.Patterns;
        var truth = pattern.IsMatch(text, ref budget).ToTruth();
        if (!budget.IsExhausted)
            return truth;
        Trace?.Fail(PatternBudget.TooCostly);
        return Truth.Error;
    }

    public ref readonly AttributeValue Attribute(string name)
    {
        ref readonly var value = ref AttributeList.Find(_attributes, name, sorted: _context is not null);
        return ref _reader is null || !value.IsNull ? ref value : ref _reader.Attribute(name);
    }

    public EvaluationContext? GetKind(string kind) => _context is not null ? _context.GetKind(kind) : _reader?.Kind(kind);

    /// <summary>The other kinds that the context has.</summary>
    public ReadOnlySpan<ContextKind> Kinds => _context is not null ? _context.Kinds : _reader is not null ? _reader.AllKinds() : [];

    /// <summary>
    /// Indicates whether the context has a kind, and each kind has a non-empty key. A main context without key and attributes is no kind.
    /// </summary>
    public bool HasKeys
    {
        get
        {
            var kinds = Kinds;
            if (_key.IsNull && kinds.IsEmpty)
                return false;       // whatever attributes there are: a reader need not read them all
            var hasMain = !_key.IsNull || Attributes.Length > 0;
            if (hasMain ? !IsKey(in _key) : kinds.IsEmpty)
                return false;
            foreach (var kind in kinds)
            {
                if (!IsKey(in kind.Context.Key))
                    return false;
            }

            return true;
        }
    }

    private static bool IsKey(in AttributeValue key) => !key.IsNull && key.AsString() is not "";

    public bool IsPrivate(string? kind, string name) =>
        kind is null && _reader is not null ? _reader.IsPrivate(name) : (kind is null ? _context : GetKind(kind))?.IsPrivate(name) ?? false;
}
