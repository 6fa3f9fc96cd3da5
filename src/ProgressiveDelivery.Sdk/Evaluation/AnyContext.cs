using System.Runtime.CompilerServices;

namespace ProgressiveDelivery.Sdk.Evaluation;

/// <summary>A context of either form: on the heap, or on the caller's stack. Two references, which travel in registers.</summary>
internal readonly ref struct AnyContext
{
    private readonly EvaluationContext? _heap;
    private readonly ref readonly StackContext.Content _stack;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public AnyContext(EvaluationContext context) => _heap = context;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public AnyContext(in StackContext context) => _stack = ref context.Contents;

    /// <summary>The context on the heap; null for one on the stack.</summary>
    public EvaluationContext? Heap => _heap;

    /// <summary>Reads the parts that a rule asks for; usually null.</summary>
    public ContextReader? Reader => _heap is null ? _stack.Reader : null;

    /// <summary>The other kinds that the context has, or that were read so far.</summary>
    public ReadOnlySpan<ContextKind> KnownKinds => _heap is { } heap ? heap.Kinds : _stack.Reader is { } reader ? reader.KnownKinds : [];

    /// <summary>Indicates whether the targeting key must not leave the process.</summary>
    public bool HasPrivateKey => _heap is { } heap ? heap.IsPrivate(EvaluationContext.TargetingKeyName) : _stack.Reader?.IsPrivate(EvaluationContext.TargetingKeyName) == true;

    /// <summary>The variants that the context forces; usually null.</summary>
    public ForcedVariantSet? Forced => _heap?.Forced;

    public ref readonly AttributeValue Key
    {
        get
        {
            if (_heap is { } heap)
                return ref heap.Key;
            return ref _stack.Key;
        }
    }

    /// <summary>The attributes of the main context; on the stack in any order, and the last one of a name counts.</summary>
    public ReadOnlySpan<ContextAttribute> Attributes => _heap is { } heap ? heap.AttributeSpan : _stack.Attributes;

    /// <summary>Returns the context on the heap, or a copy of the one on the stack, with what its reader has read so far.</summary>
    public EvaluationContext ToContext() => _heap ?? _stack.ToContext();

    public static implicit operator AnyContext(EvaluationContext context) => new(context);
}
